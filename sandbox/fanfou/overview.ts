import type { Section } from '../core/service';
import type { Status } from './statuses';
import type { Store } from './store';

function summary(store: Store, status: Status): Record<string, string | number | boolean | null> {
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
		favorited_by: [...store.favorites].filter(([, ids]) => ids.has(status.id)).length,
	};
}

/** The whole state as JSON; no passwords, no tokens. */
export function describe(store: Store): unknown {
	const { users, graph, statuses, messages } = store;
	return {
		now: store.clock.iso(),
		quirks: store.quirks,
		moderation: store.isReviewing,
		tokens: store.tokens.counts(),
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
		statuses: statuses.where(() => true).map((status) => summary(store, status)),
		messages: users.all().flatMap(({ id }) =>
			messages
				.of(id, ({ senderId }) => senderId === id)
				.map((message) => ({
					id: message.id,
					from: message.senderId,
					to: message.recipientId,
					text: message.text,
				})),
		),
		saved_searches: store.savedSearches,
	};
}

/** What the state page shows: the latest statuses, and the accounts that are not extras. */
export function overview(store: Store): Section[] {
	const { users, graph, statuses } = store;
	const people = users.all().filter(({ id }) => !/^fan\d+$/.test(id));
	return [
		{
			title: 'Latest statuses',
			rows: statuses
				.where(() => true)
				.slice(0, 15)
				.map((status) => {
					const { user, text, created_at, photo, in_review } = summary(store, status);
					return {
						user: user ?? '',
						text: text ?? '',
						created_at: created_at ?? '',
						photo: photo ?? null,
						in_review: in_review ?? false,
					};
				}),
		},
		{
			title: 'Accounts',
			rows: people.map((user) => ({
				id: user.id,
				name: user.name,
				protected: user.isProtected,
				friends: graph.friendsOf(user.id).length,
				followers: graph.followersOf(user.id).length,
				statuses: statuses.where(({ userId }) => userId === user.id).length,
			})),
		},
	];
}
