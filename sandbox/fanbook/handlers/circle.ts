import type { Parameters } from '../../core/parameters';
import { renderComment, renderLike, renderPostContent, renderPost } from '../renderCircle';
import { readContent } from '../content';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { pageAfter, readPageSize } from '../paging';
import type { Comment, Post } from '../model';
import { hasPermission } from '../permissions';
import { renderChatMember } from '../render';
import { compareIds, isNewer } from '../ids';
import type { FanbookState } from '../state';

const MAX_PAGE_SIZE = 100;

function sortNewestFirst<T extends { id: string }>(items: Iterable<T>): T[] {
	return [...items].sort((a, b) => compareIds(b, a));
}

function contains(post: Post, word: string): boolean {
	return `${post.title} ${post.content}`.toLowerCase().includes(word.toLowerCase());
}

/** Returns the members who liked or commented, each once, as the plain list of the reference. */
function listMembers(
	state: FanbookState,
	parameters: Parameters,
	getEntries: (post: Post) => Array<{ id: string; userId: string }>,
): unknown[] {
	const server = state.botServer(parameters.text('guild_id'));
	const post = state.post(parameters.text('post_id'));
	const entries = sortNewestFirst(getEntries(post));
	const seen = new Set<string>();
	const people = entries.filter(({ userId }) => !seen.has(userId) && seen.add(userId));
	const cursor = parameters.optionalText('list_id');
	// The response does not contain the id of an entry, so the last user's id is a cursor too.
	const byUser = people.some(({ userId }) => userId === cursor);
	const idOf = (entry: { id: string; userId: string }): string =>
		byUser ? entry.userId : entry.id;
	const { page } = pageAfter(people, {
		cursor,
		size: readPageSize(parameters, 20, MAX_PAGE_SIZE),
		idOf,
	});
	return page.flatMap(({ userId }) => {
		const member = server.members.get(userId);
		return member ? [renderChatMember(state, server, member)] : [];
	});
}

function commentPage(
	state: FanbookState,
	{ post, comments, parameters }: { post: Post; comments: Comment[]; parameters: Parameters },
): Record<string, unknown> {
	const size = readPageSize(parameters, 20, MAX_PAGE_SIZE);
	const cursor = parameters.optionalText('list_id');
	const isFirst = cursor === undefined || cursor === '' || cursor === '0';
	let rest = sortNewestFirst(comments);
	if (parameters.has('since_id')) {
		// Its presence reverses the direction: comments later than list_id.
		const border = isFirst ? parameters.text('since_id') : cursor;
		rest = rest.filter(({ id }) => isNewer(id, border)).slice(-size);
	} else if (!isFirst) {
		rest = rest.filter(({ id }) => isNewer(cursor, id));
	}
	const page = rest.slice(0, size);
	return {
		records: page.map((comment) => renderComment(state, post, comment)),
		post: renderPostContent(state, post),
		size,
		list_id: page.at(-1)?.id ?? '0',
		next: rest.length > page.length,
	};
}

function postPage(
	state: FanbookState,
	{ posts, cursor, size }: { posts: Post[]; cursor: string | undefined; size: number },
): unknown {
	const { page, next } = pageAfter(sortNewestFirst(posts), { cursor, size, idOf: ({ id }) => id });
	return {
		records: page.map((post) => renderPost(state, post)),
		size,
		list_id: page.at(-1)?.id ?? '0',
		next,
	};
}

export const circleHandlers: MethodHandlers = {
	'circlePost.getMany': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const channel = state.channel(parameters.text('channel_id'));
		if (channel.serverId !== server.id) throw createError('noChannel', channel.id);
		const topicId = parameters.optionalText('topic_id');
		const word = parameters.optionalText('wd') ?? '';
		const hasVideo = parameters.optionalText('has_video');
		const posts = [...state.posts.values()].filter(
			(post) =>
				post.channelId === channel.id &&
				(topicId === undefined || post.topicId === topicId) &&
				(hasVideo === undefined || post.hasVideo === (hasVideo === '1')) &&
				contains(post, word),
		);
		return postPage(state, {
			posts,
			cursor: parameters.optionalText('list_id'),
			size: readPageSize(parameters, 20, MAX_PAGE_SIZE),
		});
	},

	'circlePost.get': (parameters, { state }) =>
		renderPost(state, state.post(parameters.text('post_id'))),

	'circlePost.getCircleInfo': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		return server.topics.map((topic, index) => ({
			channel_id: topic.channelId,
			guild_id: server.id,
			name: topic.name,
			topic_id: topic.id,
			type: 0,
			list_display: 1,
			show_type: 0,
			sort: index,
			overwrite: [],
		}));
	},

	'circlePost.getReactions': (parameters, { state }) => {
		const post = state.post(parameters.text('post_id'));
		const size = readPageSize(parameters, 20, MAX_PAGE_SIZE);
		const cursor = parameters.optionalText('list_id');
		const { page, next } = pageAfter(sortNewestFirst(post.likes), {
			cursor,
			size,
			idOf: ({ id }) => id,
		});
		return {
			records: page.map((like) => renderLike(state, like)),
			size,
			list_id: page.at(-1)?.id ?? '0',
			next,
		};
	},

	'circlePost.getComments': (parameters, { state }) => {
		const post = state.post(parameters.text('post_id'));
		if (parameters.text('channel_id') !== post.channelId)
			throw createError('parameter', 'channel_id');
		const roots = post.comments.filter(({ quoteL1 }) => quoteL1 === null);
		return commentPage(state, { post, comments: roots, parameters });
	},

	'circlePost.getCommentReplies': (parameters, { state }) => {
		const post = state.post(parameters.text('post_id'));
		const comment = post.comments.find(({ id }) => id === parameters.text('comment_id'));
		if (!comment) throw createError('parameter', 'the comment does not exist');
		const replies = post.comments.filter(({ quoteL1 }) => quoteL1 === comment.id);
		return {
			...commentPage(state, { post, comments: replies, parameters }),
			item: renderComment(state, post, comment),
		};
	},

	'circlePost.delete': (parameters, { state }) => {
		const post = state.post(parameters.text('post_id'));
		const channel = state.channel(parameters.text('channel_id'));
		const isInTopic = post.channelId === channel.id && post.topicId === parameters.text('topic_id');
		if (!isInTopic) throw createError('parameter', 'the post is not in this channel and topic');
		const isOwn = post.userId === state.botId;
		if (
			!isOwn &&
			!hasPermission(state.server(post.serverId), {
				userId: state.botId,
				permission: 'MANAGE_CIRCLE',
			})
		) {
			throw createError('noPermission', 'MANAGE_CIRCLE');
		}
		state.posts.delete(post.id);
		return true;
	},

	'circlePost.getReactionMembers': (parameters, { state }) =>
		listMembers(state, parameters, ({ likes }) => likes),

	'circlePost.getCommentMembers': (parameters, { state }) =>
		listMembers(state, parameters, ({ comments }) =>
			comments.filter(({ content }) => 'text' in readContent(content)),
		),

	'feed.getBenefits': (parameters, { state }) => {
		const { id: userId } = state.user(parameters.text('user_id'));
		const posts = [...state.posts.values()].filter((post) => post.userId === userId);
		return postPage(state, {
			posts,
			cursor: parameters.optionalText('last_id'),
			size: readPageSize(parameters, 20, MAX_PAGE_SIZE),
		});
	},
};
