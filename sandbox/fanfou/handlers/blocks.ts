import type { ApiHandlers } from '../api';
import { pageOf } from '../paging';

export const blockHandlers: ApiHandlers = {
	'blocks.blocking': (ask) => {
		const { store, me, parameters } = ask;
		return ask.answerUsers(pageOf(store.graph.blockedBy(me.id), parameters, store.quirks));
	},

	'blocks.ids': ({ store, me }) => ({ json: store.graph.blockedBy(me.id) }),

	'blocks.exists': (ask) => {
		const user = ask.otherUser();
		if (ask.store.graph.isBlocking(ask.me.id, user.id)) return ask.answerUser(user);
		throw ask.refuse(ask.store.quirks.notBlockedStatus, '没有将这个用户加入黑名单');
	},

	'blocks.create': (ask) => {
		const user = ask.otherUser();
		if (user.id === ask.me.id) throw ask.refuse(403, '不能将自己加入黑名单');
		ask.store.graph.block(ask.me.id, user.id);
		return ask.answerUser(user);
	},

	'blocks.destroy': (ask) => {
		const user = ask.otherUser();
		ask.store.graph.unblock(ask.me.id, user.id);
		return ask.answerUser(user);
	},
};
