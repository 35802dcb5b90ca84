import type { IHookFunctions } from 'n8n-workflow';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { Json } from '../../../shared/json';
import type { Operation } from '../../../shared/definition/operation';
import { ApiClient } from '../../../shared/client/apiClient';
import { fanvueApi } from '../../api';
import { createWebhook, deleteWebhook, listWebhooks } from '../../resources/webhook';
import type { FanvueOperation } from '../../operation';
import { ANY_EVENT, TOPICS } from '../events/topics';
import { encrypt, decrypt } from './encryption';
import { parseEndpoint } from '../../../shared/endpoint';

/** What the node keeps about its subscription, in its static data. */
interface StoredSubscription {
	webhookId?: string;
	/** The signing secret, sealed. */
	sealedSecret?: string;
	/** Address and events it was made for. */
	madeFor?: string;
}

/** The subscription that the node makes for itself at Fanvue, and takes back. */
export class Registration {
	private readonly session: ApiClient;
	private readonly kept: StoredSubscription;

	constructor(private readonly context: IHookFunctions) {
		this.session = new ApiClient(context, fanvueApi);
		this.kept = context.getWorkflowStaticData('node');
	}

	/** Whether the subscription is still there and is for these events and this address. */
	async exists(): Promise<boolean> {
		if (this.kept.webhookId === undefined || this.kept.madeFor !== this.purpose()) return false;
		const list = await this.session
			.fetch(listWebhooks.endpoint, await this.parts(listWebhooks))
			.catch(() => undefined);
		const rows = isJsonObject(list) ? list.data : list;
		const goesOn =
			valueAtPath(list, 'nextCursor') || valueAtPath(list, 'pagination.hasMore') === true;
		// The shape of the list is not documented; where it is another, the own record has to do.
		if (!Array.isArray(rows) || goesOn) return true;
		return rows.some((row) => isJsonObject(row) && row.id === this.kept.webhookId);
	}

	/** @throws Failure when Fanvue does not allow it, naming the other way */
	async create(): Promise<void> {
		const url = this.url();
		const answer = await this.session
			.fetch(createWebhook.endpoint, {
				...(await this.parts(createWebhook)),
				body: { url, events: this.topics() },
			})
			.catch((error: unknown) => toNodeFailure(error));
		if (answer instanceof NodeFailure) throw registrationFailure(answer, url);
		const { id, signingSecret } = isJsonObject(answer) ? answer : {};
		if (typeof id !== 'string' || typeof signingSecret !== 'string') {
			this.kept.webhookId = typeof id === 'string' ? id : undefined;
			await this.remove().catch(() => undefined);
			throw new NodeFailure('Fanvue made a webhook but told no signing secret', {
				description:
					'Set Registration to Manual and paste the secret of your app into the credential',
			});
		}
		this.kept.webhookId = id;
		this.kept.sealedSecret = encrypt(signingSecret, await passphrase(this.session));
		this.kept.madeFor = this.purpose();
	}

	/** Takes the subscription back; one that is gone already is no obstacle. */
	async remove(): Promise<void> {
		const { webhookId } = this.kept;
		if (webhookId === undefined) return;
		const failure = await this.session
			.fetch(deleteWebhook.endpoint, {
				...(await this.parts(deleteWebhook)),
				path: { id: webhookId },
			})
			.then(
				() => undefined,
				(error: unknown) => toNodeFailure(error),
			);
		if (failure !== undefined && failure.httpCode !== '404') throw failure;
		delete this.kept.webhookId;
		delete this.kept.sealedSecret;
		delete this.kept.madeFor;
	}

	private url(): string {
		return String(this.context.getNodeWebhookUrl('default'));
	}

	private topics(): Json[] {
		const chosen = selectedEvents(this.context.getNodeParameter('events', []));
		return chosen.includes(ANY_EVENT) ? TOPICS.map(({ value }) => value) : chosen;
	}

	private purpose(): string {
		return JSON.stringify([this.url(), this.topics()]);
	}

	/** The raw call's own entry, so that failures name its scope; under /v1 where the user wants that. */
	private async parts(
		operation: FanvueOperation,
	): Promise<{ operation: Operation; pathTemplate: string }> {
		const isV1 =
			operation.v1 === true && (await this.session.credentialSettings()).apiRoutes === 'v1';
		const { path } = parseEndpoint(operation.endpoint);
		return { operation, pathTemplate: isV1 ? `v1/${path}` : path };
	}
}

/** The secret of the subscription that the node made; `undefined` when there is none to be had. */
export async function storedSecret(
	client: ApiClient,
	kept: StoredSubscription,
): Promise<string | undefined> {
	if (kept.sealedSecret === undefined) return undefined;
	return decrypt(kept.sealedSecret, await passphrase(client));
}

async function passphrase(client: ApiClient): Promise<string> {
	const { clientId, clientSecret } = await client.credentialSettings();
	return `${String(clientId)}:${String(clientSecret)}`;
}

/** A list, or texts separated by commas out of an expression. */
export function selectedEvents(value: unknown): string[] {
	const given: unknown[] = Array.isArray(value) ? value : String(value).split(',');
	return given.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
}

function registrationFailure(failure: NodeFailure, url: string): NodeFailure {
	const description = [
		failure.description,
		url.startsWith('https://')
			? undefined
			: `Fanvue wants a public https:// address and this is ${url}: set WEBHOOK_URL of n8n`,
		'Where Fanvue does not let an app do this, set Registration to Manual, enter the address of this node in the Events tab of the app and paste its signing secret into the credential, or use Fanvue Polling Trigger',
	].filter((sentence) => sentence !== undefined);
	return new NodeFailure(`Fanvue did not make the webhook: ${failure.message}`, {
		description: description.join('. '),
		httpCode: failure.httpCode,
	});
}
