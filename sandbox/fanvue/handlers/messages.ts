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

/** Returns the conversation for a new message. Creators and their fans need no existing chat. */
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

/** Reads text, media and price of a new message. Missing values come from the template. */
function readContent(context: FanvueContext, template: Template | undefined): Partial<Message> {
	const { state, owner, parameters } = context;
	const given = context.ids('mediaUuids');
	const mediaUuids = given.length > 0 ? given : (template?.mediaUuids ?? []);
	const text = parameters.optionalText('text') ?? template?.text ?? null;
	const priceGiven = parameters.optionalText('price');
	const price = priceGiven === undefined ? (template?.price ?? null) : Number(priceGiven);
	const hasGif = parameters.object('gif') !== undefined;
	if (text === null && mediaUuids.length === 0 && !hasGif) {
		throw badRequest('A message needs text or media');
	}
	if (price !== null && mediaUuids.length === 0) throw validationError('price needs media');
	const preview = context.optionalId('mediaPreviewUuid');
	if (preview !== undefined) requireReadyMedia(state, owner.uuid, [preview]);
	return {
		text,
		mediaUuids: requireReadyMedia(state, owner.uuid, mediaUuids),
		mediaPreviewUuid: preview ?? null,
		price,
		hasGif,
		sentByUserId: context.sentByUserId(),
	};
}

/** Returns a `/v1` page: messages before a time, with one limit per direction. */
function listByDate(context: FanvueContext, conversation: Conversation): Reply {
	const { state, owner, parameters } = context;
	const sentBefore = context.time('sentBefore') ?? Infinity;
	const receivedBefore = context.time('receivedBefore') ?? Infinity;
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

function messageBatch(context: FanvueContext, userUuid: string): Record<string, unknown> {
	const { state, owner, parameters } = context;
	const conversation = state.conversation(owner.uuid, userUuid);
	if (!conversation) return { error: 'not_found' };
	const since = context.optionalId('sinceMessageUuid');
	// A message of another chat does not limit this one.
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
	listMessages(context) {
		const { state, owner, parameters, isV1 } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		const reply = isV1
			? listByDate(context, conversation)
			: context.list(
					[...conversation.messages].reverse(),
					({ uuid }) => uuid,
					(message) => messageView(state, message),
				);
		// Routes without /v1 mark messages as read by default.
		if (parameters.boolean('markAsRead') ?? !isV1) markRead(state, conversation, owner.uuid);
		return reply;
	},

	sendMessage(context) {
		const { state, owner } = context;
		const templateUuid = context.optionalId('templateUuid');
		const template =
			templateUuid === undefined ? undefined : requireTemplate(context, templateUuid);
		const userUuid = context.id('userUuid');
		const content = readContent(context, template);
		const conversation = writableConversation(context, userUuid);
		const message = createMessage(state, {
			senderUuid: owner.uuid,
			recipientUuid: userUuid,
			content,
		});
		state.addMessage(conversation, message);
		return created({ messageUuid: message.uuid });
	},

	deleteMessage(context) {
		const { state, owner } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		const message = requireMessage(conversation, context.id('messageUuid'));
		if (message.senderUuid !== owner.uuid) throw badRequest('Only own messages can be deleted');
		if (message.massMessageUuid !== null) throw badRequest('Mass messages cannot be deleted here');
		if (message.purchasedAt !== null) throw badRequest('A purchased message cannot be deleted');
		conversation.messages.splice(conversation.messages.indexOf(message), 1);
		return NO_CONTENT;
	},

	getMessage(context) {
		const { state, owner } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		return ok(messageView(state, requireMessage(conversation, context.id('messageUuid'))));
	},

	getMessageMediaByUuids(context) {
		const { state, owner, parameters } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		const message = requireMessage(conversation, context.id('messageUuid'));
		const variants = parameters.texts('variants');
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const mediaUuid of context.ids('mediaUuids')) {
			const isThere = message.mediaUuids.includes(mediaUuid);
			results[mediaUuid] = isThere
				? chatMediaView(state, {
						media: requireMedia(state, message.senderUuid, mediaUuid),
						message,
						variants,
					})
				: null;
			if (!isThere) errors.push({ code: 'NOT_IN_MESSAGE', mediaUuid });
		}
		return ok({ results, errors });
	},

	messagesBatch(context) {
		const chats = context
			.ids('chatUuids')
			.map((uuid) => [uuid, messageBatch(context, uuid)] as const);
		return ok({ byChat: Object.fromEntries(chats) });
	},
};
