import { unreadOf } from '../chat-views';
import type { Message, Sale, User } from '../model';
import { iso } from '../replies';
import { sender } from '../views';
import type { World } from '../world';

/** Something that happened between a creator and a fan. */
export interface Happening {
	creator: User;
	fan: User;
	at: number;
	message?: Message;
	sale?: Sale;
}

type Payload = Record<string, unknown>;
type Write = (world: World, happening: Happening) => Payload;

/** A person in payloads of the second generation, which are written in snake case. */
function person(world: World, user: User): Payload {
	const { uuid, handle, displayName, avatarUrl } = sender(world, user);
	return { uuid, handle, display_name: displayName, avatar_url: avatarUrl };
}

function required<Value>(value: Value | undefined, what: string): Value {
	if (value === undefined) throw new TypeError(`this event needs a ${what}`);
	return value;
}

const messageData: Write = (world, { creator, fan, message }) => {
	const { uuid, text, sentAt, senderUuid } = required(message, 'message');
	const conversation = world.conversation(creator.uuid, fan.uuid);
	return {
		uuid,
		sender: senderUuid === creator.uuid ? 'creator' : 'fan',
		created_at: iso(sentAt),
		deleted_at: null,
		// Keys without a value are left out.
		...(text === null ? {} : { text }),
		unread_messages_count: conversation ? unreadOf(conversation, creator.uuid).length : 0,
		is_muted: conversation?.sides.get(creator.uuid)?.isMuted ?? false,
		fan: person(world, fan),
		creator: { uuid: creator.uuid },
	};
};

const subscriptionData: Write = (world, { creator, fan }) => {
	const subscription = world.bond(creator.uuid, fan.uuid)?.subscription ?? null;
	const isActive = subscription !== null && subscription.endedAt === null;
	return {
		id: subscription?.uuid ?? null,
		status: isActive ? 'active' : 'expired',
		cancel_at_period_end: !(subscription?.autoRenewal ?? false),
		current_period_start: iso(subscription?.periodStart ?? null),
		created_at: iso(subscription?.firstSubscribedAt ?? null),
		expires_at: iso(subscription?.periodEnd ?? null),
		purchaser: person(world, fan),
		creator: { uuid: creator.uuid },
	};
};

const reversalData: Write = (world, { fan, sale }) => {
	const { orderId, reversedOrderId, gross, at } = required(sale, 'sale');
	return {
		id: orderId,
		payment_id: reversedOrderId,
		amount: Math.abs(gross),
		currency: 'USD',
		created_at: iso(at),
		purchaser: person(world, fan),
	};
};

const presenceData: Write = (world, { fan, at }) => ({
	object: 'fan_status',
	change_type: 'presence',
	state: fan.isOnline ? 'online' : 'offline',
	changed_at: iso(at),
	fan: person(world, fan),
});

const SECOND: Record<string, Write> = {
	'creator.message.received': messageData,
	'creator.message.sent': messageData,
	'creator.message.deleted': (world, happening) => ({
		...messageData(world, happening),
		deleted_at: iso(happening.at),
	}),
	'creator.message.read': (world, { creator, fan }) => {
		const conversation = world.conversation(creator.uuid, fan.uuid);
		const unread = conversation ? unreadOf(conversation, creator.uuid).length : 0;
		return { unread_messages_count: unread, fan: person(world, fan) };
	},
	'creator.follow.created': (world, { fan, at }) => ({
		follower: person(world, fan),
		created_at: iso(at),
	}),
	'creator.subscription.activated': subscriptionData,
	'creator.subscription.renewed': subscriptionData,
	'creator.subscription.deactivated': (world, happening) => ({
		...subscriptionData(world, happening),
		deactivation_reason: 'not_renewed',
	}),
	'creator.payment.succeeded': (world, { creator, fan, sale }) => {
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
			purchaser: person(world, fan),
			creator: { uuid: creator.uuid },
		};
	},
	'creator.refund.created': reversalData,
	'creator.dispute.created': reversalData,
	'creator.fan.presence_changed': presenceData,
	'creator.fan.status_changed': presenceData,
};

/** Who did it and to whom: the frame of the first generation. */
function flat(world: World, { creator, fan, at }: Happening): Payload {
	return { recipientUuid: creator.uuid, sender: sender(world, fan), timestamp: iso(at) };
}

const FIRST: Record<string, Write> = {
	'message-received': (world, happening) => {
		const { uuid, text, mediaUuids, sentAt } = required(happening.message, 'message');
		const message = { uuid, text, hasMedia: mediaUuids.length > 0, createdAt: iso(sentAt) };
		return { messageUuid: uuid, message, ...flat(world, happening) };
	},
	'message-read': (world, happening) => ({
		messageUuid: required(happening.message, 'message').uuid,
		...flat(world, happening),
	}),
	'new-follower': flat,
	'new-subscriber': flat,
	'purchase-received': (world, happening) => {
		const { postUuid, messageUuid, gross } = required(happening.sale, 'sale');
		const subject = postUuid === null ? { routeUuid: messageUuid } : { postUuid };
		return { ...subject, price: gross, ...flat(world, happening) };
	},
	'tip-received': (world, happening) => {
		const { postUuid, messageUuid, gross } = required(happening.sale, 'sale');
		const subject =
			postUuid === null ? { context: 'message', messageUuid } : { context: 'post', postUuid };
		const senderUuid = happening.fan.uuid;
		return { ...subject, price: gross, senderUuid, ...flat(world, happening) };
	},
};

/** The payload of an event: flat for the first generation, `data` for the second. */
export function payloadOf(world: World, type: string, happening: Happening): Payload {
	const write = SECOND[type] ?? FIRST[type];
	if (!write) throw new TypeError(`${type} is no event`);
	return write(world, happening);
}
