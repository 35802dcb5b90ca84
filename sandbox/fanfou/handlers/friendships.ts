import type { ApiHandlers, Ask } from '../api';
import { accept, follow, unfollow } from '../deeds';
import { pageOf } from '../paging';
import { jsonFailure } from '../replies';
import type { User } from '../users';

/** Relationship flags are text. */
function flag(value: boolean): 'true' | 'false' {
	return value ? 'true' : 'false';
}

function pairOf(ask: Ask): [source: User, target: User] {
	const { parameters } = ask;
	const [source, target] = ['source', 'target'].map((side) =>
		[`${side}_id`, `${side}_login_name`].find((name) => parameters.has(name)),
	);
	if (source === undefined || target === undefined) {
		throw ask.refuse(400, '参数错误: source and target are both wanted, by id or by login name');
	}
	return [ask.otherUser(source), ask.otherUser(target)];
}

function relationship({ store }: Ask, [source, target]: [User, User]): unknown {
	const { graph } = store;
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

/** Ids of a list: all of them unless a count is given, for the largest count is not known. */
function idsOf({ store, parameters }: Ask, ids: string[]): string[] {
	return pageOf(ids, parameters, store.quirks, Math.max(ids.length, 1));
}

export const friendshipHandlers: ApiHandlers = {
	'friendships.create': (ask) => {
		const user = ask.otherUser();
		if (user.id === ask.me.id) throw ask.refuse(403, '不能关注自己');
		if (ask.store.graph.isBlocking(user.id, ask.me.id)) {
			throw ask.refuse(403, '你已被对方加入黑名单');
		}
		if (follow(ask.store, ask.me, user) === 'following') return ask.answerUser(user);
		// It looks like a refusal and says that all went well.
		const { followRequestStatus } = ask.store.quirks;
		const text = `已向${user.name}发出关注请求，请等待对方确认`;
		return { ...jsonFailure(followRequestStatus, text, ask.request), failed: false };
	},

	'friendships.destroy': (ask) => {
		const user = ask.otherUser();
		unfollow(ask.store, ask.me, user);
		return ask.answerUser(user);
	},

	'friendships.exists': (ask) => ({
		json: ask.store.graph.follows(ask.otherUser('user_a').id, ask.otherUser('user_b').id),
	}),

	'friendships.show': (ask) => ({ json: relationship(ask, pairOf(ask)) }),

	'friendships.requests': (ask) => {
		const { store, me, parameters } = ask;
		return ask.answerUsers(pageOf(store.graph.requestsTo(me.id), parameters, store.quirks));
	},

	'friendships.accept': (ask) => {
		const user = ask.otherUser();
		if (!accept(ask.store, ask.me, user)) throw ask.refuse(404, '没有这个关注请求');
		return ask.answerUser(user);
	},

	'friendships.deny': (ask) => {
		const user = ask.otherUser();
		if (!ask.store.graph.dropRequest(user.id, ask.me.id)) {
			throw ask.refuse(404, '没有这个关注请求');
		}
		return ask.answerUser(user);
	},

	'friends.ids': (ask) => ({
		json: idsOf(ask, ask.store.graph.friendsOf(ask.readableUser().id)),
	}),

	'followers.ids': (ask) => ({
		json: idsOf(ask, ask.store.graph.followersOf(ask.readableUser().id)),
	}),
};
