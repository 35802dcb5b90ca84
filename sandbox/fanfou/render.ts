import { dateText } from './ids';
import type { Message } from './messages';
import { DEFAULT_PICTURE } from './pictures';
import type { Status } from './statuses';
import type { SavedSearch, FanfouState } from './state';
import { escapeHtml, renderText } from './text';
import type { User } from './users';

type Fields = Record<string, unknown>;

/** How to render a response. */
export interface RenderOptions {
	/** The user who receives the response. `favorited`, `following` and `is_self` depend on it. */
	viewer: User;
	/** Whether to omit the profile_* design fields. */
	lite: boolean;
	/** Whether to render texts with anchors. */
	html: boolean;
	/** Search words to wrap in `<b>`. */
	highlights?: string[];
}

const REVIEW_MARK = '【审核中】';

function photoUrl(state: FanfouState, name: string): string {
	return `${state.origin()}/fanfou-photo/n0/${name}`;
}

function textOf(state: FanfouState, status: Status, view: RenderOptions): string {
	const style = {
		html: view.html,
		users: state.users,
		...(view.highlights && { highlights: view.highlights }),
	};
	return renderText(status.text, style) + (status.isInReview ? REVIEW_MARK : '');
}

function userFields(state: FanfouState, user: User, view: RenderOptions): Fields {
	const { graph, statuses } = state;
	const avatar = photoUrl(state, user.avatar ?? DEFAULT_PICTURE);
	const own = statuses.filter(({ userId }) => userId === user.id);
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
		favourites_count: state.favoritesOf(user.id).length,
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
		profile_background_image_url: photoUrl(state, user.background ?? DEFAULT_PICTURE),
		profile_background_tile: user.tilesBackground,
	};
}

function linkFields(state: FanfouState, { replyTo, repostOf }: Status): Fields {
	const nameOf = (id: string): string => escapeHtml(state.users.find(id)?.name ?? '');
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

function photoFields(state: FanfouState, { photo, id }: Status): Fields {
	if (photo === undefined) return {};
	const url = photoUrl(state, photo);
	return {
		photo: {
			url: `http://fanfou.com/photo/${id}`,
			imageurl: `${url}@400w_400h_1l.jpg`,
			thumburl: `${url}@120w_120h_1l.jpg`,
			largeurl: url,
		},
	};
}

function statusFields(state: FanfouState, status: Status, view: RenderOptions): Fields {
	return {
		created_at: dateText(status.createdAt),
		id: status.id,
		rawid: status.order,
		text: textOf(state, status, view),
		source: status.source,
		truncated: false,
		...linkFields(state, status),
		favorited: state.isFavorite(view.viewer.id, status.id),
		is_self: status.userId === view.viewer.id,
		location: escapeHtml(status.location),
		...photoFields(state, status),
	};
}

/** Renders a Status object with its author, and the reposted status if it still exists. */
export function renderStatus(state: FanfouState, status: Status, view: RenderOptions): Fields {
	const original = status.repostOf && state.statuses.find(status.repostOf.statusId);
	const isReadable = original !== undefined && state.isVisible(view.viewer, original);
	return {
		...statusFields(state, status, view),
		...(isReadable && {
			repost_status: {
				...statusFields(state, original, view),
				user: userFields(state, state.users.get(original.userId), view),
			},
		}),
		user: userFields(state, state.users.get(status.userId), view),
	};
}

export function renderStatuses(
	state: FanfouState,
	statuses: Status[],
	view: RenderOptions,
): Fields[] {
	return statuses.map((status) => renderStatus(state, status, view));
}

/** Renders a User object without a status. */
export function renderUser(state: FanfouState, user: User, view: RenderOptions): Fields {
	return userFields(state, user, view);
}

/** Renders a User object with its last status that the viewer can read. */
export function renderUserWithStatus(state: FanfouState, user: User, view: RenderOptions): Fields {
	const last = state.statuses.filter(
		(status) => status.userId === user.id && state.isVisible(view.viewer, status),
	)[0];
	if (!last) return userFields(state, user, view);
	// Only in this place, the reply link has a different name.
	const { in_reply_to_status_id: replyId, ...status } = statusFields(state, last, view);
	return {
		...userFields(state, user, view),
		status: { ...status, in_reply_to_lastmsg_id: replyId },
	};
}

export function renderUsers(state: FanfouState, ids: string[], view: RenderOptions): Fields[] {
	return ids.map((id) => renderUser(state, state.users.get(id), view));
}

/** Renders a DirectMessage object with one level of `in_reply_to`. */
export function renderMessage(
	state: FanfouState,
	{ message, view, nests = true }: { message: Message; view: RenderOptions; nests?: boolean },
): Fields {
	const sender = state.users.get(message.senderId);
	const recipient = state.users.get(message.recipientId);
	const original =
		message.inReplyToId === undefined ? undefined : state.messages.find(message.inReplyToId);
	return {
		id: message.id,
		text: escapeHtml(message.text),
		sender_id: sender.id,
		recipient_id: recipient.id,
		created_at: dateText(message.createdAt),
		sender_screen_name: escapeHtml(sender.name),
		recipient_screen_name: escapeHtml(recipient.name),
		sender: renderUser(state, sender, view),
		recipient: renderUser(state, recipient, view),
		...(nests &&
			original && { in_reply_to: renderMessage(state, { message: original, view, nests: false }) }),
	};
}

export function renderSavedSearch({ id, query, createdAt }: SavedSearch): Fields {
	const escaped = escapeHtml(query);
	return { id, query: escaped, name: escaped, created_at: dateText(createdAt) };
}
