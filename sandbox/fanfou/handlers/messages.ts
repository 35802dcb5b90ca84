import type { Reply } from '../../core/service';
import type { ApiHandlers, FanfouContext } from '../context';
import { sendMessage } from '../mutations';
import type { Message } from '../messages';
import { paginate, paginateTimeline } from '../paging';
import { renderMessage } from '../render';

function otherOf({ me }: FanfouContext, { senderId, recipientId }: Message): string {
	return senderId === me.id ? recipientId : senderId;
}

function messagesReply(context: FanfouContext, messages: Message[]): Reply {
	const { state, parameters, view } = context;
	const page = paginateTimeline(messages, parameters, {
		settings: state.settings,
		orderOf: (id) => state.messages.orderOf(id),
	});
	return { json: page.map((message) => renderMessage(state, { message, view })) };
}

/** Returns the newest message of every conversation, newest conversation first. */
function conversationsOf(context: FanfouContext): unknown[] {
	const { state, me, view } = context;
	const { messages: lastRead } = state.readMarksOf(me.id);
	const conversations = new Map<string, Message[]>();
	for (const message of state.messages.forUser(me.id, () => true)) {
		const other = otherOf(context, message);
		conversations.set(other, [...(conversations.get(other) ?? []), message]);
	}
	return [...conversations].map(([otherId, messages]) => ({
		dm: messages[0] && renderMessage(state, { message: messages[0], view }),
		otherid: otherId,
		msg_num: messages.length,
		new_conv: messages.some(({ recipientId, order }) => recipientId === me.id && order > lastRead),
	}));
}

export const messageHandlers: ApiHandlers = {
	'direct_messages.new': (context) => {
		const { state, me, parameters } = context;
		const recipient = context.otherUser('user');
		const text = parameters.text('text');
		if (text.trim() === '') throw context.createError(400, '私信内容不能为空');
		if (state.graph.isBlocking(recipient.id, me.id)) {
			throw context.createError(403, '你已被对方加入黑名单');
		}
		// Whether users who do not follow each other can write is undocumented; here they can.
		const inReplyToId = parameters.optionalText('in_reply_to_id');
		const message = sendMessage(state, { from: me, to: recipient, text, inReplyToId });
		return { json: renderMessage(state, { message, view: context.view }) };
	},

	'direct_messages.destroy': (context) => {
		const { state, me, parameters } = context;
		const message = state.messages.find(parameters.text('id'));
		if (!message || message.hiddenFor.has(me.id)) throw context.createError(404, '没有这条私信');
		if (![message.senderId, message.recipientId].includes(me.id)) {
			throw context.createError(403, '这条私信不是你的');
		}
		message.hiddenFor.add(me.id);
		return { json: renderMessage(state, { message, view: context.view }) };
	},

	'direct_messages.inbox': (context) => {
		const { state, me } = context;
		const received = state.messages.forUser(me.id, ({ recipientId }) => recipientId === me.id);
		state.readMarksOf(me.id).messages = received[0]?.order ?? 0;
		return messagesReply(context, received);
	},

	'direct_messages.sent': (context) => {
		const { state, me } = context;
		return messagesReply(
			context,
			state.messages.forUser(me.id, ({ senderId }) => senderId === me.id),
		);
	},

	'direct_messages.conversation': (context) => {
		const other = context.otherUser();
		const { state, me } = context;
		return messagesReply(
			context,
			state.messages.forUser(me.id, (message) => otherOf(context, message) === other.id),
		);
	},

	'direct_messages.conversation_list': (context) => ({
		json: paginate(conversationsOf(context), {
			parameters: context.parameters,
			settings: context.state.settings,
		}),
	}),
};
