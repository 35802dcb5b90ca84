import type { components } from '../../types/fanvue';
import { mediaStatus } from './mediaStatus';
import type { ChatSide, Conversation, Media, Message, User } from './model';
import { iso } from './replies';
import { variantsOf } from './mediaVariants';
import { fanUserOf } from './userViews';
import type { FanvueState } from './state';

type Schemas = components['schemas'];

/** Returns the other user of a conversation. */
export function partnerOf(conversation: Conversation, uuid: string): string {
	const [first, second] = conversation.users;
	return first === uuid ? second : first;
}

export function sideOf(conversation: Conversation, uuid: string): ChatSide {
	const side = conversation.sides.get(uuid);
	if (!side) throw new TypeError('The user is not part of this conversation');
	return side;
}

/** Returns the unread messages to a user. */
export function unreadOf(conversation: Conversation, uuid: string): Message[] {
	return conversation.messages.filter(
		({ recipientUuid, readAt }) => recipientUuid === uuid && readAt === null,
	);
}

export function isUnread(conversation: Conversation, uuid: string): boolean {
	return sideOf(conversation, uuid).isMarkedUnread || unreadOf(conversation, uuid).length > 0;
}

/** Returns the type of the first attached item. */
function mediaTypeOf(state: FanvueState, { mediaUuids }: Message): Schemas['Message']['mediaType'] {
	const [first] = mediaUuids;
	return first === undefined ? null : (state.media.get(first)?.mediaType ?? null);
}

function lastMessage(state: FanvueState, message: Message, isV1: boolean): Record<string, unknown> {
	const isFromCreator = state.user(message.senderUuid)?.isCreator ?? false;
	const extra = {
		hasGif: message.hasGif,
		senderRole: isFromCreator ? 'CREATOR' : 'FAN',
		status: message.readAt === null ? 'Sent' : 'Read',
	};
	return {
		uuid: message.uuid,
		text: message.text,
		type: message.type,
		sentAt: iso(message.sentAt),
		hasMedia: message.mediaUuids.length > 0,
		mediaType: mediaTypeOf(state, message),
		senderUuid: message.senderUuid,
		sentByUserId: message.sentByUserId,
		...(isV1 ? extra : {}),
	};
}

/** Returns the Chat schema: a conversation from the view of one user. */
export function chatView(
	state: FanvueState,
	{
		conversation,
		viewerUuid,
		isV1,
	}: { conversation: Conversation; viewerUuid: string; isV1: boolean },
): Record<string, unknown> {
	const partner = state.user(partnerOf(conversation, viewerUuid));
	const last = conversation.messages.at(-1);
	const presence = (user: User | undefined): Record<string, unknown> => ({
		isCreator: user?.isCreator ?? false,
		online: user?.isOnline ?? false,
		lastSeenAt: iso(user?.lastSeenAt ?? null),
	});
	return {
		createdAt: iso(conversation.createdAt),
		lastMessageAt: iso(last?.sentAt ?? null),
		isRead: !isUnread(conversation, viewerUuid),
		isMuted: sideOf(conversation, viewerUuid).isMuted,
		unreadMessagesCount: unreadOf(conversation, viewerUuid).length,
		user: fanUserOf(state, viewerUuid, partner?.uuid ?? null),
		lastMessage: last ? lastMessage(state, last, isV1) : null,
		...(isV1 ? presence(partner) : {}),
	};
}

export function messageView(state: FanvueState, message: Message): Schemas['Message'] {
	const person = (uuid: string): Schemas['Message']['sender'] => {
		return { uuid, handle: state.user(uuid)?.handle ?? '' };
	};
	return {
		uuid: message.uuid,
		text: message.text,
		sentAt: iso(message.sentAt),
		sender: person(message.senderUuid),
		recipient: person(message.recipientUuid),
		hasMedia: message.mediaUuids.length > 0,
		mediaType: mediaTypeOf(state, message),
		mediaUuids: message.mediaUuids,
		type: message.type,
		pricing: message.price === null ? null : { USD: { price: message.price } },
		purchasedAt: iso(message.purchasedAt),
		sentByUserId: message.sentByUserId,
		isRead: message.readAt !== null,
	};
}

/** Returns the ChatMedia schema. `created_at` has this spelling in the service. */
export function chatMediaView(
	state: FanvueState,
	{ media, message, variants }: { media: Media; message: Message; variants: readonly string[] },
): Record<string, unknown> {
	const isShown = variants.length > 0 && mediaStatus(state, media) === 'ready';
	const pricing = message.price === null ? null : { USD: { price: message.price } };
	return {
		uuid: media.uuid,
		messageUuid: message.uuid,
		mediaType: media.mediaType,
		created_at: iso(media.createdAt),
		sentAt: iso(message.sentAt),
		ownerUuid: media.ownerUuid,
		name: media.name,
		pricing,
		purchasedAt: iso(message.purchasedAt),
		amountPaid: message.purchasedAt === null ? null : pricing,
		...(isShown ? { variants: variantsOf(state, media, variants, { withUuid: false }) } : {}),
	};
}
