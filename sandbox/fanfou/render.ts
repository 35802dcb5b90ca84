import { dateText } from './ids';
import type { Message } from './messages';
import { STOCK_PICTURE } from './pictures';
import type { Status } from './statuses';
import type { SavedSearch, Store } from './store';
import { escapeHtml, renderText } from './text';
import type { User } from './users';

type Fields = Record<string, unknown>;

/** How an answer shall look. */
export interface View {
	/** Who looks: `favorited`, `following` and `is_self` depend on it. */
	viewer: User;
	/** Leaves out the profile_* design fields. */
	lite: boolean;
	/** Texts with anchors. */
	html: boolean;
	/** Search words to wrap in `<b>`. */
	hits?: string[];
}

const REVIEW_MARK = '【审核中】';

function photoUrl(store: Store, name: string): string {
	return `${store.origin()}/fanfou-photo/n0/${name}`;
}

function textOf(store: Store, status: Status, view: View): string {
	const style = { html: view.html, users: store.users, ...(view.hits && { hits: view.hits }) };
	return renderText(status.text, style) + (status.isInReview ? REVIEW_MARK : '');
}

function userFields(store: Store, user: User, view: View): Fields {
	const { graph, statuses } = store;
	const avatar = photoUrl(store, user.avatar ?? STOCK_PICTURE);
	const own = statuses.where(({ userId }) => userId === user.id);
	const fields: Fields = {
		id: user.id,
		name: escapeHtml(user.name),
		screen_name: escapeHtml(user.name),
		unique_id: user.uniqueId,
		location: escapeHtml(user.location),
		gender: user.gender,
		birthday: user.birthday,
		description: escapeHtml(user.description),
		profile_image_url: `${avatar}@48w_48h_1l.png`,
		profile_image_url_large: avatar,
		url: escapeHtml(user.url),
		protected: user.isProtected,
		followers_count: graph.followersOf(user.id).length,
		friends_count: graph.friendsOf(user.id).length,
		favourites_count: store.favoritesOf(user.id).length,
		statuses_count: own.length,
		photo_count: own.filter(({ photo }) => photo !== undefined).length,
		following: graph.follows(view.viewer.id, user.id),
		notifications: graph.hasRequested(view.viewer.id, user.id),
		created_at: dateText(user.createdAt),
		utc_offset: 28800,
	};
	if (view.lite) return fields;
	return {
		...fields,
		...user.colors,
		profile_background_image_url: photoUrl(store, user.background ?? STOCK_PICTURE),
		profile_background_tile: user.tilesBackground,
	};
}

function linkFields(store: Store, { replyTo, repostOf }: Status): Fields {
	const nameOf = (id: string): string => escapeHtml(store.users.find(id)?.name ?? '');
	const fields: Fields = {
		in_reply_to_status_id: replyTo?.statusId ?? '',
		in_reply_to_user_id: replyTo?.userId ?? '',
		in_reply_to_screen_name: replyTo ? nameOf(replyTo.userId) : '',
	};
	if (!repostOf) return fields;
	return {
		...fields,
		repost_status_id: repostOf.statusId,
		repost_user_id: repostOf.userId,
		repost_screen_name: nameOf(repostOf.userId),
	};
}

function photoFields(store: Store, { photo, id }: Status): Fields {
	if (photo === undefined) return {};
	const url = photoUrl(store, photo);
	return {
		photo: {
			url: `http://fanfou.com/photo/${id}`,
			imageurl: `${url}@400w_400h_1l.jpg`,
			thumburl: `${url}@120w_120h_1l.jpg`,
			largeurl: url,
		},
	};
}

function statusFields(store: Store, status: Status, view: View): Fields {
	return {
		created_at: dateText(status.createdAt),
		id: status.id,
		rawid: status.order,
		text: textOf(store, status, view),
		source: status.source,
		truncated: false,
		...linkFields(store, status),
		favorited: store.isFavorite(view.viewer.id, status.id),
		is_self: status.userId === view.viewer.id,
		location: escapeHtml(status.location),
		...photoFields(store, status),
	};
}

/** A Status object with its author, and the reposted status where it still exists. */
export function renderStatus(store: Store, status: Status, view: View): Fields {
	const original = status.repostOf && store.statuses.find(status.repostOf.statusId);
	const isReadable = original !== undefined && store.isVisible(view.viewer, original);
	return {
		...statusFields(store, status, view),
		...(isReadable && {
			repost_status: {
				...statusFields(store, original, view),
				user: userFields(store, store.users.get(original.userId), view),
			},
		}),
		user: userFields(store, store.users.get(status.userId), view),
	};
}

export function renderStatuses(store: Store, statuses: Status[], view: View): Fields[] {
	return statuses.map((status) => renderStatus(store, status, view));
}

/** A User object without a status. */
export function renderUser(store: Store, user: User, view: View): Fields {
	return userFields(store, user, view);
}

/** A User object with the last status the viewer may see. */
export function renderUserWithStatus(store: Store, user: User, view: View): Fields {
	const last = store.statuses.where(
		(status) => status.userId === user.id && store.isVisible(view.viewer, status),
	)[0];
	if (!last) return userFields(store, user, view);
	// In this place, and only here, the reply link has another name.
	const { in_reply_to_status_id: replyId, ...status } = statusFields(store, last, view);
	return {
		...userFields(store, user, view),
		status: { ...status, in_reply_to_lastmsg_id: replyId },
	};
}

export function renderUsers(store: Store, ids: string[], view: View): Fields[] {
	return ids.map((id) => renderUser(store, store.users.get(id), view));
}

/** A DirectMessage object; one level of `in_reply_to`. */
export function renderMessage(store: Store, message: Message, view: View, nests = true): Fields {
	const sender = store.users.get(message.senderId);
	const recipient = store.users.get(message.recipientId);
	const original =
		message.inReplyToId === undefined ? undefined : store.messages.find(message.inReplyToId);
	return {
		id: message.id,
		text: escapeHtml(message.text),
		sender_id: sender.id,
		recipient_id: recipient.id,
		created_at: dateText(message.createdAt),
		sender_screen_name: escapeHtml(sender.name),
		recipient_screen_name: escapeHtml(recipient.name),
		sender: renderUser(store, sender, view),
		recipient: renderUser(store, recipient, view),
		...(nests && original && { in_reply_to: renderMessage(store, original, view, false) }),
	};
}

export function renderSavedSearch({ id, query, createdAt }: SavedSearch): Fields {
	const escaped = escapeHtml(query);
	return { id, query: escaped, name: escaped, created_at: dateText(createdAt) };
}
