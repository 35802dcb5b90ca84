import type { FanvueHandlers } from '../context';
import { requirePost } from './posts';
import { NO_CONTENT, created, iso, notFound } from '../replies';
import { shortUser } from '../userViews';

export const commentHandlers: FanvueHandlers = {
	getPostComments(call) {
		const { state, owner } = call;
		const comments = [...requirePost(call, call.id('uuid')).comments].reverse();
		return call.list(
			comments,
			({ uuid }) => uuid,
			({ uuid, text, createdAt, updatedAt, userUuid }) => ({
				uuid,
				text,
				createdAt: iso(createdAt),
				updatedAt: iso(updatedAt),
				user: shortUser(state, owner.uuid, userUuid),
			}),
		);
	},

	createPostComment(call) {
		const { state, owner, parameters } = call;
		const post = requirePost(call, call.id('uuid'));
		const uuid = state.ids.next('comment');
		const createdAt = state.nextTimestamp();
		const text = parameters.text('text');
		post.comments.push({ uuid, text, createdAt, updatedAt: null, userUuid: owner.uuid });
		return created({ uuid, text, createdAt: iso(createdAt), updatedAt: null });
	},

	deletePostComment(call) {
		const post = requirePost(call, call.id('uuid'));
		const index = post.comments.findIndex(({ uuid }) => uuid === call.id('commentUuid'));
		if (index < 0) throw notFound('Comment');
		post.comments.splice(index, 1);
		return NO_CONTENT;
	},
};
