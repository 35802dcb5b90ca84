import {
	NOTIFICATION_TYPE,
	type Message,
	type Post,
	type Sale,
	type SaleSource,
	type Subscription,
	type User,
} from '../model';
import { createMessage, markRead, recordSale } from '../mutations';
import type { FanvueState } from '../state';
import { MONTH } from '../time';
import { sideOf, unreadOf } from '../chatViews';
import type { EventDetails } from '../webhooks/payloads';
import { CheckoutSimulation } from './checkout';
import { emit, findPeople, type Participants, type People, type SimulatedEvent } from './emit';

/**
 * Actions of fans and creators, for tests and demos. Each changes the state and sends notifications
 * and webhooks.
 */
export class FanvueSimulation {
	/** Purchases through checkout links and apps, and payouts. */
	readonly checkout: CheckoutSimulation;

	constructor(private readonly state: () => FanvueState) {
		this.checkout = new CheckoutSimulation(state);
	}

	/** Sends a message from a fan to a creator. */
	sendMessage(options: Participants & { text?: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const conversation = state.ensureConversation(creator.uuid, fan.uuid, state.nextTimestamp());
		const text = options.text ?? 'Hello!';
		const message = createMessage(state, {
			senderUuid: fan.uuid,
			recipientUuid: creator.uuid,
			content: { text },
		});
		state.addMessage(conversation, message);
		return this.emit(['creator.message.received', 'message.received'], message.uuid, {
			creator,
			fan,
			at: message.sentAt,
			message,
		});
	}

	/** Sends a message from a creator to a fan. */
	reply(options: Participants & { text?: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const conversation = state.ensureConversation(creator.uuid, fan.uuid, state.nextTimestamp());
		const text = options.text ?? 'Thank you!';
		const message = createMessage(state, {
			senderUuid: creator.uuid,
			recipientUuid: fan.uuid,
			content: { text },
		});
		state.addMessage(conversation, message);
		const details = { creator, fan, at: message.sentAt, message };
		return this.emit(['creator.message.sent'], message.uuid, details);
	}

	/** Deletes a message of a conversation. */
	deleteMessage(options: Participants & { messageUuid: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const conversation = state.requireConversation(creator.uuid, fan.uuid);
		const message = this.findMessage(creator, fan, options.messageUuid);
		conversation.messages.splice(conversation.messages.indexOf(message), 1);
		const details = { creator, fan, at: state.now(), message };
		return this.emit(['creator.message.deleted'], message.uuid, details);
	}

	/** Makes a creator read all messages of a fan. */
	readMessages(options: Participants): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const conversation = state.requireConversation(creator.uuid, fan.uuid);
		const readCount = unreadOf(conversation, creator.uuid).length;
		markRead(state, conversation, creator.uuid);
		const details = { creator, fan, at: state.now(), readCount };
		return this.emit(['creator.message.read', 'message.read'], '', details);
	}

	/** Reacts to a message with an emoji, as the fan or as the creator. */
	react(
		options: Participants & { messageUuid: string; emoji?: string; actor?: 'creator' | 'fan' },
	): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const { uuid } = this.findMessage(creator, fan, options.messageUuid);
		const actorUuid = options.actor === 'creator' ? creator.uuid : fan.uuid;
		const reaction = { messageUuid: uuid, actorUuid, emoji: options.emoji ?? '❤️' };
		state.reactions.push(reaction);
		const details = { creator, fan, at: state.now(), reaction };
		return this.emit(['creator.message.reaction'], uuid, details);
	}

	/** Makes a fan follow a creator. */
	follow(options: Participants): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const at = state.nextTimestamp();
		state.ensureRelationship(creator.uuid, fan.uuid).followedAt = at;
		this.notify(NOTIFICATION_TYPE.newFollower, { creator, fan, createdAt: at, data: {} });
		return this.emit(['creator.follow.created', 'follow.new'], '', { creator, fan, at });
	}

	/** Makes a fan stop following a creator. There is no event for it. */
	unfollow(options: Participants): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		state.ensureRelationship(creator.uuid, fan.uuid).followedAt = null;
		return this.emit([], '', { creator, fan, at: state.now() });
	}

	/** Likes a post. A second like of the same fan is ignored. */
	likePost(options: Participants & { postUuid: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const post = this.findPost(creator, options.postUuid);
		const at = state.nextTimestamp();
		if (!post.likes.some(({ userUuid }) => userUuid === fan.uuid)) {
			post.likes.push({ createdAt: at, userUuid: fan.uuid });
			this.notify(NOTIFICATION_TYPE.postLike, { creator, fan, createdAt: at, data: {} });
		}
		return this.emit([], post.uuid, { creator, fan, at });
	}

	/** Comments on a post. There is no webhook for it. */
	commentPost(options: Participants & { postUuid: string; text: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const post = this.findPost(creator, options.postUuid);
		const uuid = state.ids.next('comment');
		const at = state.nextTimestamp();
		const { text } = options;
		post.comments.push({ uuid, text, createdAt: at, updatedAt: null, userUuid: fan.uuid });
		this.notify(NOTIFICATION_TYPE.postComment, { creator, fan, createdAt: at, data: {} });
		return this.emit([], uuid, { creator, fan, at });
	}

	/** Subscribes a fan for a month. */
	subscribe(options: Participants & { autoRenewal?: boolean }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const at = state.nextTimestamp();
		const price = creator.subscriptionPrice ?? 0;
		const relationship = state.ensureRelationship(creator.uuid, fan.uuid);
		const uuid = state.ids.next('subscription');
		relationship.subscription = {
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
		relationship.followedAt ??= at;
		const sale = this.recordSale({
			creator,
			fan,
			source: 'subscription',
			gross: price,
			subject: {},
		});
		this.notify(NOTIFICATION_TYPE.newSubscriber, { creator, fan, createdAt: at, data: {} });
		const topics = [
			'creator.subscription.activated',
			'subscription.new',
			'creator.payment.succeeded',
		];
		return this.emit(topics, uuid, { creator, fan, at, sale });
	}

	/** Renews a subscription for a month. */
	renew(options: Participants): SimulatedEvent {
		const { creator, fan } = this.participants(options);
		const subscription = this.requireSubscription(creator, fan);
		subscription.periodStart = subscription.periodEnd;
		subscription.periodEnd += MONTH;
		subscription.amountPaid += subscription.price;
		const sale = this.recordSale({
			creator,
			fan,
			source: 'renewal',
			gross: subscription.price,
			subject: {},
		});
		const topics = ['creator.subscription.renewed', 'creator.payment.succeeded'];
		return this.emit(topics, subscription.uuid, { creator, fan, at: sale.at, sale });
	}

	/** Turns the renewal of a subscription off or on. */
	setAutoRenewal(options: Participants & { autoRenewal: boolean }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const subscription = this.requireSubscription(creator, fan);
		subscription.autoRenewal = options.autoRenewal;
		const topics = ['creator.subscription.cancel_at_period_end_changed'];
		return this.emit(topics, subscription.uuid, { creator, fan, at: state.now() });
	}

	/** Ends a subscription immediately. */
	unsubscribe(options: Participants): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const at = state.nextTimestamp();
		const subscription = this.requireSubscription(creator, fan);
		Object.assign(subscription, { endedAt: at, periodEnd: at, autoRenewal: false });
		const topics = ['creator.subscription.deactivated'];
		return this.emit(topics, subscription.uuid, { creator, fan, at });
	}

	/** Sends a tip (in cents) for a post or in the chat. */
	tip(options: Participants & { amount: number; postUuid?: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const { amount, postUuid } = options;
		let messageUuid: string | undefined;
		if (postUuid === undefined) {
			const conversation = state.ensureConversation(creator.uuid, fan.uuid, state.nextTimestamp());
			const message = createMessage(state, {
				senderUuid: fan.uuid,
				recipientUuid: creator.uuid,
				content: { type: 'TIP' },
			});
			state.addMessage(conversation, message);
			messageUuid = message.uuid;
		}
		const sale = this.recordSale({
			creator,
			fan,
			source: 'tip',
			gross: amount,
			subject: { messageUuid, postUuid },
		});
		this.notify(NOTIFICATION_TYPE.tip, { creator, fan, createdAt: sale.at, data: { amount } });
		const topics = ['tip.new', 'creator.payment.succeeded'];
		return this.emit(topics, sale.orderId, { creator, fan, at: sale.at, sale });
	}

	/** Buys a paid message of the creator. */
	unlockMessage(options: Participants & { messageUuid: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const { messageUuid } = options;
		const messages = state.conversation(creator.uuid, fan.uuid)?.messages ?? [];
		const message = messages.find(({ uuid }) => uuid === messageUuid);
		if (!message?.price) throw new TypeError(`${messageUuid} is not a paid message`);
		message.purchasedAt = state.nextTimestamp();
		const sale = this.recordSale({
			creator,
			fan,
			source: 'message',
			gross: message.price,
			subject: { messageUuid },
		});
		return this.completePurchase({ creator, fan, sale, message });
	}

	/** Buys a paid post. */
	buyPost(options: Participants & { postUuid: string }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const { postUuid } = options;
		const price = state.posts.find(({ uuid }) => uuid === postUuid)?.price;
		if (!price) throw new TypeError(`${postUuid} is not a paid post`);
		return this.completePurchase({
			creator,
			fan,
			sale: this.recordSale({ creator, fan, source: 'post', gross: price, subject: { postUuid } }),
		});
	}

	/** Refunds an order, or reverses it by a chargeback. */
	refund(options: { orderId: string; kind?: 'refund' | 'chargeback' }): SimulatedEvent {
		const state = this.state();
		const { orderId, kind = 'refund' } = options;
		const sale = state.sales.find((item) => item.orderId === orderId);
		const creator = sale && state.user(sale.creatorUuid);
		const fan = sale?.fanUuid ? state.user(sale.fanUuid) : undefined;
		if (!sale || !creator || !fan) throw new TypeError(`${orderId} is not an order of a fan`);
		const reversal: Sale = {
			...sale,
			orderId: state.ids.next('order'),
			source: kind,
			gross: -sale.gross,
			net: -sale.net,
			at: state.nextTimestamp(),
			reversedOrderId: orderId,
		};
		state.addSale(reversal);
		const topic = kind === 'refund' ? 'creator.refund.created' : 'creator.dispute.created';
		const details = { creator, fan, at: reversal.at, sale: reversal };
		return this.emit([topic], reversal.orderId, details);
	}

	/** Sets whether a fan is online. */
	setPresence(options: Participants & { isOnline: boolean }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		fan.isOnline = options.isOnline;
		fan.lastSeenAt = state.now();
		const topics = ['creator.fan.presence_changed', 'creator.fan.status_changed'];
		return this.emit(topics, '', { creator, fan, at: state.now() });
	}

	/** Mutes or unmutes a fan. */
	setMuted(options: Participants & { isMuted: boolean }): SimulatedEvent {
		const { state, creator, fan } = this.participants(options);
		const { isMuted } = options;
		const conversation = state.ensureConversation(creator.uuid, fan.uuid, state.nextTimestamp());
		sideOf(conversation, creator.uuid).isMuted = isMuted;
		const topics = ['creator.fan.status_changed'];
		return this.emit(topics, '', { creator, fan, at: state.now(), isMuted });
	}

	private findPost(creator: User, postUuid: string): Post {
		const post = this.state().posts.find(
			({ uuid, creatorUuid }) => uuid === postUuid && creatorUuid === creator.uuid,
		);
		if (!post) throw new TypeError(`${postUuid} is not a post of ${creator.handle}`);
		return post;
	}

	private findMessage(creator: User, fan: User, messageUuid: string): Message {
		const messages = this.state().conversation(creator.uuid, fan.uuid)?.messages ?? [];
		const message = messages.find(({ uuid }) => uuid === messageUuid);
		if (!message) throw new TypeError(`${messageUuid} is not a message of this conversation`);
		return message;
	}

	private requireSubscription(creator: User, fan: User): Subscription {
		const subscription = this.state().relationship(creator.uuid, fan.uuid)?.subscription;
		if (!subscription) throw new TypeError(`${fan.handle} is not a subscriber`);
		return subscription;
	}

	private completePurchase({
		creator,
		fan,
		sale,
		message,
	}: {
		creator: User;
		fan: User;
		sale: Sale;
		message?: Message;
	}): SimulatedEvent {
		const details: EventDetails = { creator, fan, at: sale.at, sale };
		if (message) details.message = message;
		this.notify(NOTIFICATION_TYPE.purchase, {
			creator,
			fan,
			createdAt: sale.at,
			data: { amount: sale.gross },
		});
		return this.emit(['purchase.new', 'creator.payment.succeeded'], sale.orderId, details);
	}

	private participants(options: Participants): People & { state: FanvueState } {
		const state = this.state();
		return { state, ...findPeople(state, options) };
	}

	private recordSale({
		creator,
		fan,
		source,
		gross,
		subject,
	}: {
		creator: User;
		fan: User;
		source: SaleSource;
		gross: number;
		subject: { messageUuid?: string | undefined; postUuid?: string | undefined };
	}): Sale {
		return recordSale(this.state(), {
			creatorUuid: creator.uuid,
			fanUuid: fan.uuid,
			source,
			gross,
			messageUuid: subject.messageUuid ?? null,
			postUuid: subject.postUuid ?? null,
		});
	}

	private notify(
		eventType: number,
		{
			creator,
			fan,
			createdAt,
			data,
		}: { creator: User; fan: User; createdAt: number; data: Record<string, number> },
	): void {
		const originatorUuid = fan.uuid;
		this.state().addNotification({
			createdAt,
			eventType,
			data,
			originatorUuid,
			receiverUuid: creator.uuid,
		});
	}

	private emit(topics: string[], uuid: string, details: EventDetails): SimulatedEvent {
		return emit(this.state(), { topics, uuid, details });
	}
}
