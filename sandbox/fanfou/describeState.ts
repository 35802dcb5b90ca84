import type { Status } from './statuses';
import type { FanfouState } from './state';

function summarizeStatus(
	state: FanfouState,
	status: Status,
): Record<string, string | number | boolean | null> {
	return {
		rawid: status.order,
		id: status.id,
		user: status.userId,
		text: status.text,
		created_at: new Date(status.createdAt).toISOString(),
		photo: status.photo ?? null,
		in_review: status.isInReview,
		reply_to: status.replyTo?.statusId ?? null,
		repost_of: status.repostOf?.statusId ?? null,
		favorited_by: [...state.favorites].filter(([, ids]) => ids.has(status.id)).length,
	};
}

/** Returns the whole state as JSON, without passwords and tokens. */
export function describeState(state: FanfouState): unknown {
	const { users, graph, statuses, messages } = state;
	return {
		now: state.clock.iso(),
		settings: state.settings,
		moderation: state.moderatesStatuses,
		tokens: state.tokens.countByUser(),
		users: users.all().map((user) => ({
			id: user.id,
			unique_id: user.uniqueId,
			name: user.name,
			protected: user.isProtected,
			friends: graph.friendsOf(user.id),
			followers: graph.followersOf(user.id).length,
			requests: graph.requestsTo(user.id),
			blocks: graph.blockedBy(user.id),
		})),
		statuses: statuses.filter(() => true).map((status) => summarizeStatus(state, status)),
		messages: users.all().flatMap(({ id }) =>
			messages
				.forUser(id, ({ senderId }) => senderId === id)
				.map((message) => ({
					id: message.id,
					from: message.senderId,
					to: message.recipientId,
					text: message.text,
				})),
		),
		saved_searches: state.savedSearches,
	};
}
