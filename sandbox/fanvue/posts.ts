import type { FanvueCall, FanvueHandlers } from './call';
import { requireReady } from './media-state';
import type { Audience, Post } from './model';
import { NO_CONTENT, created, invalid, iso, notFound, ok, rejected } from './replies';
import { fanUserOf } from './views';
import type { World } from './world';

/** When a post is out: a scheduled one comes out by the clock. */
export function publishedAt(world: World, post: Post): number | null {
	if (post.publishedAt !== null) return post.publishedAt;
	return post.publishAt !== null && post.publishAt <= world.now() ? post.publishAt : null;
}

/** Whether the owner still sees a post: not deleted and not expired. */
export function isVisible(world: World, post: Post, ownerUuid: string): boolean {
	const isExpired = post.expiresAt !== null && post.expiresAt <= world.now();
	return post.creatorUuid === ownerUuid && !post.isDeleted && !isExpired;
}

/** The post in the path; refuses with 404. */
export function postOf({ world, owner }: FanvueCall, uuid: string): Post {
	const post = world.posts.find((item) => item.uuid === uuid);
	if (!post || !isVisible(world, post, owner.uuid)) throw notFound('Post');
	return post;
}

function audienceOf(text: string): Audience {
	return text === 'subscribers' ? 'subscribers' : 'followers-and-subscribers';
}

function createdView(world: World, post: Post): Record<string, unknown> {
	const at = publishedAt(world, post);
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

function postView(world: World, post: Post): Record<string, unknown> {
	const tips = world.sales.filter(
		({ source, postUuid }) => source === 'tip' && postUuid === post.uuid,
	);
	return {
		...createdView(world, post),
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
			const collection = world.collections.get(uuid);
			return collection ? [{ uuid, label: collection.label }] : [];
		}),
	};
}

/** What the feed is ordered by. */
function timeOf(post: Post): number {
	return post.publishedAt ?? post.publishAt ?? post.createdAt;
}

function requireFuture(call: FanvueCall, name: string): number | null {
	const at = call.time(name) ?? null;
	if (at !== null && at <= call.world.now()) throw invalid(`${name} must be in the future`);
	return at;
}

function requireCollections(call: FanvueCall): string[] {
	const { world, owner } = call;
	const uuids = [...new Set(call.ids('collectionUuids'))];
	for (const uuid of uuids) {
		if (world.collections.get(uuid)?.creatorUuid !== owner.uuid) {
			throw rejected(`Collection ${uuid} does not exist`);
		}
	}
	return uuids;
}

/** Rules that look at the whole post. */
function requireSense(post: Post): void {
	if (post.price !== null && post.mediaUuids.length === 0) {
		throw invalid('price needs media');
	}
	const from = post.publishedAt ?? post.publishAt ?? post.createdAt;
	if (post.expiresAt !== null && post.expiresAt <= from) {
		throw invalid('expiresAt must be after the post is published');
	}
}

function preview(call: FanvueCall): string | null {
	const uuid = call.optionalId('mediaPreviewUuid');
	if (uuid === undefined) return null;
	return requireReady(call.world, call.owner.uuid, [uuid])[0] ?? null;
}

/** The changes that a PATCH asks for: what is not given stays. */
function changed(call: FanvueCall, post: Post): Post {
	const { parameters, world, owner } = call;
	const next = { ...post };
	if (parameters.has('audience')) next.audience = audienceOf(parameters.text('audience'));
	if (parameters.has('text')) next.text = parameters.optionalText('text') ?? null;
	if (parameters.has('price')) {
		next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
	}
	if (parameters.has('mediaUuids')) {
		next.mediaUuids = requireReady(world, owner.uuid, call.ids('mediaUuids'));
	}
	if (parameters.has('mediaPreviewUuid')) next.mediaPreviewUuid = preview(call);
	if (parameters.has('expiresAt')) next.expiresAt = requireFuture(call, 'expiresAt');
	if (parameters.has('collectionUuids')) next.collectionUuids = requireCollections(call);
	if (parameters.has('publishAt')) {
		const isOut = publishedAt(world, post) !== null;
		// Null on a post that is already out asks for what is.
		if (parameters.isNull('publishAt')) next.publishedAt ??= isOut ? post.publishAt : world.now();
		else if (isOut) throw rejected('The post is already published');
		else next.publishAt = requireFuture(call, 'publishAt');
		if (next.publishedAt !== null) next.publishAt = null;
	}
	return next;
}

export const postHandlers: FanvueHandlers = {
	getPosts(call) {
		const { world, owner, parameters } = call;
		const all = parameters.boolean('includeUnpublished') ?? true;
		const posts = world.posts
			.filter((post) => isVisible(world, post, owner.uuid))
			.filter((post) => all || publishedAt(world, post) !== null)
			.sort(
				(a, b) =>
					(b.pinnedAt ?? 0) - (a.pinnedAt ?? 0) ||
					timeOf(b) - timeOf(a) ||
					b.uuid.localeCompare(a.uuid),
			);
		return call.list(
			posts,
			({ uuid }) => uuid,
			(post) => postView(world, post),
		);
	},

	createPost(call) {
		const { world, owner, parameters } = call;
		const now = world.stamp();
		const publishAt = requireFuture(call, 'publishAt');
		const post: Post = {
			uuid: world.ids.next('post'),
			creatorUuid: owner.uuid,
			createdAt: now,
			text: parameters.optionalText('text') ?? null,
			price: parameters.has('price') ? parameters.integer('price', 0) : null,
			mediaUuids: requireReady(world, owner.uuid, call.ids('mediaUuids')),
			mediaPreviewUuid: preview(call),
			audience: audienceOf(parameters.text('audience')),
			publishAt,
			publishedAt: publishAt === null ? now : null,
			expiresAt: requireFuture(call, 'expiresAt'),
			pinnedAt: null,
			collectionUuids: requireCollections(call),
			isDeleted: false,
			likes: [],
			comments: [],
		};
		requireSense(post);
		world.posts.push(post);
		return created(createdView(world, post));
	},

	getPostByUuid(call) {
		return ok(postView(call.world, postOf(call, call.id('uuid'))));
	},

	updatePost(call) {
		const post = postOf(call, call.id('uuid'));
		const next = changed(call, post);
		requireSense(next);
		Object.assign(post, next);
		return ok(postView(call.world, post));
	},

	deletePost(call) {
		postOf(call, call.id('uuid')).isDeleted = true;
		return NO_CONTENT;
	},

	pinPost(call) {
		const post = postOf(call, call.id('uuid'));
		post.pinnedAt = call.world.stamp();
		return ok(postView(call.world, post));
	},

	unpinPost(call) {
		const post = postOf(call, call.id('uuid'));
		post.pinnedAt = null;
		return ok(postView(call.world, post));
	},

	repostPost(call) {
		const post = postOf(call, call.id('uuid'));
		post.publishAt = null;
		post.publishedAt = call.world.stamp();
		return ok(postView(call.world, post));
	},

	getPostTips(call) {
		const { world, owner } = call;
		const post = postOf(call, call.id('uuid'));
		const tips = world.sales
			.filter(({ source, postUuid }) => source === 'tip' && postUuid === post.uuid)
			.sort((a, b) => b.at - a.at);
		return call.list(
			tips,
			({ orderId }) => orderId,
			({ at, gross, net, fanUuid }) => ({
				createdAt: iso(at),
				gross,
				net,
				user: fanUserOf(world, owner.uuid, fanUuid),
			}),
		);
	},

	getPostLikes(call) {
		const { world, owner } = call;
		const likes = [...postOf(call, call.id('uuid')).likes].reverse();
		return call.list(
			likes,
			({ userUuid }) => userUuid,
			({ createdAt, userUuid }) => ({
				createdAt: iso(createdAt),
				user: fanUserOf(world, owner.uuid, userUuid),
			}),
		);
	},
};
