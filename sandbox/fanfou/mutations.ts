import type { Message } from './messages';
import { renderMessage, renderStatus, renderUser, type RenderOptions } from './render';
import type { Status } from './statuses';
import type { FanfouState } from './state';
import { findMentionedUsers } from './text';
import type { User } from './users';

/*
 * All changes of the state. Both the API handlers and the simulated users call these functions, so
 * that streams receive every event.
 */

export interface StatusDraft {
	text: string;
	source?: string;
	location?: string;
	replyToStatusId?: string;
	replyToUserId?: string;
	repostStatusId?: string;
	photo?: string;
	/** Milliseconds since 1970. Defaults to the current time. */
	createdAt?: number;
	/** Defaults to whether moderation is on. */
	isInReview?: boolean;
}

interface StreamNotification {
	event: string;
	from: User;
	target?: User;
	/** Renders the status or message for one receiver. */
	object?: (view: RenderOptions) => unknown;
}

function notifyStreams(
	state: FanfouState,
	receivers: string[],
	{ event, from, target, object }: StreamNotification,
): void {
	for (const id of new Set(receivers)) {
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

/** Returns the reply link of a status. Without the author's `@name` at the start there is none. */
function resolveReplyTo(state: FanfouState, draft: StatusDraft): Status['replyTo'] {
	const original =
		draft.replyToStatusId === undefined ? undefined : state.statuses.find(draft.replyToStatusId);
	const userId = original?.userId ?? draft.replyToUserId;
	const author = userId === undefined ? undefined : state.users.find(userId);
	if (!author) return undefined;
	const startsWithName = draft.text.startsWith(`@${author.name}`);
	if (state.settings.replyNeedsMention && !startsWithName) return undefined;
	return { statusId: original?.id ?? '', userId: author.id };
}

/** Creates a status. Links to statuses that do not exist are dropped. */
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
	const receivers = [author.id];
	if (!status.isInReview) {
		receivers.push(...findMentionedUsers(draft.text, state.users));
		if (replyTo) receivers.push(replyTo.userId);
		if (original) receivers.push(original.userId);
	}
	notifyStreams(state, receivers, {
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

/** Follows a user, or sends a follow request if the account is protected. */
export function follow(state: FanfouState, from: User, to: User): 'following' | 'requested' {
	if (state.graph.follows(from.id, to.id)) return 'following';
	const isRequest = to.isProtected;
	if (isRequest) state.graph.request(from.id, to.id);
	else state.graph.follow(from.id, to.id);
	const event = isRequest ? 'friends.request' : 'friends.create';
	notifyStreams(state, [from.id, to.id], { event, from, target: to });
	return isRequest ? 'requested' : 'following';
}

export function unfollow(state: FanfouState, from: User, to: User): void {
	state.graph.unfollow(from.id, to.id);
	notifyStreams(state, [from.id, to.id], { event: 'friends.delete', from, target: to });
}

/** Accepts a follow request. Returns false if there is none. */
export function acceptFollowRequest(state: FanfouState, owner: User, from: User): boolean {
	if (!state.graph.dropRequest(from.id, owner.id)) return false;
	state.graph.follow(from.id, owner.id);
	notifyStreams(state, [from.id, owner.id], { event: 'friends.create', from, target: owner });
	return true;
}

export function setFavorite(
	state: FanfouState,
	{ user, status, isFavorite }: { user: User; status: Status; isFavorite: boolean },
): void {
	const favorites = state.favorites.get(user.id) ?? new Set<string>();
	state.favorites.set(user.id, favorites);
	if (isFavorite) favorites.add(status.id);
	else favorites.delete(status.id);
	const author = state.users.get(status.userId);
	notifyStreams(state, [user.id, author.id], {
		event: isFavorite ? 'fav.create' : 'fav.delete',
		from: user,
		target: author,
		object: (view) => renderStatus(state, status, view),
	});
}

export function sendMessage(
	state: FanfouState,
	{ from, to, text, inReplyToId }: { from: User; to: User; text: string; inReplyToId?: string },
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
		object: (view) => renderMessage(state, { message, view }),
	});
	return message;
}

/** Counts unread mentions and messages, and pending follow requests. */
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

/** Returns statuses of other users that mention or reply to a user, newest first. */
export function findMentions(state: FanfouState, user: User): Status[] {
	return state.statuses.filter(
		(status) =>
			status.userId !== user.id &&
			state.isVisible(user, status) &&
			(status.replyTo?.userId === user.id ||
				findMentionedUsers(status.text, state.users).includes(user.id)),
	);
}
