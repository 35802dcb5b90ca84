import type { Message } from './messages';
import { renderMessage, renderStatus, renderUser, type View } from './render';
import type { Status } from './statuses';
import type { Store } from './store';
import { mentionsIn } from './text';
import type { User } from './users';

/*
 * What changes the state. The API's handlers and the test actions both come through here, so
 * that streams hear of everything.
 */

export interface Draft {
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

interface News {
	event: string;
	from: User;
	target?: User;
	/** The status or message, as the one who hears of it sees it. */
	object?: (view: View) => unknown;
}

function tell(store: Store, listeners: string[], { event, from, target, object }: News): void {
	for (const id of new Set(listeners)) {
		if (!store.streams.hasListener(id)) continue;
		const view: View = { viewer: store.users.get(id), lite: true, html: false };
		store.streams.emit(id, {
			event,
			source: renderUser(store, from, view),
			target: target ? renderUser(store, target, view) : null,
			object: object?.(view) ?? null,
		});
	}
}

/** The reply link a status keeps: clients report none without the author's `@name` in front. */
function replyOf(store: Store, draft: Draft): Status['replyTo'] {
	const original =
		draft.replyToStatusId === undefined ? undefined : store.statuses.find(draft.replyToStatusId);
	const userId = original?.userId ?? draft.replyToUserId;
	const author = userId === undefined ? undefined : store.users.find(userId);
	if (!author) return undefined;
	const begins = draft.text.startsWith(`@${author.name}`);
	if (store.quirks.replyNeedsMention && !begins) return undefined;
	return { statusId: original?.id ?? '', userId: author.id };
}

/** Adds a status. Ids of statuses that do not exist leave no link. */
export function post(store: Store, author: User, draft: Draft): Status {
	const replyTo = replyOf(store, draft);
	const original =
		draft.repostStatusId === undefined ? undefined : store.statuses.find(draft.repostStatusId);
	const status = store.statuses.add({
		userId: author.id,
		text: draft.text,
		createdAt: draft.createdAt ?? store.clock.now(),
		source: draft.source ?? '网页',
		location: draft.location ?? author.location,
		isInReview: draft.isInReview ?? store.isReviewing,
		...(replyTo && { replyTo }),
		...(original && { repostOf: { statusId: original.id, userId: original.userId } }),
		...(draft.photo !== undefined && { photo: draft.photo }),
	});
	const concerned = [author.id];
	if (!status.isInReview) {
		concerned.push(...mentionsIn(draft.text, store.users));
		if (replyTo) concerned.push(replyTo.userId);
		if (original) concerned.push(original.userId);
	}
	tell(store, concerned, {
		event: 'message.create',
		from: author,
		object: (view) => renderStatus(store, status, view),
	});
	return status;
}

export function removeStatus(store: Store, status: Status): void {
	const author = store.users.get(status.userId);
	tell(store, [author.id], {
		event: 'message.delete',
		from: author,
		object: (view) => renderStatus(store, status, view),
	});
	store.statuses.remove(status.id);
	for (const favorites of store.favorites.values()) favorites.delete(status.id);
}

/** Follows, or asks to where the account is protected. */
export function follow(store: Store, from: User, to: User): 'following' | 'requested' {
	if (store.graph.follows(from.id, to.id)) return 'following';
	const isAsking = to.isProtected;
	if (isAsking) store.graph.request(from.id, to.id);
	else store.graph.follow(from.id, to.id);
	const event = isAsking ? 'friends.request' : 'friends.create';
	tell(store, [from.id, to.id], { event, from, target: to });
	return isAsking ? 'requested' : 'following';
}

export function unfollow(store: Store, from: User, to: User): void {
	store.graph.unfollow(from.id, to.id);
	tell(store, [from.id, to.id], { event: 'friends.delete', from, target: to });
}

/** Accepts a request; false when there is none. */
export function accept(store: Store, owner: User, from: User): boolean {
	if (!store.graph.dropRequest(from.id, owner.id)) return false;
	store.graph.follow(from.id, owner.id);
	tell(store, [from.id, owner.id], { event: 'friends.create', from, target: owner });
	return true;
}

export function favorite(store: Store, user: User, status: Status, wanted: boolean): void {
	const favorites = store.favorites.get(user.id) ?? new Set<string>();
	store.favorites.set(user.id, favorites);
	if (wanted) favorites.add(status.id);
	else favorites.delete(status.id);
	const author = store.users.get(status.userId);
	tell(store, [user.id, author.id], {
		event: wanted ? 'fav.create' : 'fav.delete',
		from: user,
		target: author,
		object: (view) => renderStatus(store, status, view),
	});
}

export function sendMessage(
	store: Store,
	from: User,
	to: User,
	text: string,
	inReplyToId?: string,
): Message {
	const message = store.messages.add({
		senderId: from.id,
		recipientId: to.id,
		text,
		createdAt: store.clock.now(),
		...(inReplyToId !== undefined && { inReplyToId }),
	});
	tell(store, [from.id, to.id], {
		event: 'dm.create',
		from,
		target: to,
		object: (view) => renderMessage(store, message, view),
	});
	return message;
}

/** How much has come since a user last looked. */
export function notificationsOf(store: Store, user: User): Record<string, number> {
	const marks = store.marksOf(user.id);
	const mentions = mentionsOf(store, user).filter(({ order }) => order > marks.mentions);
	const received = store.messages.of(
		user.id,
		({ recipientId, order }) => recipientId === user.id && order > marks.messages,
	);
	return {
		mentions: mentions.length,
		direct_messages: received.length,
		friend_requests: store.graph.requestsTo(user.id).length,
	};
}

/** Statuses of others that name or answer a user, newest first. */
export function mentionsOf(store: Store, user: User): Status[] {
	return store.statuses.where(
		(status) =>
			status.userId !== user.id &&
			store.isVisible(user, status) &&
			(status.replyTo?.userId === user.id ||
				mentionsIn(status.text, store.users).includes(user.id)),
	);
}
