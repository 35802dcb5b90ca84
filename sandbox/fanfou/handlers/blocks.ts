import type { ApiHandlers } from '../context';
import { paginate } from '../paging';

export const blockHandlers: ApiHandlers = {
	'blocks.blocking': (context) => {
		const { state, me, parameters } = context;
		return context.usersReply(
			paginate(state.graph.blockedBy(me.id), { parameters, settings: state.settings }),
		);
	},

	'blocks.ids': ({ state, me }) => ({ json: state.graph.blockedBy(me.id) }),

	'blocks.exists': (context) => {
		const user = context.otherUser();
		if (context.state.graph.isBlocking(context.me.id, user.id)) return context.userReply(user);
		throw context.createError(context.state.settings.notBlockedStatus, '没有将这个用户加入黑名单');
	},

	'blocks.create': (context) => {
		const user = context.otherUser();
		if (user.id === context.me.id) throw context.createError(403, '不能将自己加入黑名单');
		context.state.graph.block(context.me.id, user.id);
		return context.userReply(user);
	},

	'blocks.destroy': (context) => {
		const user = context.otherUser();
		context.state.graph.unblock(context.me.id, user.id);
		return context.userReply(user);
	},
};
