import type { FanvueContext, FanvueHandlers } from '../context';
import { requireReadyMedia } from '../mediaStatus';
import type { PostAudience, Post } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import { fanUserOf } from '../userViews';
import type { FanvueState } from '../state';
import { isVisible, publishedAt } from '../posts';

/** The post in the path; refuses with 404. */
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

/** What the feed is ordered by. */
function timeOf(post: Post): number {
	return post.publishedAt ?? post.publishAt ?? post.createdAt;
}

function readFutureTime(call: FanvueContext, name: string): number | null {
	const at = call.time(name) ?? null;
	if (at !== null && at <= call.state.now()) throw validationError(`${name} must be in the future`);
	return at;
}

function readCollections(call: FanvueContext): string[] {
	const { state, owner } = call;
	const uuids = [...new Set(call.ids('collectionUuids'))];
	for (const uuid of uuids) {
		if (state.collections.get(uuid)?.creatorUuid !== owner.uuid) {
			throw badRequest(`Collection ${uuid} does not exist`);
		}
	}
	return uuids;
}

/** Rules that look at the whole post. */
function validatePost(post: Post): void {
	if (post.price !== null && post.mediaUuids.length === 0) {
		throw validationError('price needs media');
	}
	const from = post.publishedAt ?? post.publishAt ?? post.createdAt;
	if (post.expiresAt !== null && post.expiresAt <= from) {
		throw validationError('expiresAt must be after the post is published');
	}
}

function readPreview(call: FanvueContext): string | null {
	const uuid = call.optionalId('mediaPreviewUuid');
	if (uuid === undefined) return null;
	return requireReadyMedia(call.state, call.owner.uuid, [uuid])[0] ?? null;
}

/** The changes that a PATCH asks for: what is not given stays. */
function applyChanges(call: FanvueContext, post: Post): Post {
	const { parameters, state, owner } = call;
	const next = { ...post };
	if (parameters.has('audience')) next.audience = audienceOf(parameters.text('audience'));
	if (parameters.has('text')) next.text = parameters.optionalText('text') ?? null;
	if (parameters.has('price')) {
		next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
	}
	if (parameters.has('mediaUuids')) {
		next.mediaUuids = requireReadyMedia(state, owner.uuid, call.ids('mediaUuids'));
	}
	if (parameters.has('mediaPreviewUuid')) next.mediaPreviewUuid = readPreview(call);
	if (parameters.has('expiresAt')) next.expiresAt = readFutureTime(call, 'expiresAt');
	if (parameters.has('collectionUuids')) next.collectionUuids = readCollections(call);
	if (parameters.has('publishAt')) {
		const isOut = publishedAt(state, post) !== null;
		// Null on a post that is already out asks for what is.
		if (parameters.isNull('publishAt')) next.publishedAt ??= isOut ? post.publishAt : state.now();
		else if (isOut) throw badRequest('The post is already published');
		else next.publishAt = readFutureTime(call, 'publishAt');
		if (next.publishedAt !== null) next.publishAt = null;
	}
	return next;
}

export const postHandlers: FanvueHandlers = {
	getPosts(call) {
		const { state, owner, parameters } = call;
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
		return call.list(
			posts,
			({ uuid }) => uuid,
			(post) => postView(state, post),
		);
	},

	createPost(call) {
		const { state, owner, parameters } = call;
		const now = state.nextTimestamp();
		const publishAt = readFutureTime(call, 'publishAt');
		const post: Post = {
			uuid: state.ids.next('post'),
			creatorUuid: owner.uuid,
			createdAt: now,
			text: parameters.optionalText('text') ?? null,
			price: parameters.has('price') ? parameters.integer('price', 0) : null,
			mediaUuids: requireReadyMedia(state, owner.uuid, call.ids('mediaUuids')),
			mediaPreviewUuid: readPreview(call),
			audience: audienceOf(parameters.text('audience')),
			publishAt,
			publishedAt: publishAt === null ? now : null,
			expiresAt: readFutureTime(call, 'expiresAt'),
			pinnedAt: null,
			collectionUuids: readCollections(call),
			isDeleted: false,
			likes: [],
			comments: [],
		};
		validatePost(post);
		state.posts.push(post);
		return created(createdView(state, post));
	},

	getPostByUuid(call) {
		return ok(postView(call.state, requirePost(call, call.id('uuid'))));
	},

	updatePost(call) {
		const post = requirePost(call, call.id('uuid'));
		const next = applyChanges(call, post);
		validatePost(next);
		Object.assign(post, next);
		return ok(postView(call.state, post));
	},

	deletePost(call) {
		requirePost(call, call.id('uuid')).isDeleted = true;
		return NO_CONTENT;
	},

	pinPost(call) {
		const post = requirePost(call, call.id('uuid'));
		post.pinnedAt = call.state.nextTimestamp();
		return ok(postView(call.state, post));
	},

	unpinPost(call) {
		const post = requirePost(call, call.id('uuid'));
		post.pinnedAt = null;
		return ok(postView(call.state, post));
	},

	repostPost(call) {
		const post = requirePost(call, call.id('uuid'));
		post.publishAt = null;
		post.publishedAt = call.state.nextTimestamp();
		return ok(postView(call.state, post));
	},

	getPostTips(call) {
		const { state, owner } = call;
		const post = requirePost(call, call.id('uuid'));
		const tips = state.sales
			.filter(({ source, postUuid }) => source === 'tip' && postUuid === post.uuid)
			.sort((a, b) => b.at - a.at);
		return call.list(
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

	getPostLikes(call) {
		const { state, owner } = call;
		const likes = [...requirePost(call, call.id('uuid')).likes].reverse();
		return call.list(
			likes,
			({ userUuid }) => userUuid,
			({ createdAt, userUuid }) => ({
				createdAt: iso(createdAt),
				user: fanUserOf(state, owner.uuid, userUuid),
			}),
		);
	},
};
