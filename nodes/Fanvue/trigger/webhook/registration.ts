import type { IHookFunctions } from 'n8n-workflow';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { isJsonObject, isObject, valueAtPath } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import { parseEndpoint } from '../../../shared/endpoint';
import { ApiClient } from '../../../shared/client/apiClient';
import { fanvueApi } from '../../api';
import type { PageParameters } from '../../../shared/definition/operation';
import type { CalledFanvueOperation } from '../../operation';
import { MAX_PAGE_SIZE, nextPage } from '../../paging';
import { CREATE_WEBHOOK, DELETE_WEBHOOK, LIST_WEBHOOKS } from '../../webhookCalls';
import { ANY_EVENT, selectedEvents } from '../../webhookTopics';
import { encrypt } from './encryption';
import { LEFT_OUT_ADVICE } from './leftOutTopics';
import { forgetSubscription, rememberSubscription, whileRegistering } from './recentRegistrations';
import { registrationFailure } from './registrationFailure';
import type { StoredSubscription } from './signingSecret';
import { passphraseOf, storedSecret } from './signingSecret';
import type { TopicSelection } from './topicSelection';
import { selectTopics, withoutRefusedTopics } from './topicSelection';
import { nodeStaticData } from '../../../shared/staticData';

/**
 * The credential now belongs to another account or app, which must not delete this subscription.
 */
const GONE_STATUSES = ['403', '404'];

/** Number of pages of subscriptions to read at most. */
const MAX_PAGES = 20;

const isId = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** The subscription that the node creates at Fanvue when the workflow is published. */
export class Registration {
	private readonly client: ApiClient;
	private readonly stored: StoredSubscription;

	constructor(private readonly context: IHookFunctions) {
		this.client = new ApiClient(context, fanvueApi);
		this.stored = nodeStaticData(context);
	}

	/**
	 * Returns whether the subscription still exists, has these topics and this URL, and its secret can
	 * be decrypted.
	 */
	async exists(): Promise<boolean> {
		const { webhookId, createdFor } = this.stored;
		if (!isId(webhookId)) return false;
		if (createdFor !== this.purposeOf(await this.selectTopics())) return false;
		const { secret } = await storedSecret(this.context, this.stored);
		if (secret === undefined) return false;
		const { rows, isComplete } = await this.list();
		// Without a complete list, the stored record decides.
		return !isComplete || rows.some((row) => row.id === webhookId);
	}

	/**
	 * Creates the subscription, and deletes earlier ones of this node.
	 *
	 * @throws NodeFailure with the probable causes when Fanvue refuses
	 */
	async create(): Promise<void> {
		const selection = await this.selectTopics();
		if (selection.topics.length === 0) throw nothingToSubscribe(selection);
		const { webhookId: replacedId } = this.stored;
		await this.deleteEarlier();
		await whileRegistering(this.url(), async () => {
			await this.subscribe(selection);
			const { webhookId, encryptedSecret, createdFor, leftOut } = this.stored;
			const created = { webhookId, encryptedSecret, createdFor, leftOut };
			rememberSubscription(this.url(), { created, replacedId });
		});
	}

	/** Deletes the subscription. One that no longer exists counts as deleted. */
	async remove(): Promise<void> {
		const { webhookId } = this.stored;
		if (isId(webhookId)) await this.delete(webhookId, ['404']);
		this.forget();
	}

	/**
	 * Deletes a subscription that remains from automatic registration because its deletion failed. If it
	 * fails again, it is repeated the next time: Manual needs no subscription.
	 */
	async removeLeftover(): Promise<void> {
		const { webhookId } = this.stored;
		if (!isId(webhookId)) return;
		await this.remove().catch(() => {
			this.context.logger.warn(
				`Fanvue Trigger could not delete the webhook ${webhookId}, which it created with Registration set to Automatic. Delete it with Webhook: Delete.`,
			);
		});
	}

	private async subscribe(selection: TopicSelection): Promise<void> {
		let current = selection;
		for (;;) {
			const response = await this.client
				.fetch(CREATE_WEBHOOK.endpoint, {
					...(await this.parts(CREATE_WEBHOOK)),
					body: { url: this.url(), events: current.topics },
				})
				.catch((error: unknown) => toNodeFailure(error));
			if (!(response instanceof NodeFailure)) {
				await this.store(isJsonObject(response) ? response : {}, selection);
				this.recordLeftOut(current);
				return;
			}
			const reduced = withoutRefusedTopics(current, response);
			if (reduced === undefined) {
				// The subscription may have been created although the response did not arrive.
				if (response.outcomeUnknown) await this.deleteEarlier().catch(() => undefined);
				throw registrationFailure(response, { url: this.url(), selection: current });
			}
			current = reduced;
		}
	}

	private async store(response: JsonObject, selection: TopicSelection): Promise<void> {
		const { id, signingSecret } = response;
		if (isId(id) && typeof signingSecret === 'string' && signingSecret.trim() !== '') {
			this.stored.webhookId = id;
			this.stored.encryptedSecret = encrypt(signingSecret, await passphraseOf(this.context));
			this.stored.createdFor = this.purposeOf(selection);
			return;
		}
		if (isId(id)) this.stored.webhookId = id;
		const failure = await this.deleteEarlier().then(
			() => undefined,
			(error: unknown) => toNodeFailure(error),
		);
		const advice =
			'Set Registration to Manual and paste the signing secret of your app into the credential';
		throw new NodeFailure('Fanvue created a webhook without a signing secret', {
			description:
				failure === undefined
					? advice
					: `${advice}. The webhook ${id} could not be deleted again: delete it with Webhook: Delete`,
		});
	}

	/** Deletes the stored subscription and any other one with the URL of this node. */
	private async deleteEarlier(): Promise<void> {
		const { webhookId } = this.stored;
		const ids = new Set<string>();
		if (isId(webhookId)) ids.add(webhookId);
		for (const row of (await this.list()).rows) {
			if (row.url === this.url() && isId(row.id)) ids.add(row.id);
		}
		for (const id of ids) await this.delete(id, GONE_STATUSES);
		this.forget();
	}

	private async delete(id: string, goneStatuses: string[]): Promise<void> {
		const failure = await this.client
			.fetch(DELETE_WEBHOOK.endpoint, { ...(await this.parts(DELETE_WEBHOOK)), path: { id } })
			.then(
				() => undefined,
				(error: unknown) => toNodeFailure(error),
			);
		if (failure !== undefined && !goneStatuses.includes(failure.httpCode ?? '')) throw failure;
	}

	private forget(): void {
		forgetSubscription(this.url());
		delete this.stored.webhookId;
		delete this.stored.encryptedSecret;
		delete this.stored.createdFor;
		delete this.stored.leftOut;
	}

	/**
	 * Returns the subscriptions of the app, as far as they can be read: neither the format of the list
	 * nor its paging is documented.
	 */
	private async list(): Promise<{ rows: JsonObject[]; isComplete: boolean }> {
		const parts = await this.parts(LIST_WEBHOOKS);
		const rows: JsonObject[] = [];
		let query: PageParameters | undefined = {};
		for (let count = 0; count < MAX_PAGES; count += 1) {
			const data: Json | undefined = await this.client
				.fetch(LIST_WEBHOOKS.endpoint, { ...parts, query })
				.catch(() => undefined);
			const page = isJsonObject(data) ? data.data : data;
			if (!Array.isArray(page)) break;
			const known = new Set(rows.map(({ id }) => id));
			const newRows = page.filter(isJsonObject).filter(({ id }) => !known.has(id));
			rows.push(...newRows);
			const hasMore =
				valueAtPath(data, 'nextCursor') || valueAtPath(data, 'pagination.hasMore') === true;
			if (!hasMore) return { rows, isComplete: true };
			query = nextPage({ data, rows: page, newRows, size: MAX_PAGE_SIZE, parameters: query });
			// Without new rows, Fanvue has returned the same page again.
			if (query === undefined || newRows.length === 0) break;
		}
		return { rows, isComplete: false };
	}

	private url(): string {
		return String(this.context.getNodeWebhookUrl('default'));
	}

	private async selectTopics(): Promise<TopicSelection> {
		const { oauthTokenData } = await this.client.credentialSettings();
		const scope = isObject(oauthTokenData) ? oauthTokenData.scope : undefined;
		return selectTopics(selectedEvents(this.context.getNodeParameter('events', [])), scope);
	}

	/**
	 * Records which of the chosen events do not arrive. n8n shows nothing from a hook that succeeds, so
	 * the webhook reports it with a failed execution. Any Event promises no single event.
	 */
	private recordLeftOut({ leftOut }: TopicSelection): void {
		delete this.stored.leftOut;
		if (leftOut.length === 0) return;
		const text = leftOut.join(', ');
		if (selectedEvents(this.context.getNodeParameter('events', [])).includes(ANY_EVENT)) {
			this.context.logger.info(`Fanvue Trigger does not receive ${text}`);
			return;
		}
		this.context.logger.warn(`Fanvue Trigger does not receive ${text}`);
		this.stored.leftOut = text;
	}

	private purposeOf({ topics }: TopicSelection): string {
		return JSON.stringify([this.url(), topics]);
	}

	/** Returns the operation, so that failures name its scopes, and its path under the chosen routes. */
	private async parts(
		operation: CalledFanvueOperation,
	): Promise<{ operation: CalledFanvueOperation; pathTemplate: string }> {
		const isV1 =
			operation.v1 === true && (await this.client.credentialSettings()).apiRoutes === 'v1';
		const { path } = parseEndpoint(operation.endpoint);
		return { operation, pathTemplate: isV1 ? `v1/${path}` : path };
	}
}

function nothingToSubscribe({ leftOut }: TopicSelection): NodeFailure {
	if (leftOut.length === 0) {
		return new NodeFailure('"Events" is empty', { description: 'Choose at least one event' });
	}
	return new NodeFailure(`The connection cannot receive ${leftOut.join(', ')}`, {
		description: LEFT_OUT_ADVICE,
	});
}
