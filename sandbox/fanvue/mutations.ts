import { randomBytes } from 'node:crypto';
import { sideOf, unreadOf } from './chatViews';
import { membersOfLists } from './listMembers';
import type { Message, Conversation, MassMessage, WebhookSubscription } from './model';
import type { FanvueState } from './state';

/** A message nobody has sent yet. */
export function createMessage(
	state: FanvueState,
	senderUuid: string,
	recipientUuid: string,
	content: Partial<Message>,
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

/** Reads everything in a conversation. */
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

/** Puts a mass message into the chats of its recipients. */
export function publishMassMessage(state: FanvueState, mass: MassMessage, at: number): void {
	mass.publishedAt = at;
	mass.recipientUuids = findRecipients(state, mass);
	for (const fanUuid of mass.recipientUuids) {
		const conversation = state.ensureConversation(mass.creatorUuid, fanUuid, at);
		const message = createMessage(state, mass.creatorUuid, fanUuid, {
			text: mass.text,
			type: 'BROADCAST',
			mediaUuids: mass.mediaUuids,
			mediaPreviewUuid: mass.mediaPreviewUuid,
			price: mass.price,
			sentByUserId: mass.sentByUserId,
			massMessageUuid: mass.uuid,
		});
		state.addMessage(conversation, message);
	}
}

/** Sends the scheduled mass messages whose time has come. */
export function publishScheduled(state: FanvueState): void {
	for (const mass of state.massMessages) {
		const isOpen = mass.publishedAt === null && !mass.isUnsent;
		if (isOpen && mass.scheduledAt !== null && mass.scheduledAt <= state.now()) {
			publishMassMessage(state, mass, mass.scheduledAt);
		}
	}
}

export interface NewWebhookSubscription {
	/** Null for an endpoint that was added in the developer area. */
	clientId: string | null;
	url: string;
	events: readonly string[];
	/** Generated if it is not set. */
	secret?: string;
}

/** Adds a webhook subscription with its signing secret. */
export function addWebhookSubscription(
	state: FanvueState,
	{ clientId, url, events, secret }: NewWebhookSubscription,
): WebhookSubscription {
	const signingSecret = secret ?? `whsec_${randomBytes(24).toString('base64url')}`;
	const subscription: WebhookSubscription = {
		id: state.ids.next('webhook'),
		clientId,
		url,
		events: [...events],
		signingSecret,
		createdAt: state.nextTimestamp(),
	};
	state.webhooks.push(subscription);
	state.signingSecrets.push(signingSecret);
	return subscription;
}
