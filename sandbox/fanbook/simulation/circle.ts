import { digits, writeJson } from '../../core/json';
import { renderPostContent, renderSharedPost } from '../renderCircle';
import { createTextContent } from '../content';
import { createError } from '../errors';
import type { Channel, Comment, Like, Message, Post } from '../model';
import type { EventPublisher } from '../eventPublisher';
import type { FanbookState } from '../state';

export interface PostInput {
	title?: string;
	text?: string;
	topicId?: string;
	hasVideo?: boolean;
}

/** What the people do in circles; each thing is stored, pushed and queued as in real life. */
export class CircleSimulation {
	constructor(
		private readonly world: FanbookState,
		private readonly posting: EventPublisher,
	) {}

	/** Someone writes a post in a circle channel. */
	createPost(channelId: string, userId: string, input: PostInput = {}): Post {
		const channel = this.world.channels.get(channelId);
		const server = channel?.serverId ? this.world.server(channel.serverId) : undefined;
		if (!channel || !server) throw createError('noChannel', channelId);
		const now = this.world.clock.now();
		const topic = server.topics.find((item) => item.channelId === channelId);
		const document = [{ insert: `${input.text ?? ''}\n` }];
		const post: Post = {
			id: this.world.ids.next(),
			serverId: server.id,
			channelId,
			topicId: input.topicId ?? topic?.id ?? channelId,
			userId,
			title: input.title ?? '',
			content: writeJson(document),
			hasVideo: input.hasVideo ?? false,
			createdAt: now,
			updatedAt: now,
			likes: [],
			comments: [],
		};
		this.world.posts.set(post.id, post);
		const content = renderPostContent(this.world, post);
		this.posting.pushChannelEvent(channel, 'circleEnter', {
			method: 'post_add',
			records: { ...content, created_at: now, updated_at: now, geo_region: '', geo_name: '' },
			guild_id: server.id,
			new_post_total: 1,
		});
		this.posting.queueChannelEvent('circle', channel, this.world.user(userId), {
			circle_post: content,
		});
		return post;
	}

	/** Someone likes a post. */
	likePost(postId: string, userId: string): Like {
		const post = this.findPost(postId);
		const known = post.likes.find((like) => like.userId === userId);
		if (known) return known;
		const like: Like = { id: this.world.ids.next(), userId };
		post.likes.push(like);
		this.posting.pushChannelEvent(this.channelOf(post), 'circle', {
			method: 'reaction',
			circle_type: 'post_like',
			channel_id: post.channelId,
			post_id: post.id,
			comment_id: '0',
			guild_id: post.serverId,
			user_id: userId,
			topic_id: post.topicId,
			receive_id: post.userId,
			send_id: userId,
			is_push: 1,
		});
		const event = { circle_like: { releated_id: digits(post.id), reaction_type: 'like' } };
		this.queueCircle(post, userId, event);
		return like;
	}

	/** Someone comments on a post. The gateway says nothing of it. */
	commentPost(postId: string, userId: string, text: string, answers?: string): Comment {
		const post = this.findPost(postId);
		const comment: Comment = {
			id: this.world.ids.next(),
			userId,
			content: createTextContent(text),
			quoteL1: answers ?? null,
			createdAt: this.world.clock.now(),
		};
		post.comments.push(comment);
		const { id, content } = comment;
		const event = { circle_comment: { post_id: digits(postId), comment_id: digits(id), content } };
		this.queueCircle(post, userId, event);
		return comment;
	}

	/** Someone shares a post into a channel. */
	sharePost(channelId: string, userId: string, postId: string): Message {
		const data = renderSharedPost(this.world, this.findPost(postId));
		return this.shareInto(channelId, userId, { type: 'circleShareEntity', data });
	}

	/** Someone shares a thread into a channel. */
	shareTopic(channelId: string, userId: string, messageId: string): Message {
		const shared = this.world.messages.get(messageId);
		if (!shared) throw createError('parameter', `message ${messageId} does not exist`);
		const content = {
			type: 'topicShare',
			messageId,
			channelId: shared.channelId,
			userId: shared.userId,
		};
		return this.shareInto(channelId, userId, content);
	}

	private shareInto(channelId: string, userId: string, content: Record<string, unknown>): Message {
		const channel = this.world.channels.get(channelId);
		if (!channel) throw createError('noChannel', channelId);
		return this.posting.postMessage({ channel, userId, content: writeJson(content) });
	}

	private findPost(id: string): Post {
		const post = this.world.posts.get(id);
		if (!post) throw createError('parameter', `post ${id} does not exist`);
		return post;
	}

	private channelOf(post: Post): Channel {
		const channel = this.world.channels.get(post.channelId);
		if (!channel) throw createError('noChannel', post.channelId);
		return channel;
	}

	private queueCircle(post: Post, userId: string, event: Record<string, unknown>): void {
		const channel = this.channelOf(post);
		this.posting.queueChannelEvent('circle', channel, this.world.user(userId), event);
	}
}
