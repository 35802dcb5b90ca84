/* The objects of the circle. All ids are strings. */
import type { Comment, Like, Post, User } from './model';
import type { FanbookState } from './state';

type Rendered = Record<string, unknown>;

function renderCircleUser(user: User): Rendered {
	return {
		user_id: user.id,
		is_bot: user.bot,
		nickname: user.nickname,
		username: user.username,
		avatar: user.avatar,
	};
}

/** Renders a CirclePostContent. `created_at` is a string here and a number in gateway events. */
export function renderPostContent(state: FanbookState, post: Post): Rendered {
	const topics = state.servers.get(post.serverId)?.topics ?? [];
	return {
		post_id: post.id,
		guild_id: post.serverId,
		channel_id: post.channelId,
		topic_id: post.topicId,
		topic_name: topics.find(({ id }) => id === post.topicId)?.name ?? '',
		title: post.title,
		content: post.content,
		content_v2: post.content,
		post_type: post.hasVideo ? 'video' : 'image',
		has_video: post.hasVideo ? 1 : 0,
		created_at: String(post.createdAt),
		updated_at: String(post.updatedAt),
		mentions: JSON.stringify(post.mentions),
	};
}

function renderSubInfo(state: FanbookState, post: Post): Rendered {
	const ownLike = post.likes.find(({ userId }) => userId === state.botId);
	return {
		comment_total: post.comments.length,
		like_total: post.likes.length,
		can_del: post.userId === state.botId ? 1 : 0,
		liked: ownLike ? 1 : 0,
		like_id: ownLike?.id ?? '',
		is_top: false,
		is_follow: false,
	};
}

export function renderPost(state: FanbookState, post: Post): Rendered {
	return {
		user: renderCircleUser(state.user(post.userId)),
		post: renderPostContent(state, post),
		sub_info: renderSubInfo(state, post),
	};
}

/** Renders a post as shared in a message: counters are strings. */
export function renderSharedPost(state: FanbookState, post: Post): Rendered {
	const counters = Object.entries(renderSubInfo(state, post));
	return {
		user: renderCircleUser(state.user(post.userId)),
		post: renderPostContent(state, post),
		sub_info: Object.fromEntries(
			counters.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
		),
	};
}

export function renderLike(state: FanbookState, like: Like): Rendered {
	const { user_id, avatar, nickname, username } = renderCircleUser(state.user(like.userId));
	return { user_id, avatar, nickname, username, reaction_id: like.id };
}

/** Renders a comment with its first two replies (`replay_list` is Fanbook's spelling). */
export function renderComment(state: FanbookState, post: Post, comment: Comment): Rendered {
	const replies = post.comments.filter(({ quoteL1 }) => quoteL1 === comment.id);
	return {
		user: renderCircleUser(state.user(comment.userId)),
		comment: {
			comment_id: comment.id,
			quote_l1: comment.quoteL1 ?? '0',
			content: comment.content,
			created_at: comment.createdAt,
			like_total: 0,
			comment_total: replies.length,
			replay_list: replies.slice(0, 2).map((reply) => renderComment(state, post, reply)),
		},
	};
}
