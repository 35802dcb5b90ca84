import type { Reply } from '../core/service';
import type { FanvueCall, FanvueHandlers } from './call';
import { chatMediaView, markRead, messageView } from './chat-views';
import { mediaOf, requireReady } from './media-state';
import type { Conversation, Message, Template } from './model';
import { NO_CONTENT, created, invalid, iso, notFound, ok, rejected } from './replies';
import { templateOf } from './templates';
import type { World } from './world';

function messageOf(conversation: Conversation, uuid: string): Message {
	const message = conversation.messages.find((item) => item.uuid === uuid);
	if (!message) throw notFound('Message');
	return message;
}

/** The conversation to write to. A fan of the creator needs no chat opened before. */
function conversationToWrite({ world, owner }: FanvueCall, userUuid: string): Conversation {
	const user = world.requireUser(userUuid);
	if (!user.isContactable || user.uuid === owner.uuid) {
		throw rejected('This user cannot be contacted');
	}
	const known = world.conversation(owner.uuid, userUuid);
	if (known) return known;
	const isFan = world.bond(owner.uuid, userUuid) !== undefined;
	const isCreator = world.bond(userUuid, owner.uuid) !== undefined;
	if (!isFan && !isCreator) throw rejected('There is no chat with this user yet');
	return world.openConversation(owner.uuid, userUuid, world.stamp());
}

/** A message nobody has sent yet. */
export function newMessage(
	world: World,
	senderUuid: string,
	recipientUuid: string,
	content: Partial<Message>,
): Message {
	return {
		uuid: world.ids.next('message'),
		text: null,
		type: 'SINGLE_RECIPIENT',
		sentAt: content.sentAt ?? world.stamp(),
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

/** Text, media and price of a message to send; what is not given comes from the template. */
function contentOf(call: FanvueCall, template: Template | undefined): Partial<Message> {
	const { world, owner, parameters } = call;
	const given = call.ids('mediaUuids');
	const mediaUuids = given.length > 0 ? given : (template?.mediaUuids ?? []);
	const text = parameters.optionalText('text') ?? template?.text ?? null;
	const priceGiven = parameters.optionalText('price');
	const price = priceGiven === undefined ? (template?.price ?? null) : Number(priceGiven);
	const hasGif = parameters.object('gif') !== undefined;
	if (text === null && mediaUuids.length === 0 && !hasGif) {
		throw rejected('A message needs text or media');
	}
	if (price !== null && mediaUuids.length === 0) throw invalid('price needs media');
	const preview = call.optionalId('mediaPreviewUuid');
	if (preview !== undefined) requireReady(world, owner.uuid, [preview]);
	return {
		text,
		mediaUuids: requireReady(world, owner.uuid, mediaUuids),
		mediaPreviewUuid: preview ?? null,
		price,
		hasGif,
		sentByUserId: call.sentByUserId(),
	};
}

/** `/v1`: older messages than a time, the two directions apart. */
function listByDate(call: FanvueCall, conversation: Conversation): Reply {
	const { world, owner, parameters } = call;
	const sentBefore = call.time('sentBefore') ?? Infinity;
	const receivedBefore = call.time('receivedBefore') ?? Infinity;
	const older = conversation.messages
		.filter(({ senderUuid, sentAt }) =>
			senderUuid === owner.uuid ? sentAt < sentBefore : sentAt < receivedBefore,
		)
		.reverse();
	const rows = older.slice(0, parameters.integer('limit', 20));
	const oldest = rows.at(-1);
	const isEnd = oldest === undefined || rows.length === older.length;
	const before = isEnd ? null : iso(oldest.sentAt);
	return ok({
		data: rows.map((message) => messageView(world, message)),
		dateFilter: before === null ? null : { sentBefore: before, receivedBefore: before },
	});
}

function batchOf(call: FanvueCall, userUuid: string): Record<string, unknown> {
	const { world, owner, parameters } = call;
	const conversation = world.conversation(owner.uuid, userUuid);
	if (!conversation) return { error: 'not_found' };
	const since = call.optionalId('sinceMessageUuid');
	// A message of another chat is no bound for this one.
	const from = conversation.messages.findIndex(({ uuid }) => uuid === since) + 1;
	const newest = conversation.messages.slice(from).reverse();
	const rows = newest.slice(0, parameters.integer('limit', 20));
	return {
		messages: rows.map((message) => messageView(world, message)),
		hasMore: newest.length > rows.length,
		oldestMessageUuid: rows.at(-1)?.uuid ?? null,
	};
}

export const messageHandlers: FanvueHandlers = {
	listMessages(call) {
		const { world, owner, parameters, isV1 } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		const reply = isV1
			? listByDate(call, conversation)
			: call.list(
					[...conversation.messages].reverse(),
					({ uuid }) => uuid,
					(message) => messageView(world, message),
				);
		// The unprefixed family marks as read unless told not to.
		if (parameters.boolean('markAsRead') ?? !isV1) markRead(world, conversation, owner.uuid);
		return reply;
	},

	sendMessage(call) {
		const { world, owner } = call;
		const templateUuid = call.optionalId('templateUuid');
		const template = templateUuid === undefined ? undefined : templateOf(call, templateUuid);
		const userUuid = call.id('userUuid');
		const content = contentOf(call, template);
		const conversation = conversationToWrite(call, userUuid);
		const message = newMessage(world, owner.uuid, userUuid, content);
		world.addMessage(conversation, message);
		return created({ messageUuid: message.uuid });
	},

	deleteMessage(call) {
		const { world, owner } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		const message = messageOf(conversation, call.id('messageUuid'));
		if (message.senderUuid !== owner.uuid) throw rejected('Only own messages can be deleted');
		if (message.massMessageUuid !== null) throw rejected('Mass messages cannot be deleted here');
		if (message.purchasedAt !== null) throw rejected('A purchased message cannot be deleted');
		conversation.messages.splice(conversation.messages.indexOf(message), 1);
		return NO_CONTENT;
	},

	getMessage(call) {
		const { world, owner } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		return ok(messageView(world, messageOf(conversation, call.id('messageUuid'))));
	},

	getMessageMediaByUuids(call) {
		const { world, owner, parameters } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		const message = messageOf(conversation, call.id('messageUuid'));
		const variants = parameters.texts('variants');
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const mediaUuid of call.ids('mediaUuids')) {
			const isThere = message.mediaUuids.includes(mediaUuid);
			results[mediaUuid] = isThere
				? chatMediaView(world, mediaOf(world, message.senderUuid, mediaUuid), message, variants)
				: null;
			if (!isThere) errors.push({ code: 'NOT_FOUND', mediaUuid, message: 'Media not found' });
		}
		return ok({ results, errors });
	},

	messagesBatch(call) {
		const chats = call.ids('chatUuids').map((uuid) => [uuid, batchOf(call, uuid)] as const);
		return ok({ byChat: Object.fromEntries(chats) });
	},
};
