import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseSwitch } from '../../../shared/execution/parameterValues';
import { isJsonObject, tryParseJson } from '../../../shared/json';
import type { EventFilter } from '../events/filterEvents';
import { matchesFilter } from '../events/filterEvents';
import { deduplicationKey, normalizeEvent } from '../events/normalizeEvent';
import { selectedEvents } from '../../webhookTopics';
import { reportLeftOutTopics } from './leftOutTopics';
import { isBeingRegistered, recentSubscription } from './recentRegistrations';
import { isManualRegistration } from './registrationMode';
import { rejectDelivery } from './rejectDelivery';
import type { RejectionReason } from './rejectDelivery';
import { rememberDelivery } from './seenDeliveries';
import { checkSignature, fingerprint } from './signature';
import type { SigningSecret } from './signingSecret';
import { pastedSecret, storedSecret } from './signingSecret';
import { nodeStaticData } from '../../../shared/staticData';

/**
 * Handles one delivery: checks its signature, ignores repeated ones, and starts the workflow for the
 * chosen events. Responds with 401 when the signature is not valid.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const body = context.getRequestObject().rawBody ?? Buffer.alloc(0);
	const stored = nodeStaticData(context);
	const signingSecret = await signingSecretOf(context, stored);
	const signature = headerText(context, 'x-fanvue-signature');
	if (signature === undefined && isProbe(context, body, signingSecret)) {
		return reportLeftOutTopics(context, respond(context, 200, 'Ready'));
	}
	const delivery = { signature, body };
	const reason = verify(signingSecret, delivery);
	if (reason !== 'valid' && !(await isForRecentSubscription(context, stored, delivery))) {
		return rejectDelivery(context, { isManual: isManualRegistration(context), reason });
	}
	const payload = tryParseJson(body.toString('utf8'));
	if (!isJsonObject(payload)) return respond(context, 400, 'The body is not a JSON object');

	const event = normalizeEvent(payload, fingerprint(body), {
		topic: headerText(context, 'x-fanvue-topic'),
		eventId: headerText(context, 'x-fanvue-event-id'),
	});
	if (!matchesFilter(event, filterOf(context))) {
		return reportLeftOutTopics(context, respond(context, 200, 'Not subscribed'));
	}
	// In a manual test the same sample may be sent several times.
	const isTest = context.getMode() === 'manual';
	const state = isTest ? 'new' : await rememberDelivery(context, stored, deduplicationKey(event));
	if (state === 'started') {
		return reportLeftOutTopics(context, respond(context, 200, 'Already received'));
	}
	// Accepting it would end the retries of Fanvue, and n8n may still fail to start the first one.
	if (state === 'starting') return respond(context, 503, 'The same delivery is being started');
	return {
		workflowData: [[{ json: event }]],
		webhookResponse: { message: 'Workflow was started' },
	};
}

/** Returns whether a request is not a delivery: a service may check a URL with GET or HEAD. */
export function isUrlCheck(context: IWebhookFunctions): boolean {
	return ['GET', 'HEAD'].includes(context.getRequestObject().method);
}

export function receiveUrlCheck(context: IWebhookFunctions): IWebhookResponseData {
	return reportLeftOutTopics(context, respond(context, 200, 'Ready'));
}

/** Returns the secret of the app (Manual) or of the node's own subscription (Automatic). */
async function signingSecretOf(
	context: IWebhookFunctions,
	stored: IDataObject,
): Promise<SigningSecret> {
	return isManualRegistration(context)
		? await pastedSecret(context)
		: await storedSecret(context, stored);
}

interface SignedDelivery {
	signature: string | undefined;
	body: Buffer;
}

function verify(
	signingSecret: SigningSecret,
	{ signature, body }: SignedDelivery,
): RejectionReason | 'valid' {
	const { secret } = signingSecret;
	if (secret === undefined) return signingSecret.reason;
	return checkSignature(signature, { body, secret, now: Date.now() });
}

/**
 * Returns whether a delivery is one for the subscription that this process has just created. If n8n
 * has not stored that yet, it is copied into `stored`, which n8n may save after this delivery.
 */
async function isForRecentSubscription(
	context: IWebhookFunctions,
	stored: IDataObject,
	delivery: SignedDelivery,
): Promise<boolean> {
	if (isManualRegistration(context) || isNeverValid(delivery)) return false;
	const recent = await recentSubscription(String(context.getNodeWebhookUrl('default')));
	if (recent === undefined) return false;
	const { created, replacedId } = recent;
	if (verify(await storedSecret(context, created), delivery) !== 'valid') return false;
	if (stored.webhookId === undefined || stored.webhookId === replacedId) {
		const { leftOut, ...others } = created;
		Object.assign(stored, others);
		if (leftOut === undefined) delete stored.leftOut;
		else stored.leftOut = leftOut;
	}
	return true;
}

/** Returns whether no secret can make the signature valid, so that nothing is awaited. */
function isNeverValid({ signature, body }: SignedDelivery): boolean {
	return checkSignature(signature, { body, secret: '-', now: Date.now() }) !== 'mismatch';
}

/**
 * Returns whether an unsigned request may be the one by which Fanvue checks the URL of a new
 * subscription. It is accepted and starts nothing.
 */
function isProbe(context: IWebhookFunctions, body: Buffer, signingSecret: SigningSecret): boolean {
	if (signingSecret.secret === undefined && signingSecret.reason === 'none') return true;
	// A probe with data looks like an unsigned delivery, so it is accepted only during the
	// registration.
	if (isBeingRegistered(String(context.getNodeWebhookUrl('default')))) return true;
	return body.length < 16 && ['', '{}', '[]', 'null'].includes(body.toString('utf8').trim());
}

function headerText(context: IWebhookFunctions, name: string): string | undefined {
	const value: unknown = context.getHeaderData()[name];
	const text = Array.isArray(value) ? value.join(',') : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function filterOf(context: IWebhookFunctions): EventFilter {
	return {
		events: selectedEvents(context.getNodeParameter('events', [])),
		includeOwnMessages: parseSwitch(
			'Include Own Messages',
			context.getNodeParameter('includeOwnMessages', false),
			false,
		),
	};
}

function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
