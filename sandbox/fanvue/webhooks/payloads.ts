import { unreadOf } from '../chatViews';
import type { Message, Sale, User } from '../model';
import { iso } from '../replies';
import { senderView } from '../userViews';
import type { FanvueState } from '../state';

/** The entities that an event is about. */
export interface EventDetails {
	creator: User;
	fan: User;
	at: number;
	message?: Message;
	sale?: Sale;
}

type Payload = Record<string, unknown>;
type PayloadBuilder = (state: FanvueState, details: EventDetails) => Payload;

/** Returns a user in snake case, for payloads with an envelope. */
function person(state: FanvueState, user: User): Payload {
	const { uuid, handle, displayName, avatarUrl } = senderView(state, user);
	return { uuid, handle, display_name: displayName, avatar_url: avatarUrl };
}

function required<Value>(value: Value | undefined, what: string): Value {
	if (value === undefined) throw new TypeError(`The event needs a ${what}`);
	return value;
}

const messageData: PayloadBuilder = (state, { creator, fan, message }) => {
	const { uuid, text, sentAt, senderUuid } = required(message, 'message');
	const conversation = state.conversation(creator.uuid, fan.uuid);
	return {
		uuid,
		sender: senderUuid === creator.uuid ? 'creator' : 'fan',
		created_at: iso(sentAt),
		deleted_at: null,
		// Members without a value are absent.
		...(text === null ? {} : { text }),
		unread_messages_count: conversation ? unreadOf(conversation, creator.uuid).length : 0,
		is_muted: conversation?.sides.get(creator.uuid)?.isMuted ?? false,
		fan: person(state, fan),
		creator: { uuid: creator.uuid },
	};
};

const subscriptionData: PayloadBuilder = (state, { creator, fan }) => {
	const subscription = state.relationship(creator.uuid, fan.uuid)?.subscription ?? null;
	const isActive = subscription !== null && subscription.endedAt === null;
	return {
		id: subscription?.uuid ?? null,
		status: isActive ? 'active' : 'expired',
		cancel_at_period_end: !(subscription?.autoRenewal ?? false),
		current_period_start: iso(subscription?.periodStart ?? null),
		created_at: iso(subscription?.firstSubscribedAt ?? null),
		expires_at: iso(subscription?.periodEnd ?? null),
		purchaser: person(state, fan),
		creator: { uuid: creator.uuid },
	};
};

const reversalData: PayloadBuilder = (state, { fan, sale }) => {
	const { orderId, reversedOrderId, gross, at } = required(sale, 'sale');
	return {
		id: orderId,
		payment_id: reversedOrderId,
		amount: Math.abs(gross),
		currency: 'USD',
		created_at: iso(at),
		purchaser: person(state, fan),
	};
};

const presenceData: PayloadBuilder = (state, { fan, at }) => ({
	object: 'fan_status',
	change_type: 'presence',
	state: fan.isOnline ? 'online' : 'offline',
	changed_at: iso(at),
	fan: person(state, fan),
});

const ENVELOPE_PAYLOADS: Record<string, PayloadBuilder> = {
	'creator.message.received': messageData,
	'creator.message.sent': messageData,
	'creator.message.deleted': (state, details) => ({
		...messageData(state, details),
		deleted_at: iso(details.at),
	}),
	'creator.message.read': (state, { creator, fan }) => {
		const conversation = state.conversation(creator.uuid, fan.uuid);
		const unread = conversation ? unreadOf(conversation, creator.uuid).length : 0;
		return { unread_messages_count: unread, fan: person(state, fan) };
	},
	'creator.follow.created': (state, { fan, at }) => ({
		follower: person(state, fan),
		created_at: iso(at),
	}),
	'creator.subscription.activated': subscriptionData,
	'creator.subscription.renewed': subscriptionData,
	'creator.subscription.deactivated': (state, details) => ({
		...subscriptionData(state, details),
		deactivation_reason: 'not_renewed',
	}),
	'creator.payment.succeeded': (state, { creator, fan, sale }) => {
		const { orderId, source, gross, at, messageUuid, postUuid } = required(sale, 'sale');
		return {
			id: orderId,
			source,
			gross,
			currency: 'USD',
			paid_at: iso(at),
			created_at: iso(at),
			post_uuid: postUuid,
			message_uuid: messageUuid,
			purchaser: person(state, fan),
			creator: { uuid: creator.uuid },
		};
	},
	'creator.refund.created': reversalData,
	'creator.dispute.created': reversalData,
	'creator.fan.presence_changed': presenceData,
	'creator.fan.status_changed': presenceData,
};

/** Returns the common members of flat payloads. */
function flatPayload(state: FanvueState, { creator, fan, at }: EventDetails): Payload {
	return { recipientUuid: creator.uuid, sender: senderView(state, fan), timestamp: iso(at) };
}

const FLAT_PAYLOADS: Record<string, PayloadBuilder> = {
	'message-received': (state, details) => {
		const { uuid, text, mediaUuids, sentAt } = required(details.message, 'message');
		const message = { uuid, text, hasMedia: mediaUuids.length > 0, createdAt: iso(sentAt) };
		return { messageUuid: uuid, message, ...flatPayload(state, details) };
	},
	'message-read': (state, details) => ({
		messageUuid: required(details.message, 'message').uuid,
		...flatPayload(state, details),
	}),
	'new-follower': flatPayload,
	'new-subscriber': flatPayload,
	'purchase-received': (state, details) => {
		const { postUuid, messageUuid, gross } = required(details.sale, 'sale');
		const subject = postUuid === null ? { routeUuid: messageUuid } : { postUuid };
		return { ...subject, price: gross, ...flatPayload(state, details) };
	},
	'tip-received': (state, details) => {
		const { postUuid, messageUuid, gross } = required(details.sale, 'sale');
		const subject =
			postUuid === null ? { context: 'message', messageUuid } : { context: 'post', postUuid };
		const senderUuid = details.fan.uuid;
		return { ...subject, price: gross, senderUuid, ...flatPayload(state, details) };
	},
};

/** Returns the flat payload of an event, or `data` of its envelope. */
export function buildPayload(state: FanvueState, type: string, details: EventDetails): Payload {
	const write = ENVELOPE_PAYLOADS[type] ?? FLAT_PAYLOADS[type];
	if (!write) throw new TypeError(`${type} is not a webhook topic`);
	return write(state, details);
}
