import type { Reply } from '../../core/service';
import type { FanvueContext, FanvueHandlers } from '../context';
import { chatMediaView, messageView } from '../chatViews';
import { requireMedia, requireReadyMedia } from '../mediaStatus';
import type { Conversation, Message, Template } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import { requireTemplate } from './templates';
import { createMessage, markRead } from '../mutations';

function requireMessage(conversation: Conversation, uuid: string): Message {
	const message = conversation.messages.find((item) => item.uuid === uuid);
	if (!message) throw notFound('Message');
	return message;
}

/** The conversation to write to. A fan of the creator needs no chat opened before. */
function writableConversation({ state, owner }: FanvueContext, userUuid: string): Conversation {
	const user = state.requireUser(userUuid);
	if (!user.isContactable || user.uuid === owner.uuid) {
		throw badRequest('This user cannot be contacted');
	}
	const known = state.conversation(owner.uuid, userUuid);
	if (known) return known;
	const isFan = state.relationship(owner.uuid, userUuid) !== undefined;
	const isCreator = state.relationship(userUuid, owner.uuid) !== undefined;
	if (!isFan && !isCreator) throw badRequest('There is no chat with this user yet');
	return state.ensureConversation(owner.uuid, userUuid, state.nextTimestamp());
}

/** Text, media and price of a message to send; what is not given comes from the template. */
function readContent(call: FanvueContext, template: Template | undefined): Partial<Message> {
	const { state, owner, parameters } = call;
	const given = call.ids('mediaUuids');
	const mediaUuids = given.length > 0 ? given : (template?.mediaUuids ?? []);
	const text = parameters.optionalText('text') ?? template?.text ?? null;
	const priceGiven = parameters.optionalText('price');
	const price = priceGiven === undefined ? (template?.price ?? null) : Number(priceGiven);
	const hasGif = parameters.object('gif') !== undefined;
	if (text === null && mediaUuids.length === 0 && !hasGif) {
		throw badRequest('A message needs text or media');
	}
	if (price !== null && mediaUuids.length === 0) throw validationError('price needs media');
	const preview = call.optionalId('mediaPreviewUuid');
	if (preview !== undefined) requireReadyMedia(state, owner.uuid, [preview]);
	return {
		text,
		mediaUuids: requireReadyMedia(state, owner.uuid, mediaUuids),
		mediaPreviewUuid: preview ?? null,
		price,
		hasGif,
		sentByUserId: call.sentByUserId(),
	};
}

/** `/v1`: older messages than a time, the two directions apart. */
function listByDate(call: FanvueContext, conversation: Conversation): Reply {
	const { state, owner, parameters } = call;
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
		data: rows.map((message) => messageView(state, message)),
		dateFilter: before === null ? null : { sentBefore: before, receivedBefore: before },
	});
}

function messageBatch(call: FanvueContext, userUuid: string): Record<string, unknown> {
	const { state, owner, parameters } = call;
	const conversation = state.conversation(owner.uuid, userUuid);
	if (!conversation) return { error: 'not_found' };
	const since = call.optionalId('sinceMessageUuid');
	// A message of another chat is no bound for this one.
	const from = conversation.messages.findIndex(({ uuid }) => uuid === since) + 1;
	const newest = conversation.messages.slice(from).reverse();
	const rows = newest.slice(0, parameters.integer('limit', 20));
	return {
		messages: rows.map((message) => messageView(state, message)),
		hasMore: newest.length > rows.length,
		oldestMessageUuid: rows.at(-1)?.uuid ?? null,
	};
}

export const messageHandlers: FanvueHandlers = {
	listMessages(call) {
		const { state, owner, parameters, isV1 } = call;
		const conversation = state.requireConversation(owner.uuid, call.id('userUuid'));
		const reply = isV1
			? listByDate(call, conversation)
			: call.list(
					[...conversation.messages].reverse(),
					({ uuid }) => uuid,
					(message) => messageView(state, message),
				);
		// The unprefixed family marks as read unless told not to.
		if (parameters.boolean('markAsRead') ?? !isV1) markRead(state, conversation, owner.uuid);
		return reply;
	},

	sendMessage(call) {
		const { state, owner } = call;
		const templateUuid = call.optionalId('templateUuid');
		const template = templateUuid === undefined ? undefined : requireTemplate(call, templateUuid);
		const userUuid = call.id('userUuid');
		const content = readContent(call, template);
		const conversation = writableConversation(call, userUuid);
		const message = createMessage(state, owner.uuid, userUuid, content);
		state.addMessage(conversation, message);
		return created({ messageUuid: message.uuid });
	},

	deleteMessage(call) {
		const { state, owner } = call;
		const conversation = state.requireConversation(owner.uuid, call.id('userUuid'));
		const message = requireMessage(conversation, call.id('messageUuid'));
		if (message.senderUuid !== owner.uuid) throw badRequest('Only own messages can be deleted');
		if (message.massMessageUuid !== null) throw badRequest('Mass messages cannot be deleted here');
		if (message.purchasedAt !== null) throw badRequest('A purchased message cannot be deleted');
		conversation.messages.splice(conversation.messages.indexOf(message), 1);
		return NO_CONTENT;
	},

	getMessage(call) {
		const { state, owner } = call;
		const conversation = state.requireConversation(owner.uuid, call.id('userUuid'));
		return ok(messageView(state, requireMessage(conversation, call.id('messageUuid'))));
	},

	getMessageMediaByUuids(call) {
		const { state, owner, parameters } = call;
		const conversation = state.requireConversation(owner.uuid, call.id('userUuid'));
		const message = requireMessage(conversation, call.id('messageUuid'));
		const variants = parameters.texts('variants');
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const mediaUuid of call.ids('mediaUuids')) {
			const isThere = message.mediaUuids.includes(mediaUuid);
			results[mediaUuid] = isThere
				? chatMediaView(
						state,
						requireMedia(state, message.senderUuid, mediaUuid),
						message,
						variants,
					)
				: null;
			if (!isThere) errors.push({ code: 'NOT_FOUND', mediaUuid, message: 'Media not found' });
		}
		return ok({ results, errors });
	},

	messagesBatch(call) {
		const chats = call.ids('chatUuids').map((uuid) => [uuid, messageBatch(call, uuid)] as const);
		return ok({ byChat: Object.fromEntries(chats) });
	},
};
