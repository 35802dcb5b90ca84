import { randomBytes } from 'node:crypto';
import { sideOf, unreadOf } from './chatViews';
import { membersOfLists } from './listMembers';
import type { Message, Conversation, MassMessage, Sale, WebhookSubscription } from './model';
import type { FanvueState } from './state';

/** Creates a message without adding it to a conversation. */
export function createMessage(
	state: FanvueState,
	{
		senderUuid,
		recipientUuid,
		content,
	}: { senderUuid: string; recipientUuid: string; content: Partial<Message> },
): Message {
	return {
		uuid: state.ids.next('message'),
		text: null,
		type: 'SINGLE_RECIPIENT',
		sentAt: content.sentAt ?? state.nextTimestamp(),
		senderUuid,
		recipientUuid,
		sentByUserId: null,
		mediaUuids: [],
		mediaPreviewUuid: null,
		hasGif: false,
		price: null,
		purchasedAt: null,
		readAt: null,
		massMessageUuid: null,
		...content,
	};
}

/** Marks all messages to a user as read. */
export function markRead(state: FanvueState, conversation: Conversation, uuid: string): void {
	sideOf(conversation, uuid).isMarkedUnread = false;
	for (const message of unreadOf(conversation, uuid)) message.readAt = state.now();
}

export function findRecipients(state: FanvueState, message: MassMessage): string[] {
	const left = membersOfLists(state, message.creatorUuid, message.excluded);
	return [...membersOfLists(state, message.creatorUuid, message.included)].filter(
		(uuid) => !left.has(uuid) && state.user(uuid)?.isContactable,
	);
}

/** Adds a mass message to the chats of its recipients. */
export function publishMassMessage(state: FanvueState, massMessage: MassMessage, at: number): void {
	massMessage.publishedAt = at;
	massMessage.recipientUuids = findRecipients(state, massMessage);
	for (const fanUuid of massMessage.recipientUuids) {
		const conversation = state.ensureConversation(massMessage.creatorUuid, fanUuid, at);
		const message = createMessage(state, {
			senderUuid: massMessage.creatorUuid,
			recipientUuid: fanUuid,
			content: {
				text: massMessage.text,
				type: 'BROADCAST',
				mediaUuids: massMessage.mediaUuids,
				mediaPreviewUuid: massMessage.mediaPreviewUuid,
				price: massMessage.price,
				sentByUserId: massMessage.sentByUserId,
				massMessageUuid: massMessage.uuid,
			},
		});
		state.addMessage(conversation, message);
	}
}

/** Publishes the scheduled mass messages that are due. */
export function publishScheduled(state: FanvueState): void {
	for (const massMessage of state.massMessages) {
		const isOpen = massMessage.publishedAt === null && !massMessage.isUnsent;
		if (isOpen && massMessage.scheduledAt !== null && massMessage.scheduledAt <= state.now()) {
			publishMassMessage(state, massMessage, massMessage.scheduledAt);
		}
	}
}

export interface NewSale {
	creatorUuid: string;
	fanUuid: string | null;
	source: Sale['source'];
	/** In cents. */
	gross: number;
	/** Defaults to now. */
	at?: number;
	messageUuid?: string | null;
	postUuid?: string | null;
}

/** Records a sale with the creator's share of 80 percent. */
export function recordSale(state: FanvueState, sale: NewSale): Sale {
	const recorded: Sale = {
		orderId: state.ids.next('order'),
		creatorUuid: sale.creatorUuid,
		fanUuid: sale.fanUuid,
		source: sale.source,
		gross: sale.gross,
		net: Math.trunc(sale.gross * 0.8),
		at: sale.at ?? state.nextTimestamp(),
		messageUuid: sale.messageUuid ?? null,
		postUuid: sale.postUuid ?? null,
		reversedOrderId: null,
	};
	state.addSale(recorded);
	return recorded;
}

export interface NewWebhookSubscription {
	/** Null for an endpoint that was added in the developer area. */
	clientId: string | null;
	url: string;
	events: readonly string[];
	/** Generated if it is not set. */
	secret?: string;
}

function createSigningSecret(): string {
	return `whsec_${randomBytes(24).toString('base64url')}`;
}

/** Adds a webhook subscription with its signing secret. */
export function addWebhookSubscription(
	state: FanvueState,
	{ clientId, url, events, secret }: NewWebhookSubscription,
): WebhookSubscription {
	const signingSecret = secret ?? createSigningSecret();
	const subscription: WebhookSubscription = {
		id: state.ids.next('webhook'),
		clientId,
		url,
		events: [...events],
		signingSecret,
		previousSecret: null,
		createdAt: state.nextTimestamp(),
	};
	state.webhooks.push(subscription);
	state.signingSecrets.push(signingSecret);
	return subscription;
}

/** Replaces the signing secret of a webhook subscription and returns the new one. */
export function rotateSigningSecret(state: FanvueState, id: string): string {
	const subscription = state.webhooks.find((item) => item.id === id);
	if (!subscription) throw new TypeError(`${id} is not a webhook subscription`);
	const { previousSecretSeconds } = state.settings.webhooks;
	const expiresAt = state.now() + previousSecretSeconds * 1000;
	subscription.previousSecret = { value: subscription.signingSecret, expiresAt };
	subscription.signingSecret = createSigningSecret();
	state.signingSecrets.push(subscription.signingSecret);
	return subscription.signingSecret;
}
