import { unreadOf } from '../chatViews';
import type {
	AppPurchase,
	CheckoutPayment,
	CheckoutSubscription,
	Message,
	Payout,
	Sale,
	User,
} from '../model';
import { iso } from '../replies';
import { senderView, trackingLinkUrl } from '../userViews';
import type { FanvueState } from '../state';
import {
	appPurchaseData,
	checkoutDisputeData,
	checkoutPaymentData,
	checkoutRefundData,
	checkoutSubscriptionData,
	payoutData,
	type CheckoutReversal,
} from './checkoutPayloads';

/** The entities that an event is about. */
export interface EventDetails {
	creator: User;
	fan: User;
	at: number;
	message?: Message;
	sale?: Sale;
	reaction?: { messageUuid: string; actorUuid: string; emoji: string };
	/** Number of messages that the creator has read. */
	readCount?: number;
	deactivationReason?: string;
	/** The new mute setting, if that has changed instead of the presence. */
	isMuted?: boolean;
	checkoutPayment?: CheckoutPayment;
	checkoutSubscription?: CheckoutSubscription;
	checkoutReversal?: CheckoutReversal;
	payout?: Payout;
	appPurchase?: AppPurchase;
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
		...tracking(state, creator, fan),
	};
};

/** Returns the tracking link by which a fan came, or no member. */
function tracking(state: FanvueState, creator: User, fan: User): Payload {
	const link = state.trackingLinks.find(
		({ creatorUuid, visitors }) =>
			creatorUuid === creator.uuid && visitors.some(({ userUuid }) => userUuid === fan.uuid),
	);
	if (!link) return {};
	const metadata = link.visitors.find(({ userUuid }) => userUuid === fan.uuid)?.metadata ?? {};
	return { tracking: { link_url: trackingLinkUrl(creator, link), metadata } };
}

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

function presenceOf({ isOnline }: User): string {
	return isOnline ? 'online' : 'offline';
}

function muteState(isMuted: boolean): string {
	return isMuted ? 'muted' : 'unmuted';
}

const presenceData: PayloadBuilder = (state, { fan, at, isMuted }) => ({
	object: 'fan_status',
	change_type: isMuted === undefined ? 'presence' : 'mute',
	state: isMuted === undefined ? presenceOf(fan) : muteState(isMuted),
	changed_at: iso(at),
	fan: person(state, fan),
});

/** Returns the subscription that a payment is for, or no member. */
function subscriptionOf(
	state: FanvueState,
	{ creator, fan, source }: { creator: User; fan: User; source: string },
): Payload {
	const subscription = state.relationship(creator.uuid, fan.uuid)?.subscription;
	const isForSubscription = source === 'subscription' || source === 'renewal';
	return isForSubscription && subscription ? { subscription: { id: subscription.uuid } } : {};
}

const checkoutPayment: PayloadBuilder = (state, details) =>
	checkoutPaymentData(state, required(details.checkoutPayment, 'checkout payment'));

const checkoutSubscription: PayloadBuilder = (state, details) =>
	checkoutSubscriptionData(state, required(details.checkoutSubscription, 'checkout subscription'));

const checkoutDispute: PayloadBuilder = (state, details) =>
	checkoutDisputeData(state, required(details.checkoutReversal, 'dispute'));

const appPurchase: PayloadBuilder = (_state, details) =>
	appPurchaseData(required(details.appPurchase, 'app purchase'));

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
	'creator.message.reaction': (_state, { creator, reaction }) => {
		const { emoji, messageUuid, actorUuid } = required(reaction, 'reaction');
		return {
			emoji,
			message_uuid: messageUuid,
			actor: { uuid: actorUuid },
			creator: { uuid: creator.uuid },
		};
	},
	'creator.follow.created': (state, { fan, at }) => ({
		follower: person(state, fan),
		created_at: iso(at),
	}),
	'creator.subscription.activated': subscriptionData,
	'creator.subscription.renewed': subscriptionData,
	'creator.subscription.deactivated': (state, details) => ({
		...subscriptionData(state, details),
		deactivation_reason: details.deactivationReason ?? 'not_renewed',
	}),
	'creator.subscription.cancel_at_period_end_changed': subscriptionData,
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
			...subscriptionOf(state, { creator, fan, source }),
			...tracking(state, creator, fan),
		};
	},
	'creator.refund.created': reversalData,
	'creator.dispute.created': reversalData,
	'creator.fan.presence_changed': presenceData,
	'creator.fan.status_changed': presenceData,
	'checkout_link.payment.pending': checkoutPayment,
	'checkout_link.payment.succeeded': checkoutPayment,
	'checkout_link.payment.failed': checkoutPayment,
	'checkout_link.subscription.activated': checkoutSubscription,
	'checkout_link.subscription.deactivated': checkoutSubscription,
	'checkout_link.subscription.cancel_at_period_end_changed': checkoutSubscription,
	'checkout_link.refund.created': (state, { checkoutReversal }) =>
		checkoutRefundData(state, required(checkoutReversal, 'refund')),
	'checkout_link.dispute.flagged': checkoutDispute,
	'checkout_link.dispute.created': checkoutDispute,
	'payout.paid': (_state, { payout }) => payoutData(required(payout, 'payout')),
	'app.payment.succeeded': appPurchase,
	'app.payment.refunded': appPurchase,
};

/** Returns the common members of flat payloads. */
function flatPayload(state: FanvueState, { creator, fan, at }: EventDetails): Payload {
	return { recipientUuid: creator.uuid, sender: senderView(state, fan), timestamp: iso(at) };
}

const FLAT_PAYLOADS: Record<string, PayloadBuilder> = {
	'message.received': (state, details) => {
		const message = required(details.message, 'message');
		const { uuid, text, mediaUuids, price, sentAt } = message;
		const conversation = state.conversation(details.creator.uuid, details.fan.uuid);
		return {
			messageUuid: uuid,
			message: {
				uuid,
				text,
				hasMedia: mediaUuids.length > 0,
				mediaUuids,
				price,
				createdAt: iso(sentAt),
			},
			isMuted: conversation?.sides.get(details.creator.uuid)?.isMuted ?? false,
			...flatPayload(state, details),
		};
	},
	'message.read': (_state, { creator, fan, at, readCount }) => ({
		counterpartUuid: fan.uuid,
		readMessagesCount: readCount ?? 1,
		recipientUuid: creator.uuid,
		timestamp: iso(at),
	}),
	'follow.new': flatPayload,
	'subscription.new': (state, details) => ({
		price: details.creator.subscriptionPrice ?? 0,
		...flatPayload(state, details),
	}),
	'purchase.new': (state, details) => {
		const { orderId, postUuid, messageUuid, gross } = required(details.sale, 'sale');
		const subject = postUuid === null ? { routeUuid: messageUuid } : { postUuid };
		return {
			...subject,
			price: gross,
			transactionOrderId: orderId,
			transactionOrderStatus: 'pendingBalance',
			...flatPayload(state, details),
		};
	},
	'tip.new': (state, details) => {
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
