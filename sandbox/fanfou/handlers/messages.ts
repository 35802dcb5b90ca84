import type { Reply } from '../../core/service';
import type { ApiHandlers, Ask } from '../api';
import { sendMessage } from '../deeds';
import type { Message } from '../messages';
import { pageOf, windowOf } from '../paging';
import { renderMessage } from '../render';

function otherOf({ me }: Ask, { senderId, recipientId }: Message): string {
	return senderId === me.id ? recipientId : senderId;
}

function answerWindow(ask: Ask, messages: Message[]): Reply {
	const { store, parameters, view } = ask;
	const page = windowOf(messages, parameters, {
		quirks: store.quirks,
		orderOf: (id) => store.messages.orderOf(id),
	});
	return { json: page.map((message) => renderMessage(store, message, view)) };
}

/** The newest message of every conversation, the latest conversation first. */
function conversationsOf(ask: Ask): unknown[] {
	const { store, me, view } = ask;
	const { messages: seen } = store.marksOf(me.id);
	const conversations = new Map<string, Message[]>();
	for (const message of store.messages.of(me.id, () => true)) {
		const other = otherOf(ask, message);
		conversations.set(other, [...(conversations.get(other) ?? []), message]);
	}
	return [...conversations].map(([otherId, messages]) => ({
		dm: messages[0] && renderMessage(store, messages[0], view),
		otherid: otherId,
		msg_num: messages.length,
		new_conv: messages.some(({ recipientId, order }) => recipientId === me.id && order > seen),
	}));
}

export const messageHandlers: ApiHandlers = {
	'direct_messages.new': (ask) => {
		const { store, me, parameters } = ask;
		const recipient = ask.otherUser('user');
		const text = parameters.text('text');
		if (text.trim() === '') throw ask.refuse(400, '私信内容不能为空');
		if (store.graph.isBlocking(recipient.id, me.id)) {
			throw ask.refuse(403, '你已被对方加入黑名单');
		}
		// Whether strangers may write is not documented: they may here.
		const inReplyToId = parameters.optionalText('in_reply_to_id');
		const message = sendMessage(store, me, recipient, text, inReplyToId);
		return { json: renderMessage(store, message, ask.view) };
	},

	'direct_messages.destroy': (ask) => {
		const { store, me, parameters } = ask;
		const message = store.messages.find(parameters.text('id'));
		if (!message || message.hiddenFor.has(me.id)) throw ask.refuse(404, '没有这条私信');
		if (![message.senderId, message.recipientId].includes(me.id)) {
			throw ask.refuse(403, '这条私信不是你的');
		}
		message.hiddenFor.add(me.id);
		return { json: renderMessage(store, message, ask.view) };
	},

	'direct_messages.inbox': (ask) => {
		const { store, me } = ask;
		const received = store.messages.of(me.id, ({ recipientId }) => recipientId === me.id);
		store.marksOf(me.id).messages = received[0]?.order ?? 0;
		return answerWindow(ask, received);
	},

	'direct_messages.sent': (ask) => {
		const { store, me } = ask;
		return answerWindow(
			ask,
			store.messages.of(me.id, ({ senderId }) => senderId === me.id),
		);
	},

	'direct_messages.conversation': (ask) => {
		const other = ask.otherUser();
		const { store, me } = ask;
		return answerWindow(
			ask,
			store.messages.of(me.id, (message) => otherOf(ask, message) === other.id),
		);
	},

	'direct_messages.conversation_list': (ask) => ({
		json: pageOf(conversationsOf(ask), ask.parameters, ask.store.quirks),
	}),
};
