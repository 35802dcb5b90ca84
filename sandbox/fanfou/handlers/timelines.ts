import type { ApiHandlers, FanfouContext } from '../context';
import { findMentions } from '../mutations';
import { paginateTimeline } from '../paging';
import type { Status } from '../statuses';
import type { User } from '../users';

/** Returns the page of statuses selected by since_id, max_id, count and page. */
export function statusesPage(
	context: FanfouContext,
	statuses: Status[],
	isInclusive?: boolean,
): Status[] {
	const { state, parameters } = context;
	return paginateTimeline(statuses, parameters, {
		settings: state.settings,
		orderOf: (id) => state.statuses.orderOf(id),
		...(isInclusive !== undefined && { isInclusive }),
	});
}

function homeOf({ state, me }: FanfouContext, owner: User): Status[] {
	const authors = new Set([owner.id, ...state.graph.friendsOf(owner.id)]);
	return state.statuses.filter(
		(status) => authors.has(status.userId) && state.isVisible(me, status),
	);
}

function statusesOf({ state, me }: FanfouContext, author: User): Status[] {
	// Blocked users are hidden from timelines, but their own timeline stays readable.
	return state.statuses.filter(
		({ userId, isInReview }) => userId === author.id && (!isInReview || userId === me.id),
	);
}

function repliesTo({ state, me }: FanfouContext, user: User): Status[] {
	return state.statuses.filter(
		(status) => status.replyTo?.userId === user.id && state.isVisible(me, status),
	);
}

export const timelineHandlers: ApiHandlers = {
	'statuses.home_timeline': (context) =>
		context.statusesReply(statusesPage(context, homeOf(context, context.readableUser()))),

	'statuses.friends_timeline': (context) =>
		context.statusesReply(statusesPage(context, homeOf(context, context.readableUser()))),

	'statuses.user_timeline': (context) =>
		context.statusesReply(statusesPage(context, statusesOf(context, context.readableUser()))),

	// `page` is undocumented for this endpoint, but clients send it.
	'statuses.public_timeline': (context) => {
		const { state, me } = context;
		const isPublic = (status: Status): boolean =>
			!state.users.get(status.userId).isProtected &&
			!status.isInReview &&
			state.isVisible(me, status);
		return context.statusesReply(statusesPage(context, state.statuses.filter(isPublic)));
	},

	'statuses.mentions': (context) => {
		const mentions = findMentions(context.state, context.me);
		context.state.readMarksOf(context.me.id).mentions = mentions[0]?.order ?? 0;
		return context.statusesReply(statusesPage(context, mentions));
	},

	'statuses.replies': (context) =>
		context.statusesReply(statusesPage(context, repliesTo(context, context.readableUser()))),
};
