import type { ApiHandlers, FanfouContext } from '../context';
import { paginate } from '../paging';
import { renderUserWithStatus } from '../render';
import type { Reply } from '../../core/service';
import type { FanfouState } from '../state';

const DEFAULT_COUNT = 100;

function usersPageReply(context: FanfouContext, ids: string[], defaultCount: number): Reply {
	return context.usersReply(
		paginate(ids, {
			parameters: context.parameters,
			settings: context.state.settings,
			defaultCount,
		}),
	);
}

/** Sorts users by their last status, newest first; users without a status come last. */
function byActivity(state: FanfouState, ids: string[]): string[] {
	const last = new Map<string, number>();
	for (const { userId, order } of state.statuses.filter(() => true)) {
		last.set(userId, Math.max(order, last.get(userId) ?? 0));
	}
	return [...ids].sort((a, b) => (last.get(b) ?? 0) - (last.get(a) ?? 0));
}

function recommended({ state, me }: FanfouContext): string[] {
	const { graph, users, dismissed } = state;
	return users
		.all()
		.map(({ id }) => id)
		.filter(
			(id) =>
				id !== me.id &&
				!graph.follows(me.id, id) &&
				!graph.isBlocking(me.id, id) &&
				!(dismissed.get(me.id)?.has(id) ?? false),
		);
}

export const userHandlers: ApiHandlers = {
	// Everybody can read the profile of a protected account, but not its last status.
	'users.show': (context) => ({
		json: renderUserWithStatus(context.state, context.user(), context.view),
	}),

	'statuses.friends': (context) =>
		usersPageReply(
			context,
			context.state.graph.friendsOf(context.readableUser().id),
			DEFAULT_COUNT,
		),

	'statuses.followers': (context) =>
		usersPageReply(
			context,
			context.state.graph.followersOf(context.readableUser().id),
			DEFAULT_COUNT,
		),

	// The page size is undocumented: 60, as for most lists, and any count is accepted.
	'users.friends': (context) => {
		const ids = context.state.graph.friendsOf(context.readableUser().id);
		return usersPageReply(context, byActivity(context.state, ids), 60);
	},

	'users.followers': (context) => {
		const ids = context.state.graph.followersOf(context.readableUser().id);
		return usersPageReply(context, byActivity(context.state, ids), 60);
	},

	'users.tagged': (context) => {
		const tag = context.parameters.text('tag');
		const tagged = context.state.users.all().filter(({ tags }) => tags.includes(tag));
		return usersPageReply(
			context,
			tagged.map(({ id }) => id),
			DEFAULT_COUNT,
		);
	},

	'users.tag_list': (context) => ({ json: context.user().tags }),

	'users.recommendation': (context) => usersPageReply(context, recommended(context), 20),

	'users.cancel_recommendation': (context) => {
		const user = context.otherUser();
		const dismissed = context.state.dismissed.get(context.me.id) ?? new Set<string>();
		context.state.dismissed.set(context.me.id, dismissed.add(user.id));
		return context.userReply(user);
	},
};
