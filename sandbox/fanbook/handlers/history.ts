import { isNewer } from '../ids';
import type { MethodHandlers } from '../context';
import { pageAfter, readPageSize } from '../paging';
import { renderHistoryMessage } from '../render';

const THREAD_PAGE_SIZE = 100;

export const historyHandlers: MethodHandlers = {
	/** Returns messages newest first, with behavior=after too. */
	'message.getMany': (parameters, { state }) => {
		const channel = state.channel(parameters.text('channel_id'));
		state.requirePermission('READ_MESSAGE_HISTORY', channel);
		const size = readPageSize(parameters, 50, 100);
		const cursor = parameters.optionalText('message_id');
		const all = state.history(channel.id);
		if (cursor === undefined) return page(all.slice(-size));
		if (parameters.optionalText('behavior') !== 'after') {
			return page(all.filter(({ id }) => isNewer(cursor, id)).slice(-size));
		}
		const newer = all.filter(({ id }) => isNewer(id, cursor));
		const isNext = state.settings.afterPage === 'next';
		return page(isNext ? newer.slice(0, size) : newer.slice(-size));

		function page(messages: typeof all): unknown[] {
			return [...messages].reverse().map((message) => renderHistoryMessage(state, message));
		}
	},

	'message.getThread': (parameters, { state }) => {
		const channel = state.channel(parameters.text('channel_id'));
		state.requirePermission('READ_MESSAGE_HISTORY', channel);
		const root = state.message(channel.id, parameters.text('quote_id'));
		const answers = state.history(channel.id).filter(({ quoteL1 }) => quoteL1 === root.id);
		const cursor = parameters.optionalText('message_id');
		const { page } = pageAfter([...answers].reverse(), {
			cursor,
			size: THREAD_PAGE_SIZE,
			idOf: ({ id }) => id,
		});
		return page.map((message) => ({
			message_id: message.id,
			user_id: message.userId,
			guild_id: message.serverId,
			content: message.content,
			quote_l1: message.quoteL1,
			quote_l2: message.quoteL2,
			time: message.time,
		}));
	},
};
