import type { Message } from './messages';
import { renderMessage, renderStatus, renderUser, type RenderOptions } from './render';
import type { Status } from './statuses';
import type { FanfouState } from './state';
import { findMentionedUsers } from './text';
import type { User } from './users';

/*
 * What changes the state. The API's handlers and the test actions both come through here, so
 * that streams hear of everything.
 */

export interface StatusDraft {
	text: string;
	source?: string;
	location?: string;
	replyToStatusId?: string;
	replyToUserId?: string;
	repostStatusId?: string;
	photo?: string;
	/** Milliseconds since 1970; now unless told. */
	createdAt?: number;
	/** Unless told, as the moderation switch says. */
	isInReview?: boolean;
}

interface StreamNotification {
	event: string;
	from: User;
	target?: User;
	/** The status or message, as the one who hears of it sees it. */
	object?: (view: RenderOptions) => unknown;
}

function notifyStreams(
	state: FanfouState,
	listeners: string[],
	{ event, from, target, object }: StreamNotification,
): void {
	for (const id of new Set(listeners)) {
		if (!state.streams.hasListener(id)) continue;
		const view: RenderOptions = { viewer: state.users.get(id), lite: true, html: false };
		state.streams.emit(id, {
			event,
			source: renderUser(state, from, view),
			target: target ? renderUser(state, target, view) : null,
			object: object?.(view) ?? null,
		});
	}
}

/** The reply link a status keeps: clients report none without the author's `@name` in front. */
function resolveReplyTo(state: FanfouState, draft: StatusDraft): Status['replyTo'] {
	const original =
		draft.replyToStatusId === undefined ? undefined : state.statuses.find(draft.replyToStatusId);
	const userId = original?.userId ?? draft.replyToUserId;
	const author = userId === undefined ? undefined : state.users.find(userId);
	if (!author) return undefined;
	const begins = draft.text.startsWith(`@${author.name}`);
	if (state.settings.replyNeedsMention && !begins) return undefined;
	return { statusId: original?.id ?? '', userId: author.id };
}

/** Adds a status. Ids of statuses that do not exist leave no link. */
export function createStatus(state: FanfouState, author: User, draft: StatusDraft): Status {
	const replyTo = resolveReplyTo(state, draft);
	const original =
		draft.repostStatusId === undefined ? undefined : state.statuses.find(draft.repostStatusId);
	const status = state.statuses.add({
		userId: author.id,
		text: draft.text,
		createdAt: draft.createdAt ?? state.clock.now(),
		source: draft.source ?? '网页',
		location: draft.location ?? author.location,
		isInReview: draft.isInReview ?? state.moderatesStatuses,
		...(replyTo && { replyTo }),
		...(original && { repostOf: { statusId: original.id, userId: original.userId } }),
		...(draft.photo !== undefined && { photo: draft.photo }),
	});
	const concerned = [author.id];
	if (!status.isInReview) {
		concerned.push(...findMentionedUsers(draft.text, state.users));
		if (replyTo) concerned.push(replyTo.userId);
		if (original) concerned.push(original.userId);
	}
	notifyStreams(state, concerned, {
		event: 'message.create',
		from: author,
		object: (view) => renderStatus(state, status, view),
	});
	return status;
}

export function deleteStatus(state: FanfouState, status: Status): void {
	const author = state.users.get(status.userId);
	notifyStreams(state, [author.id], {
		event: 'message.delete',
		from: author,
		object: (view) => renderStatus(state, status, view),
	});
	state.statuses.remove(status.id);
	for (const favorites of state.favorites.values()) favorites.delete(status.id);
}

/** Follows, or asks to where the account is protected. */
export function follow(state: FanfouState, from: User, to: User): 'following' | 'requested' {
	if (state.graph.follows(from.id, to.id)) return 'following';
	const isAsking = to.isProtected;
	if (isAsking) state.graph.request(from.id, to.id);
	else state.graph.follow(from.id, to.id);
	const event = isAsking ? 'friends.request' : 'friends.create';
	notifyStreams(state, [from.id, to.id], { event, from, target: to });
	return isAsking ? 'requested' : 'following';
}

export function unfollow(state: FanfouState, from: User, to: User): void {
	state.graph.unfollow(from.id, to.id);
	notifyStreams(state, [from.id, to.id], { event: 'friends.delete', from, target: to });
}

/** Accepts a request; false when there is none. */
export function acceptFollowRequest(state: FanfouState, owner: User, from: User): boolean {
	if (!state.graph.dropRequest(from.id, owner.id)) return false;
	state.graph.follow(from.id, owner.id);
	notifyStreams(state, [from.id, owner.id], { event: 'friends.create', from, target: owner });
	return true;
}

export function setFavorite(state: FanfouState, user: User, status: Status, wanted: boolean): void {
	const favorites = state.favorites.get(user.id) ?? new Set<string>();
	state.favorites.set(user.id, favorites);
	if (wanted) favorites.add(status.id);
	else favorites.delete(status.id);
	const author = state.users.get(status.userId);
	notifyStreams(state, [user.id, author.id], {
		event: wanted ? 'fav.create' : 'fav.delete',
		from: user,
		target: author,
		object: (view) => renderStatus(state, status, view),
	});
}

export function sendMessage(
	state: FanfouState,
	from: User,
	to: User,
	text: string,
	inReplyToId?: string,
): Message {
	const message = state.messages.add({
		senderId: from.id,
		recipientId: to.id,
		text,
		createdAt: state.clock.now(),
		...(inReplyToId !== undefined && { inReplyToId }),
	});
	notifyStreams(state, [from.id, to.id], {
		event: 'dm.create',
		from,
		target: to,
		object: (view) => renderMessage(state, message, view),
	});
	return message;
}

/** How much has come since a user last looked. */
export function countNotifications(state: FanfouState, user: User): Record<string, number> {
	const marks = state.readMarksOf(user.id);
	const mentions = findMentions(state, user).filter(({ order }) => order > marks.mentions);
	const received = state.messages.forUser(
		user.id,
		({ recipientId, order }) => recipientId === user.id && order > marks.messages,
	);
	return {
		mentions: mentions.length,
		direct_messages: received.length,
		friend_requests: state.graph.requestsTo(user.id).length,
	};
}

/** Statuses of others that name or answer a user, newest first. */
export function findMentions(state: FanfouState, user: User): Status[] {
	return state.statuses.filter(
		(status) =>
			status.userId !== user.id &&
			state.isVisible(user, status) &&
			(status.replyTo?.userId === user.id ||
				findMentionedUsers(status.text, state.users).includes(user.id)),
	);
}
