import type { ApiHandlers, FanfouContext } from '../context';
import { acceptFollowRequest, follow, unfollow } from '../mutations';
import { paginate } from '../paging';
import { jsonError } from '../replies';
import type { User } from '../users';

/** Relationship flags are strings. */
function flag(value: boolean): 'true' | 'false' {
	return value ? 'true' : 'false';
}

function pairOf(context: FanfouContext): [source: User, target: User] {
	const { parameters } = context;
	const [source, target] = ['source', 'target'].map((side) =>
		[`${side}_id`, `${side}_login_name`].find((name) => parameters.has(name)),
	);
	if (source === undefined || target === undefined) {
		throw context.createError(
			400,
			'参数错误: source and target are both required, by id or by login name',
		);
	}
	return [context.otherUser(source), context.otherUser(target)];
}

function relationship({ state }: FanfouContext, [source, target]: [User, User]): unknown {
	const { graph } = state;
	return {
		relationship: {
			source: {
				id: source.id,
				screen_name: source.name,
				following: flag(graph.follows(source.id, target.id)),
				followed_by: flag(graph.follows(target.id, source.id)),
				notifications_enabled: flag(false),
				blocking: flag(graph.isBlocking(source.id, target.id)),
			},
			target: {
				id: target.id,
				screen_name: target.name,
				following: flag(graph.follows(target.id, source.id)),
				followed_by: flag(graph.follows(source.id, target.id)),
			},
		},
	};
}

/** Returns a page of ids. Without a count, returns all of them: the maximum is undocumented. */
function idsOf({ state, parameters }: FanfouContext, ids: string[]): string[] {
	return paginate(ids, {
		parameters,
		settings: state.settings,
		defaultCount: Math.max(ids.length, 1),
	});
}

export const friendshipHandlers: ApiHandlers = {
	'friendships.create': (context) => {
		const user = context.otherUser();
		if (user.id === context.me.id) throw context.createError(403, '不能关注自己');
		if (context.state.graph.isBlocking(user.id, context.me.id)) {
			throw context.createError(403, '你已被对方加入黑名单');
		}
		if (follow(context.state, context.me, user) === 'following') return context.userReply(user);
		// The response has the form of an error although the request succeeded.
		const { followRequestStatus } = context.state.settings;
		const text = `已向${user.name}发出关注请求，请等待对方确认`;
		return { ...jsonError(followRequestStatus, text, context.request), failed: false };
	},

	'friendships.destroy': (context) => {
		const user = context.otherUser();
		unfollow(context.state, context.me, user);
		return context.userReply(user);
	},

	'friendships.exists': (context) => ({
		json: context.state.graph.follows(
			context.otherUser('user_a').id,
			context.otherUser('user_b').id,
		),
	}),

	'friendships.show': (context) => ({ json: relationship(context, pairOf(context)) }),

	'friendships.requests': (context) => {
		const { state, me, parameters } = context;
		return context.usersReply(
			paginate(state.graph.requestsTo(me.id), { parameters, settings: state.settings }),
		);
	},

	'friendships.accept': (context) => {
		const user = context.otherUser();
		if (!acceptFollowRequest(context.state, context.me, user))
			throw context.createError(404, '没有这个关注请求');
		return context.userReply(user);
	},

	'friendships.deny': (context) => {
		const user = context.otherUser();
		if (!context.state.graph.dropRequest(user.id, context.me.id)) {
			throw context.createError(404, '没有这个关注请求');
		}
		return context.userReply(user);
	},

	'friends.ids': (context) => ({
		json: idsOf(context, context.state.graph.friendsOf(context.readableUser().id)),
	}),

	'followers.ids': (context) => ({
		json: idsOf(context, context.state.graph.followersOf(context.readableUser().id)),
	}),
};
