import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isJsonObject, isObject, valueAtPath, tryParseJson } from '../../../shared/json';
import { ApiClient } from '../../../shared/client/apiClient';
import { fanvueApi } from '../../api';
import { ANY_EVENT, UNKNOWN_EVENT } from '../events/topics';
import type { FanvueEvent } from '../events/normalizeEvent';
import { normalizeEvent } from '../events/normalizeEvent';
import { selectedEvents, storedSecret } from './registration';
import { fingerprint, isSigned } from './signature';

/** How many deliveries are remembered, so that one sent again starts nothing. */
const MAX_REMEMBERED_IDS = 500;

/**
 * IDs of deliveries by the address of the node, in this process. n8n keeps static data over a
 * restart, but not from one delivery to the next where they come at the same moment, and n8n 2.41
 * not even where they come one after the other: starting the workflow makes it overlook the change.
 */
const recentIds = new Map<string, string[]>();

/**
 * Takes one delivery: checks its signature, drops what was sent before, and starts the workflow
 * for the chosen events. Fanvue gets its answer at once; 401 when the signature does not fit.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const body = context.getRequestObject().rawBody ?? Buffer.alloc(0);
	const kept = context.getWorkflowStaticData('node');
	const isManual = context.getNodeParameter('registration', 'automatic') === 'manual';
	const secret = await signingSecret(context, kept, isManual);
	const header = context.getHeaderData()['x-fanvue-signature'];
	if (secret === undefined || !isSigned(header, body, secret, Date.now())) {
		return respond(context, 401, 'The signature does not fit');
	}
	const payload = tryParseJson(body.toString('utf8'));
	if (!isJsonObject(payload)) return respond(context, 400, 'The body is no JSON object');

	const event = normalizeEvent(payload, fingerprint(body));
	if (!matchesEvents(context, event)) return respond(context, 200, 'Not subscribed');
	// While somebody tries the node out, the same sample may come again and again.
	if (context.getMode() !== 'manual' && !isNew(context, kept, event.id)) {
		return respond(context, 200, 'Already received');
	}
	return { workflowData: [[{ json: event }]] };
}

/** With Manual the secret of the app, from the credential; else the one of the node's own webhook. */
async function signingSecret(
	context: IWebhookFunctions,
	kept: IDataObject,
	isManual: boolean,
): Promise<string | undefined> {
	const client = new ApiClient(context, fanvueApi);
	if (!isManual) return await storedSecret(client, kept);
	const { webhookSigningSecret } = await client.credentialSettings();
	return typeof webhookSigningSecret === 'string' ? webhookSigningSecret.trim() : undefined;
}

function matchesEvents(context: IWebhookFunctions, event: FanvueEvent): boolean {
	const chosen = selectedEvents(context.getNodeParameter('events', []));
	const options: unknown = context.getNodeParameter('options', {});
	const isOwn = valueAtPath(event, 'message.sender') === 'creator';
	if (event.event === 'creator.message.received' && isOwn) {
		if (!isObject(options) || options.includeOwnMessages !== true) return false;
	}
	if (chosen.includes(ANY_EVENT) || chosen.includes(event.event)) return true;
	// New followers and subscribers of the first generation can look alike: whoever wants either gets it.
	return (
		event.event === UNKNOWN_EVENT &&
		(chosen.includes('creator.follow.created') || chosen.includes('creator.subscription.activated'))
	);
}

const recentIdsAt = (address: string) => recentIds.get(address) ?? [];

function isNew(context: IWebhookFunctions, kept: IDataObject, id: string): boolean {
	const address = String(context.getNodeWebhookUrl('default'));
	const stored = Array.isArray(kept.seen) ? kept.seen.map(String) : [];
	const seen = [...new Set([...stored, ...recentIdsAt(address)])];
	const known = seen.includes(id);
	if (!known) seen.push(id);
	const latest = seen.slice(-MAX_REMEMBERED_IDS);
	recentIds.set(address, latest);
	kept.seen = latest;
	if (!known) forgetUnlessStarted(context, address, id);
	return !known;
}

/** What n8n could not start is answered with a refusal, comes again, and is to start then. */
function forgetUnlessStarted(context: IWebhookFunctions, address: string, id: string): void {
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < 400) return;
		recentIds.set(
			address,
			recentIdsAt(address).filter((other) => other !== id),
		);
	});
}

function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
