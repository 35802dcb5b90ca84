import { newMessage } from './messages';
import { EVENT } from './notifications';
import type { Message, Sale, SaleSource, User } from './model';
import { deliver, type Delivery } from './webhooks/deliver';
import { payloadOf, type Happening } from './webhooks/payloads';
import type { World } from './world';

const MONTH = 30 * 86_400_000;

/** Handles of the two it happens between; `mira` and `felix` unless told. */
export interface Between {
	creator?: string;
	fan?: string;
}

export interface Happened {
	/** The message, subscription or order that came of it; '' where nothing has an id. */
	uuid: string;
	/** What subscribers of webhooks got; resolves when each was taken or given up. */
	delivered: Promise<Delivery[]>;
}

/** Things that fans do, for tests and demos: state, notifications and webhooks follow. */
export class Happenings {
	constructor(private readonly world: () => World) {}

	/** A fan writes to a creator. */
	message(options: Between & { text?: string }): Happened {
		const { world, creator, fan } = this.people(options);
		const conversation = world.openConversation(creator.uuid, fan.uuid, world.stamp());
		const text = options.text ?? 'Hello!';
		const message = newMessage(world, fan.uuid, creator.uuid, { text });
		world.addMessage(conversation, message);
		return this.tell(['creator.message.received', 'message-received'], message.uuid, {
			creator,
			fan,
			at: message.sentAt,
			message,
		});
	}

	/** A fan begins to follow. */
	follow(options: Between): Happened {
		const { world, creator, fan } = this.people(options);
		const at = world.stamp();
		world.bondOf(creator.uuid, fan.uuid).followedAt = at;
		this.notify(EVENT.newFollower, creator, fan, at, {});
		return this.tell(['creator.follow.created', 'new-follower'], '', { creator, fan, at });
	}

	/** A fan subscribes for a month. */
	subscribe(options: Between & { autoRenewal?: boolean }): Happened {
		const { world, creator, fan } = this.people(options);
		const at = world.stamp();
		const price = creator.subscriptionPrice ?? 0;
		const bond = world.bondOf(creator.uuid, fan.uuid);
		const uuid = world.ids.next('subscription');
		bond.subscription = {
			uuid,
			firstSubscribedAt: at,
			periodStart: at,
			periodEnd: at + MONTH,
			price,
			amountPaid: price,
			autoRenewal: options.autoRenewal ?? true,
			isFreeTrial: false,
			endedAt: null,
		};
		bond.followedAt ??= at;
		const sale = this.sell(creator, fan, 'subscription', price, {});
		this.notify(EVENT.newSubscriber, creator, fan, at, {});
		const topics = [
			'creator.subscription.activated',
			'new-subscriber',
			'creator.payment.succeeded',
		];
		return this.tell(topics, uuid, { creator, fan, at, sale });
	}

	/** A subscription ends. */
	unsubscribe(options: Between): Happened {
		const { world, creator, fan } = this.people(options);
		const at = world.stamp();
		const subscription = world.bond(creator.uuid, fan.uuid)?.subscription;
		if (!subscription) throw new TypeError(`${fan.handle} does not subscribe`);
		Object.assign(subscription, { endedAt: at, periodEnd: at, autoRenewal: false });
		const topics = ['creator.subscription.deactivated'];
		return this.tell(topics, subscription.uuid, { creator, fan, at });
	}

	/** A fan tips, in cents, for a post or in the chat. */
	tip(options: Between & { amount: number; postUuid?: string }): Happened {
		const { world, creator, fan } = this.people(options);
		const { amount, postUuid } = options;
		let messageUuid: string | undefined;
		if (postUuid === undefined) {
			const conversation = world.openConversation(creator.uuid, fan.uuid, world.stamp());
			const message = newMessage(world, fan.uuid, creator.uuid, { type: 'TIP' });
			world.addMessage(conversation, message);
			messageUuid = message.uuid;
		}
		const sale = this.sell(creator, fan, 'tip', amount, { messageUuid, postUuid });
		this.notify(EVENT.tip, creator, fan, sale.at, { amount });
		const topics = ['tip-received', 'creator.payment.succeeded'];
		return this.tell(topics, sale.orderId, { creator, fan, at: sale.at, sale });
	}

	/** A fan unlocks a paid message of the creator. */
	unlock(options: Between & { messageUuid: string }): Happened {
		const { world, creator, fan } = this.people(options);
		const { messageUuid } = options;
		const messages = world.conversation(creator.uuid, fan.uuid)?.messages ?? [];
		const message = messages.find(({ uuid }) => uuid === messageUuid);
		if (!message?.price) throw new TypeError(`${messageUuid} is no paid message`);
		message.purchasedAt = world.stamp();
		const sale = this.sell(creator, fan, 'message', message.price, { messageUuid });
		return this.bought(creator, fan, sale, message);
	}

	/** A fan buys a paid post. */
	buyPost(options: Between & { postUuid: string }): Happened {
		const { world, creator, fan } = this.people(options);
		const { postUuid } = options;
		const price = world.posts.find(({ uuid }) => uuid === postUuid)?.price;
		if (!price) throw new TypeError(`${postUuid} is no paid post`);
		return this.bought(creator, fan, this.sell(creator, fan, 'post', price, { postUuid }));
	}

	/** Money of an order goes back. */
	refund(options: { orderId: string; kind?: 'refund' | 'chargeback' }): Happened {
		const world = this.world();
		const { orderId, kind = 'refund' } = options;
		const sale = world.sales.find((item) => item.orderId === orderId);
		const creator = sale && world.user(sale.creatorUuid);
		const fan = sale?.fanUuid ? world.user(sale.fanUuid) : undefined;
		if (!sale || !creator || !fan) throw new TypeError(`${orderId} is no order of a fan`);
		const reversal: Sale = {
			...sale,
			orderId: world.ids.next('order'),
			source: kind,
			gross: -sale.gross,
			net: -sale.net,
			at: world.stamp(),
			reversedOrderId: orderId,
		};
		world.book(reversal);
		const topic = kind === 'refund' ? 'creator.refund.created' : 'creator.dispute.created';
		const happening = { creator, fan, at: reversal.at, sale: reversal };
		return this.tell([topic], reversal.orderId, happening);
	}

	/** A fan comes online or leaves. */
	presence(options: Between & { isOnline: boolean }): Happened {
		const { world, creator, fan } = this.people(options);
		fan.isOnline = options.isOnline;
		fan.lastSeenAt = world.now();
		const topics = ['creator.fan.presence_changed', 'creator.fan.status_changed'];
		return this.tell(topics, '', { creator, fan, at: world.now() });
	}

	private bought(creator: User, fan: User, sale: Sale, message?: Message): Happened {
		const happening: Happening = { creator, fan, at: sale.at, sale };
		if (message) happening.message = message;
		this.notify(EVENT.purchase, creator, fan, sale.at, { amount: sale.gross });
		return this.tell(['purchase-received', 'creator.payment.succeeded'], sale.orderId, happening);
	}

	private people(options: Between): { world: World; creator: User; fan: User } {
		const world = this.world();
		const creator = world.byHandle(options.creator ?? 'mira');
		return { world, creator, fan: world.byHandle(options.fan ?? 'felix') };
	}

	private sell(
		creator: User,
		fan: User,
		source: SaleSource,
		gross: number,
		subject: { messageUuid?: string | undefined; postUuid?: string | undefined },
	): Sale {
		const world = this.world();
		const sale: Sale = {
			orderId: world.ids.next('order'),
			creatorUuid: creator.uuid,
			fanUuid: fan.uuid,
			source,
			gross,
			net: Math.trunc(gross * 0.8),
			at: world.stamp(),
			messageUuid: subject.messageUuid ?? null,
			postUuid: subject.postUuid ?? null,
			reversedOrderId: null,
		};
		world.book(sale);
		return sale;
	}

	private notify(
		eventType: number,
		creator: User,
		fan: User,
		createdAt: number,
		data: Record<string, number>,
	): void {
		const originatorUuid = fan.uuid;
		this.world().notify({ createdAt, eventType, data, originatorUuid, receiverUuid: creator.uuid });
	}

	private tell(topics: string[], uuid: string, happening: Happening): Happened {
		const world = this.world();
		const each = topics.map(async (type) => {
			return await deliver(world, { type, payload: payloadOf(world, type, happening) });
		});
		return { uuid, delivered: Promise.all(each).then((all) => all.flat()) };
	}
}
