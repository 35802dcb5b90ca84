import { digits, writeJson } from '../../core/json';
import { renderPostContent, renderSharedPost } from '../renderCircle';
import { createTextContent, findMentionedUsers } from '../content';
import { createError } from '../errors';
import type { Channel, Comment, Like, Message, Post } from '../model';
import type { EventPublisher } from '../eventPublisher';
import type { FanbookState } from '../state';

export interface PostInput {
	title?: string;
	text?: string;
	topicId?: string;
	hasVideo?: boolean;
	/** The ids of the mentioned users; by default those in the markup of the text. */
	mentions?: string[];
}

/** Simulates users in circles. Each action is stored, pushed and queued as in the service. */
export class CircleSimulation {
	constructor(
		private readonly state: FanbookState,
		private readonly publisher: EventPublisher,
	) {}

	/** Creates a post in a circle channel. */
	createPost(channelId: string, userId: string, input: PostInput = {}): Post {
		const channel = this.state.channels.get(channelId);
		const server = channel?.serverId ? this.state.server(channel.serverId) : undefined;
		if (!channel || !server) throw createError('noChannel', channelId);
		const now = this.state.clock.now();
		const topic = server.topics.find((item) => item.channelId === channelId);
		const document = [{ insert: `${input.text ?? ''}\n` }];
		const post: Post = {
			id: this.state.ids.next(),
			serverId: server.id,
			channelId,
			topicId: input.topicId ?? topic?.id ?? channelId,
			userId,
			title: input.title ?? '',
			content: writeJson(document),
			hasVideo: input.hasVideo ?? false,
			mentions: input.mentions ?? findMentionedUsers(input.text ?? ''),
			createdAt: now,
			updatedAt: now,
			likes: [],
			comments: [],
		};
		this.state.posts.set(post.id, post);
		const content = renderPostContent(this.state, post);
		this.publisher.pushChannelEvent(channel, 'circleEnter', {
			method: 'post_add',
			records: {
				...content,
				user_id: userId,
				comment: false,
				reaction: false,
				created_at: now,
				updated_at: now,
				comment_at: now,
				file_id: '',
				geo_region: '',
				geo_ip: '',
			},
			guild_id: server.id,
			new_post_total: 1,
		});
		const user = this.state.user(userId);
		this.publisher.queueChannelEvent('circle', { channel, user }, { circle_post: content });
		return post;
	}

	/** Likes a post. A second like of the same user is ignored. */
	likePost(postId: string, userId: string): Like {
		const post = this.findPost(postId);
		const existing = post.likes.find((like) => like.userId === userId);
		if (existing) return existing;
		const like: Like = { id: this.state.ids.next(), userId };
		post.likes.push(like);
		this.publisher.pushChannelEvent(this.getChannel(post), 'circle', {
			method: 'reaction',
			circle_type: 'post_like',
			channel_id: post.channelId,
			post_id: post.id,
			comment_id: '',
			guild_id: post.serverId,
			user_id: userId,
			topic_id: post.topicId,
			receive_id: post.userId,
			send_id: userId,
			is_push: false,
		});
		const event = { circle_like: { releated_id: digits(post.id), reaction_type: 'like' } };
		this.queueCircleEvent(post, userId, event);
		return like;
	}

	/** Comments on a post. The gateway has no event for it. */
	commentPost(
		postId: string,
		{ userId, text, replyTo }: { userId: string; text: string; replyTo?: string },
	): Comment {
		const post = this.findPost(postId);
		const comment: Comment = {
			id: this.state.ids.next(),
			userId,
			content: createTextContent(text),
			quoteL1: replyTo ?? null,
			createdAt: this.state.clock.now(),
		};
		post.comments.push(comment);
		const { id, content } = comment;
		const event = { circle_comment: { post_id: digits(postId), comment_id: digits(id), content } };
		this.queueCircleEvent(post, userId, event);
		return comment;
	}

	/** Shares a post into a channel. */
	sharePost(channelId: string, userId: string, postId: string): Message {
		const data = renderSharedPost(this.state, this.findPost(postId));
		return this.shareInto(channelId, userId, { type: 'circleShareEntity', data });
	}

	/** Shares a thread into a channel. */
	shareTopic(channelId: string, userId: string, messageId: string): Message {
		const shared = this.state.messages.get(messageId);
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
		const channel = this.state.channels.get(channelId);
		if (!channel) throw createError('noChannel', channelId);
		return this.publisher.postMessage({ channel, userId, content: writeJson(content) });
	}

	private findPost(id: string): Post {
		const post = this.state.posts.get(id);
		if (!post) throw createError('parameter', `post ${id} does not exist`);
		return post;
	}

	private getChannel(post: Post): Channel {
		const channel = this.state.channels.get(post.channelId);
		if (!channel) throw createError('noChannel', post.channelId);
		return channel;
	}

	private queueCircleEvent(post: Post, userId: string, event: Record<string, unknown>): void {
		const channel = this.getChannel(post);
		const user = this.state.user(userId);
		this.publisher.queueChannelEvent('circle', { channel, user }, event);
	}
}
