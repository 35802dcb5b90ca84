import type { FanvueContext, FanvueHandlers } from '../context';
import { requireReadyMedia } from '../mediaStatus';
import type { PostAudience, Post } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import { fanUserOf } from '../userViews';
import type { FanvueState } from '../state';
import { isVisible, publishedAt } from '../posts';

/** Returns a post of the owner. Throws 404. */
export function requirePost({ state, owner }: FanvueContext, uuid: string): Post {
	const post = state.posts.find((item) => item.uuid === uuid);
	if (!post || !isVisible(state, post, owner.uuid)) throw notFound('Post');
	return post;
}

function audienceOf(text: string): PostAudience {
	return text === 'subscribers' ? 'subscribers' : 'followers-and-subscribers';
}

function createdView(state: FanvueState, post: Post): Record<string, unknown> {
	const at = publishedAt(state, post);
	return {
		uuid: post.uuid,
		createdAt: iso(post.createdAt),
		text: post.text,
		price: post.price,
		mediaPreviewUuid: post.mediaPreviewUuid,
		audience: post.audience,
		publishAt: iso(at === null ? post.publishAt : null),
		publishedAt: iso(at),
		expiresAt: iso(post.expiresAt),
	};
}

function postView(state: FanvueState, post: Post): Record<string, unknown> {
	const tips = state.sales.filter(
		({ source, postUuid }) => source === 'tip' && postUuid === post.uuid,
	);
	return {
		...createdView(state, post),
		mediaUuids: post.mediaUuids,
		isPinned: post.pinnedAt !== null,
		likesCount: post.likes.length,
		commentsCount: post.comments.length,
		tips: {
			count: tips.length,
			totalGross: tips.reduce((sum, { gross }) => sum + gross, 0),
			totalNet: tips.reduce((sum, { net }) => sum + net, 0),
		},
		collections: post.collectionUuids.flatMap((uuid) => {
			const collection = state.collections.get(uuid);
			return collection ? [{ uuid, label: collection.label }] : [];
		}),
	};
}

/** Returns the time by which the feed is sorted. */
function timeOf(post: Post): number {
	return post.publishedAt ?? post.publishAt ?? post.createdAt;
}

function readFutureTime(context: FanvueContext, name: string): number | null {
	const at = context.time(name) ?? null;
	if (at !== null && at <= context.state.now())
		throw validationError(`${name} must be in the future`);
	return at;
}

function readCollections(context: FanvueContext): string[] {
	const { state, owner } = context;
	const uuids = [...new Set(context.ids('collectionUuids'))];
	for (const uuid of uuids) {
		if (state.collections.get(uuid)?.creatorUuid !== owner.uuid) {
			throw badRequest(`Collection ${uuid} does not exist`);
		}
	}
	return uuids;
}

/** Checks rules that concern several members. */
function validatePost(post: Post): void {
	if (post.price !== null && post.mediaUuids.length === 0) {
		throw validationError('price needs media');
	}
	const from = post.publishedAt ?? post.publishAt ?? post.createdAt;
	if (post.expiresAt !== null && post.expiresAt <= from) {
		throw validationError('expiresAt must be after the post is published');
	}
}

function readPreview(context: FanvueContext): string | null {
	const uuid = context.optionalId('mediaPreviewUuid');
	if (uuid === undefined) return null;
	return requireReadyMedia(context.state, context.owner.uuid, [uuid])[0] ?? null;
}

/** Returns the post with the changes of a PATCH. Absent members stay unchanged. */
function applyChanges(context: FanvueContext, post: Post): Post {
	const { parameters, state, owner } = context;
	const next = { ...post };
	if (parameters.has('audience')) next.audience = audienceOf(parameters.text('audience'));
	if (parameters.has('text')) next.text = parameters.optionalText('text') ?? null;
	if (parameters.has('price')) {
		next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
	}
	if (parameters.has('mediaUuids')) {
		next.mediaUuids = requireReadyMedia(state, owner.uuid, context.ids('mediaUuids'));
	}
	if (parameters.has('mediaPreviewUuid')) next.mediaPreviewUuid = readPreview(context);
	if (parameters.has('expiresAt')) next.expiresAt = readFutureTime(context, 'expiresAt');
	if (parameters.has('collectionUuids')) next.collectionUuids = readCollections(context);
	if (parameters.has('publishAt')) {
		const isOut = publishedAt(state, post) !== null;
		// Null publishes now. On a published post it changes nothing.
		if (parameters.isNull('publishAt')) next.publishedAt ??= isOut ? post.publishAt : state.now();
		else if (isOut) throw badRequest('The post is already published');
		else next.publishAt = readFutureTime(context, 'publishAt');
		if (next.publishedAt !== null) next.publishAt = null;
	}
	return next;
}

export const postHandlers: FanvueHandlers = {
	getPosts(context) {
		const { state, owner, parameters } = context;
		const all = parameters.boolean('includeUnpublished') ?? true;
		const posts = state.posts
			.filter((post) => isVisible(state, post, owner.uuid))
			.filter((post) => all || publishedAt(state, post) !== null)
			.sort(
				(a, b) =>
					(b.pinnedAt ?? 0) - (a.pinnedAt ?? 0) ||
					timeOf(b) - timeOf(a) ||
					b.uuid.localeCompare(a.uuid),
			);
		return context.list(
			posts,
			({ uuid }) => uuid,
			(post) => postView(state, post),
		);
	},

	createPost(context) {
		const { state, owner, parameters } = context;
		const now = state.nextTimestamp();
		const publishAt = readFutureTime(context, 'publishAt');
		const post: Post = {
			uuid: state.ids.next('post'),
			creatorUuid: owner.uuid,
			createdAt: now,
			text: parameters.optionalText('text') ?? null,
			price: parameters.has('price') ? parameters.integer('price', 0) : null,
			mediaUuids: requireReadyMedia(state, owner.uuid, context.ids('mediaUuids')),
			mediaPreviewUuid: readPreview(context),
			audience: audienceOf(parameters.text('audience')),
			publishAt,
			publishedAt: publishAt === null ? now : null,
			expiresAt: readFutureTime(context, 'expiresAt'),
			pinnedAt: null,
			collectionUuids: readCollections(context),
			isDeleted: false,
			likes: [],
			comments: [],
		};
		validatePost(post);
		state.posts.push(post);
		return created(createdView(state, post));
	},

	getPostByUuid(context) {
		return ok(postView(context.state, requirePost(context, context.id('uuid'))));
	},

	updatePost(context) {
		const post = requirePost(context, context.id('uuid'));
		const next = applyChanges(context, post);
		validatePost(next);
		Object.assign(post, next);
		return ok(postView(context.state, post));
	},

	deletePost(context) {
		requirePost(context, context.id('uuid')).isDeleted = true;
		return NO_CONTENT;
	},

	pinPost(context) {
		const post = requirePost(context, context.id('uuid'));
		post.pinnedAt = context.state.nextTimestamp();
		return ok(postView(context.state, post));
	},

	unpinPost(context) {
		const post = requirePost(context, context.id('uuid'));
		post.pinnedAt = null;
		return ok(postView(context.state, post));
	},

	repostPost(context) {
		const post = requirePost(context, context.id('uuid'));
		post.publishAt = null;
		post.publishedAt = context.state.nextTimestamp();
		return ok(postView(context.state, post));
	},

	getPostTips(context) {
		const { state, owner } = context;
		const post = requirePost(context, context.id('uuid'));
		const tips = state.sales
			.filter(({ source, postUuid }) => source === 'tip' && postUuid === post.uuid)
			.sort((a, b) => b.at - a.at);
		return context.list(
			tips,
			({ orderId }) => orderId,
			({ at, gross, net, fanUuid }) => ({
				createdAt: iso(at),
				gross,
				net,
				user: fanUserOf(state, owner.uuid, fanUuid),
			}),
		);
	},

	getPostLikes(context) {
		const { state, owner } = context;
		const likes = [...requirePost(context, context.id('uuid')).likes].reverse();
		return context.list(
			likes,
			({ userUuid }) => userUuid,
			({ createdAt, userUuid }) => ({
				createdAt: iso(createdAt),
				user: fanUserOf(state, owner.uuid, userUuid),
			}),
		);
	},
};
