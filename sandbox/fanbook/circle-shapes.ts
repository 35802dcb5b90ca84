/* The circle's objects; ids are strings throughout. */
import type { Comment, Like, Post, User } from './model';
import type { World } from './world';

type Shape = Record<string, unknown>;

export function circleUserShape(user: User): Shape {
	return {
		user_id: user.id,
		is_bot: user.bot,
		nickname: user.nickname,
		username: user.username,
		avatar: user.avatar,
	};
}

/** CirclePostContent; `created_at` is text here and a number in gateway events. */
export function postContentShape(world: World, post: Post): Shape {
	const topics = world.servers.get(post.serverId)?.topics ?? [];
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
		mentions: '[]',
	};
}

function subInfoShape(world: World, post: Post): Shape {
	const ownLike = post.likes.find(({ userId }) => userId === world.botId);
	return {
		comment_total: post.comments.length,
		like_total: post.likes.length,
		can_del: post.userId === world.botId ? 1 : 0,
		liked: ownLike ? 1 : 0,
		like_id: ownLike?.id ?? '',
		is_top: false,
		is_follow: false,
	};
}

export function postShape(world: World, post: Post): Shape {
	return {
		user: circleUserShape(world.user(post.userId)),
		post: postContentShape(world, post),
		sub_info: subInfoShape(world, post),
	};
}

/** Counters are strings in what the gateway carries. */
export function sharedPostShape(world: World, post: Post): Shape {
	const counters = Object.entries(subInfoShape(world, post));
	return {
		user: circleUserShape(world.user(post.userId)),
		post: postContentShape(world, post),
		sub_info: Object.fromEntries(
			counters.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
		),
	};
}

export function likeShape(world: World, like: Like): Shape {
	const { user_id, avatar, nickname, username } = circleUserShape(world.user(like.userId));
	return { user_id, avatar, nickname, username, reaction_id: like.id };
}

/** A comment with its first two answers (`replay_list` is Fanbook's spelling). */
export function commentShape(world: World, post: Post, comment: Comment): Shape {
	const replies = post.comments.filter(({ quoteL1 }) => quoteL1 === comment.id);
	return {
		user: circleUserShape(world.user(comment.userId)),
		comment: {
			comment_id: comment.id,
			quote_l1: comment.quoteL1 ?? '0',
			content: comment.content,
			created_at: comment.createdAt,
			like_total: 0,
			comment_total: replies.length,
			replay_list: replies.slice(0, 2).map((reply) => commentShape(world, post, reply)),
		},
	};
}
