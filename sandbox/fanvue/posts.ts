import type { Post } from './model';
import type { FanvueState } from './state';

/** Returns when a post was published. Scheduled posts are published by the clock. */
export function publishedAt(state: FanvueState, post: Post): number | null {
	if (post.publishedAt !== null) return post.publishedAt;
	return post.publishAt !== null && post.publishAt <= state.now() ? post.publishAt : null;
}

/** Returns whether the owner sees a post: not deleted and not expired. */
export function isVisible(state: FanvueState, post: Post, ownerUuid: string): boolean {
	const isExpired = post.expiresAt !== null && post.expiresAt <= state.now();
	return post.creatorUuid === ownerUuid && !post.isDeleted && !isExpired;
}
