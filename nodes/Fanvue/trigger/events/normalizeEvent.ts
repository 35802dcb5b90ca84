import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import { UNKNOWN_EVENT } from './topics';

/**
 * One event of Fanvue, the same shape for both generations of payloads. What an event does not
 * have is left out; `raw` is the payload as it came.
 */
export interface FanvueEvent extends JsonObject {
	event: string;
	/** ID of the delivery; a fingerprint of its content in the first generation. */
	id: string;
	generation: number;
	/** ISO 8601, or empty when the payload has none. */
	timestamp: string;
	raw: JsonObject;
}

/**
 * Reads a payload of either generation: the second is an envelope `{id, type, timestamp, data}`,
 * the first is flat and names no event, so its members have to tell.
 *
 * @param fingerprint stands in for the ID where the payload has none
 */
export function normalizeEvent(payload: JsonObject, fingerprint: string): FanvueEvent {
	const { type, data } = payload;
	if (typeof type !== 'string') return fromFlatPayload(payload, fingerprint);
	return fromEnvelope(payload, type, isJsonObject(data) ? data : {}, fingerprint);
}

function fromEnvelope(
	payload: JsonObject,
	event: string,
	data: JsonObject,
	fingerprint: string,
): FanvueEvent {
	const fan = data.fan ?? data.follower ?? data.purchaser ?? valueAtPath(data, 'payment.purchaser');
	return withoutUndefined({
		event,
		id: text(payload.id) || fingerprint,
		generation: 2,
		timestamp: time(payload.timestamp ?? data.created_at),
		fan: person(fan),
		creator: person(data.creator),
		...parts(event, data),
		raw: payload,
	});
}

function parts(event: string, data: JsonObject): JsonObject {
	const subject = event.split('.')[1];
	if (subject === 'message') {
		return {
			message: withoutUndefined({
				uuid: data.uuid,
				text: data.text,
				sender: data.sender,
				createdAt: data.created_at,
				deletedAt: data.deleted_at,
				unreadMessagesCount: data.unread_messages_count,
				isMuted: data.is_muted,
			}),
		};
	}
	if (subject === 'subscription') {
		return {
			subscription: withoutUndefined({
				id: data.id,
				status: data.status,
				cancelAtPeriodEnd: data.cancel_at_period_end,
				currentPeriodStart: data.current_period_start,
				expiresAt: data.expires_at,
				deactivationReason: data.deactivation_reason,
			}),
			...tracking(data),
		};
	}
	if (subject === 'payment') {
		return {
			payment: withoutUndefined({
				id: data.id,
				source: data.source,
				amountCents: data.gross,
				currency: data.currency,
				paidAt: data.paid_at,
				postUuid: data.post_uuid,
				messageUuid: data.message_uuid,
				subscriptionId: valueAtPath(data, 'subscription.id'),
			}),
			...tracking(data),
		};
	}
	if (subject === 'refund' || subject === 'dispute') {
		return {
			[subject]: withoutUndefined({
				id: data.id,
				paymentId: data.payment_id ?? valueAtPath(data, 'payment.id'),
				amountCents: data.amount,
				currency: data.currency,
				createdAt: data.created_at,
			}),
		};
	}
	if (subject === 'fan') {
		return { state: data.state ?? null, changeType: data.change_type ?? null };
	}
	return {};
}

function tracking(data: JsonObject): JsonObject {
	return isJsonObject(data.tracking)
		? {
				tracking: withoutUndefined({
					linkUrl: data.tracking.link_url,
					metadata: data.tracking.metadata,
				}),
			}
		: {};
}

/** First generation: which members are there says which event it is. */
function fromFlatPayload(payload: JsonObject, fingerprint: string): FanvueEvent {
	const fan = person(payload.sender ?? payload.follower ?? payload.subscriber);
	const common = {
		id: fingerprint,
		generation: 1,
		timestamp: time(payload.timestamp),
		fan: fan ?? person({ uuid: payload.senderUuid ?? '' }),
		creator: person({ uuid: payload.recipientUuid ?? '' }),
		raw: payload,
	};
	if (isJsonObject(payload.message)) {
		const { uuid, text: words, hasMedia, createdAt } = payload.message;
		return withoutUndefined({
			event: 'creator.message.received',
			...common,
			message: withoutUndefined({ uuid, text: words, sender: 'fan', createdAt, hasMedia }),
		});
	}
	if (payload.price !== undefined) {
		const { context, postUuid, routeUuid, messageUuid, price } = payload;
		const source = context === undefined ? (postUuid === undefined ? 'message' : 'post') : 'tip';
		return withoutUndefined({
			event: 'creator.payment.succeeded',
			...common,
			payment: withoutUndefined({
				source,
				amountCents: price,
				postUuid,
				messageUuid: messageUuid ?? (context === undefined ? routeUuid : undefined),
			}),
		});
	}
	if (payload.messageUuid !== undefined) {
		return withoutUndefined({
			event: 'creator.message.read',
			...common,
			message: { uuid: payload.messageUuid },
		});
	}
	const named = payload.follower === undefined ? 'subscription.activated' : 'follow.created';
	const tells = payload.follower !== undefined || payload.subscriber !== undefined;
	return withoutUndefined({ event: tells ? `creator.${named}` : UNKNOWN_EVENT, ...common });
}

function person(value: Json | undefined): JsonObject | undefined {
	if (!isJsonObject(value) || text(value.uuid) === '') return undefined;
	return withoutUndefined({
		uuid: value.uuid,
		handle: value.handle,
		displayName: value.displayName ?? value.display_name,
		avatarUrl: value.avatarUrl ?? value.avatar_url,
	});
}

function text(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** ISO 8601; Unix seconds and milliseconds are understood as well. */
function time(value: Json | undefined): string {
	if (typeof value === 'number') {
		return new Date(value < 100_000_000_000 ? value * 1000 : value).toISOString();
	}
	const parsed = Date.parse(text(value));
	return Number.isNaN(parsed) ? text(value) : new Date(parsed).toISOString();
}

/** Leaves out what is not there. */
function withoutUndefined<T extends Record<string, Json | undefined>>(
	members: T,
): { [K in keyof T]: Exclude<T[K], undefined> };
function withoutUndefined(members: Record<string, Json | undefined>): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of Object.entries(members)) {
		if (value !== undefined) result[key] = value;
	}
	return result;
}
