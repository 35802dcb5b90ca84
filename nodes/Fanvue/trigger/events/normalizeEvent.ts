import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, stringifyJson, valueAtPath } from '../../../shared/json';
import type { FanvueEvent } from './members';
import { normalizeFlatPayload } from './flatPayload';
import { personOf, textOf, toIsoTime, withoutUndefined } from './members';
import { currentTopic, UNKNOWN_EVENT } from '../../webhookTopics';

/** Members of a delivery that are in its headers. */
export interface DeliveryHeaders {
	/** `X-Fanvue-Topic`. */
	topic?: string;
	/** `X-Fanvue-Event-Id`. */
	eventId?: string;
}

/**
 * Reads an envelope `{id, type, timestamp, data}`, or a flat payload, which does not contain the
 * name of its event. The signature does not cover the headers, so they only add what the payload
 * lacks; those of a flat payload take precedence over what is derived from its members.
 *
 * @param fingerprint the ID of a payload that has none
 */
export function normalizeEvent(
	payload: JsonObject,
	fingerprint: string,
	headers: DeliveryHeaders = {},
): FanvueEvent {
	const { type, data } = payload;
	const topic = headers.topic?.trim().toLowerCase();
	const otherId = textOf(payload.eventId) || fingerprint;
	if (typeof type !== 'string') {
		const id = headers.eventId || textOf(payload.id) || otherId;
		return normalizeFlatPayload(payload, { id, topic });
	}
	return fromEnvelope(payload, {
		id: textOf(payload.id) || headers.eventId || otherId,
		event: currentTopic(type || topic || UNKNOWN_EVENT),
		data: isJsonObject(data) ? data : {},
	});
}

/** Returns a key that is the same for repeated deliveries of one event, and differs otherwise. */
export function deduplicationKey({ event, id, raw }: FanvueEvent): string {
	// One envelope ID was seen on two different events, so the content counts as well.
	const content = isJsonObject(raw.data) ? raw.data : raw;
	const digest = createHash('sha256')
		.update(`${event}\n${stringifyJson(content)}`)
		.digest('hex');
	return `${id}:${digest.slice(0, 16)}`;
}

function fromEnvelope(
	payload: JsonObject,
	{ id, event, data }: { id: string; event: string; data: JsonObject },
): FanvueEvent {
	const { purchaser } = isJsonObject(data.payment) ? data.payment : { purchaser: undefined };
	return withoutUndefined({
		event,
		id,
		generation: 2,
		timestamp: toIsoTime(payload.timestamp ?? data.created_at),
		fan: personOf(data.fan ?? data.follower ?? data.purchaser ?? purchaser ?? reactingFan(data)),
		creator: personOf(data.creator),
		...subjectMembers(event, data),
		...(isJsonObject(data.checkout_link)
			? { checkoutLink: toCamelCaseKeys(data.checkout_link) }
			: {}),
		...(isJsonObject(data.tracking) ? { tracking: trackingOf(data.tracking) } : {}),
		...(data.metadata === undefined ? {} : { metadata: data.metadata }),
		raw: payload,
	});
}

/** Returns the user who reacted to a message, unless that is the creator. */
function reactingFan(data: JsonObject): Json | undefined {
	const isCreator = valueAtPath(data.actor, 'uuid') === valueAtPath(data.creator, 'uuid');
	return isCreator ? undefined : data.actor;
}

function trackingOf(tracking: JsonObject): JsonObject {
	return withoutUndefined({ linkUrl: tracking.link_url, metadata: tracking.metadata });
}

/** Members of `data` that have their own members in the event. */
const SEPARATE_MEMBERS = new Set([
	'object',
	'fan',
	'follower',
	'purchaser',
	'creator',
	'checkout_link',
	'tracking',
	'metadata',
]);

/** Amounts are in cents, as their names state. */
const RENAMED_MEMBERS = new Map([
	['gross', 'amountCents'],
	['amount', 'amountCents'],
	['net', 'netCents'],
]);

/** Subjects that the event always has, even if Fanvue sends none of their members. */
const KNOWN_SUBJECTS = new Set([
	'message',
	'subscription',
	'payment',
	'refund',
	'dispute',
	'payout',
]);

/** Names that another member of the event has already. */
const RESERVED_NAMES = new Set(['event', 'id', 'generation', 'timestamp', 'raw', 'fan', 'creator']);

/**
 * Returns the subject of an event: a message, subscription, payment, refund, dispute, payout and so
 * on.
 */
function subjectMembers(event: string, data: JsonObject): JsonObject {
	const [family = '', entity = '', action] = event.split('.');
	if (entity === 'message' && action === 'reaction') return reactionMembers(data);
	if (entity === 'fan') {
		return withoutUndefined({
			state: data.state ?? null,
			changeType: data.change_type ?? null,
			changedAt: data.changed_at,
		});
	}
	// A refund of the app has the topic of a payment.
	const named = KNOWN_SUBJECTS.has(textOf(data.object)) ? textOf(data.object) : entity;
	const subject = camelCaseKey(family === 'payout' ? family : named);
	const members = detailsOf(data);
	if (entity === 'follow' || subject === '') return {};
	if (Object.keys(members).length === 0 && !KNOWN_SUBJECTS.has(subject)) return {};
	return { [RESERVED_NAMES.has(subject) ? `${subject}Details` : subject]: members };
}

function reactionMembers(data: JsonObject): JsonObject {
	return {
		message: withoutUndefined({ uuid: data.message_uuid }),
		reaction: withoutUndefined({
			emoji: data.emoji,
			messageUuid: data.message_uuid,
			actorUuid: valueAtPath(data.actor, 'uuid'),
		}),
	};
}

function detailsOf(data: JsonObject): JsonObject {
	const { payment, subscription, fees, ...rest } = data;
	const entries = Object.entries(rest)
		.filter(([key]) => !SEPARATE_MEMBERS.has(key))
		.map(([key, value]) => [RENAMED_MEMBERS.get(key) ?? camelCaseKey(key), toCamelCaseKeys(value)]);
	const paymentId = data.payment_id ?? valueAtPath(payment, 'id');
	const subscriptionId = valueAtPath(subscription, 'id') ?? valueAtPath(subscription, 'uuid');
	return withoutUndefined({
		...Object.fromEntries(entries),
		paymentId,
		subscriptionId,
		...(isJsonObject(fees) ? { fees: feesOf(fees) } : {}),
	});
}

function feesOf(fees: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(fees).map(([key, value]) => [`${camelCaseKey(key)}Cents`, value]),
	);
}

function camelCaseKey(key: string): string {
	return key.replace(/_+([a-z0-9])/gi, (_match, letter: string) => letter.toUpperCase());
}

function toCamelCaseKeys(value: Json): Json {
	if (Array.isArray(value)) return value.map(toCamelCaseKeys);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [camelCaseKey(key), toCamelCaseKeys(member)]),
	);
}
