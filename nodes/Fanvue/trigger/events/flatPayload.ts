import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import type { FanvueEvent } from './members';
import { personOf, textOf, toIsoTime, withoutUndefined } from './members';
import { currentTopic, UNKNOWN_EVENT } from '../../webhookTopics';

/** Members that only a purchase or a tip has. */
const SALE_MEMBERS = [
	'context',
	'postUuid',
	'routeUuid',
	'messageUuid',
	'mediaUuid',
	'purchaseType',
	'transactionOrderId',
	'transactionOrderStatus',
];

/** Members that every flat payload may have, so that they do not identify an event. */
const COMMON_MEMBERS = new Set(['sender', 'recipientUuid', 'timestamp', 'id', 'eventId']);

/** Reads a payload without an envelope. Its event follows from the topic, else from its members. */
export function normalizeFlatPayload(
	payload: JsonObject,
	{ id, topic }: { id: string; topic?: string },
): FanvueEvent {
	const kind = topic || flatTopicOf(payload);
	const event = currentTopic(kind);
	return withoutUndefined({
		event,
		id,
		generation: 1,
		timestamp: toIsoTime(payload.timestamp),
		fan: fanOf(payload),
		creator: personOf({ uuid: payload.recipientUuid ?? '' }),
		...subjectMembers(event, kind, payload),
		raw: payload,
	});
}

/** Returns the most likely topic of a flat payload. */
function flatTopicOf(payload: JsonObject): string {
	const has = (key: string) => isPresent(payload[key]);
	if (isJsonObject(payload.message)) return 'message.received';
	if (has('readMessagesCount') || has('counterpartUuid')) return 'message.read';
	// A subscription without a price still has the member.
	if (payload.price !== undefined) {
		if (has('context')) return 'tip.new';
		return SALE_MEMBERS.some(has) ? 'purchase.new' : 'subscription.new';
	}
	if (has('messageUuid')) return 'message.read';
	if (has('follower')) return 'follow.new';
	if (has('subscriber')) return 'subscription.new';
	// New Follower is the only remaining kind. Its payload is not documented.
	const hasOnlySender = Object.keys(payload).every((key) => COMMON_MEMBERS.has(key));
	return isJsonObject(payload.sender) && hasOnlySender ? 'follow.new' : UNKNOWN_EVENT;
}

/** Returns whether a member has a value: some payloads have all members, with null for the others. */
function isPresent(value: Json | undefined): boolean {
	return value !== undefined && value !== null;
}

function fanOf(payload: JsonObject): JsonObject | undefined {
	const { sender, follower, subscriber, senderUuid, counterpartUuid } = payload;
	return (
		personOf(sender ?? follower ?? subscriber) ??
		personOf({ uuid: senderUuid ?? counterpartUuid ?? '' })
	);
}

function subjectMembers(event: string, topic: string, payload: JsonObject): JsonObject {
	switch (event) {
		case 'creator.message.received':
			return { message: messageMembers(payload) };
		case 'creator.message.read':
			return {
				message: withoutUndefined({
					uuid: payload.messageUuid,
					readMessagesCount: payload.readMessagesCount,
				}),
			};
		case 'creator.subscription.activated':
			return payload.price === undefined ? {} : { subscription: { amountCents: payload.price } };
		case 'creator.payment.succeeded':
			return { payment: paymentMembers(topic, payload) };
		default:
			return {};
	}
}

function messageMembers(payload: JsonObject): JsonObject {
	const message = isJsonObject(payload.message) ? payload.message : {};
	const { uuid, text, hasMedia, mediaUuids, price, createdAt } = message;
	return withoutUndefined({
		uuid: uuid ?? payload.messageUuid,
		text,
		sender: 'fan',
		createdAt,
		hasMedia,
		mediaUuids,
		price,
		isMuted: payload.isMuted,
	});
}

function paymentMembers(topic: string, payload: JsonObject): JsonObject {
	const { context, postUuid, routeUuid, messageUuid, price } = payload;
	const isTip = topic === 'tip.new' || isPresent(context);
	const purchased = textOf(postUuid) === '' ? 'message' : 'post';
	return withoutUndefined({
		id: payload.transactionOrderId,
		source: isTip ? 'tip' : purchased,
		status: payload.transactionOrderStatus,
		purchaseType: payload.purchaseType,
		amountCents: price,
		postUuid,
		messageUuid: messageUuid ?? (isTip ? undefined : routeUuid),
	});
}
