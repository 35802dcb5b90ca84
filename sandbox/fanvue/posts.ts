import type { Post } from './model';
import type { FanvueState } from './state';

/** When a post is out: a scheduled one comes out by the clock. */
export function publishedAt(state: FanvueState, post: Post): number | null {
	if (post.publishedAt !== null) return post.publishedAt;
	return post.publishAt !== null && post.publishAt <= state.now() ? post.publishAt : null;
}

/** Whether the owner still sees a post: not deleted and not expired. */
export function isVisible(state: FanvueState, post: Post, ownerUuid: string): boolean {
	const isExpired = post.expiresAt !== null && post.expiresAt <= state.now();
	return post.creatorUuid === ownerUuid && !post.isDeleted && !isExpired;
}
