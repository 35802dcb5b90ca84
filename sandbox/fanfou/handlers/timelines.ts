import type { ApiHandlers, Ask } from '../api';
import { mentionsOf } from '../deeds';
import { windowOf } from '../paging';
import type { Status } from '../statuses';
import type { User } from '../users';

/** One page of statuses by the request's since_id, max_id, count and page. */
export function statusWindow(ask: Ask, statuses: Status[], isInclusive?: boolean): Status[] {
	const { store, parameters } = ask;
	return windowOf(statuses, parameters, {
		quirks: store.quirks,
		orderOf: (id) => store.statuses.orderOf(id),
		...(isInclusive !== undefined && { isInclusive }),
	});
}

function homeOf({ store, me }: Ask, owner: User): Status[] {
	const authors = new Set([owner.id, ...store.graph.friendsOf(owner.id)]);
	return store.statuses.where(
		(status) => authors.has(status.userId) && store.isVisible(me, status),
	);
}

function statusesOf({ store, me }: Ask, author: User): Status[] {
	// Blocking hides somebody from lists, not from those who look them up.
	return store.statuses.where(
		({ userId, isInReview }) => userId === author.id && (!isInReview || userId === me.id),
	);
}

function repliesTo({ store, me }: Ask, user: User): Status[] {
	return store.statuses.where(
		(status) => status.replyTo?.userId === user.id && store.isVisible(me, status),
	);
}

export const timelineHandlers: ApiHandlers = {
	'statuses.home_timeline': (ask) =>
		ask.answerStatuses(statusWindow(ask, homeOf(ask, ask.readableUser()))),

	'statuses.friends_timeline': (ask) =>
		ask.answerStatuses(statusWindow(ask, homeOf(ask, ask.readableUser()))),

	'statuses.user_timeline': (ask) =>
		ask.answerStatuses(statusWindow(ask, statusesOf(ask, ask.readableUser()))),

	// `page` is not documented here, yet clients send it: it works as elsewhere.
	'statuses.public_timeline': (ask) => {
		const { store, me } = ask;
		const isPublic = (status: Status): boolean =>
			!store.users.get(status.userId).isProtected &&
			!status.isInReview &&
			store.isVisible(me, status);
		return ask.answerStatuses(statusWindow(ask, store.statuses.where(isPublic)));
	},

	'statuses.mentions': (ask) => {
		const mentions = mentionsOf(ask.store, ask.me);
		ask.store.marksOf(ask.me.id).mentions = mentions[0]?.order ?? 0;
		return ask.answerStatuses(statusWindow(ask, mentions));
	},

	'statuses.replies': (ask) =>
		ask.answerStatuses(statusWindow(ask, repliesTo(ask, ask.readableUser()))),
};
