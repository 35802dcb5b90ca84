import type { FanvueHandlers } from '../context';
import { requirePost } from './posts';
import { NO_CONTENT, created, iso, notFound } from '../replies';
import { shortUser } from '../userViews';

export const commentHandlers: FanvueHandlers = {
	getPostComments(context) {
		const { state, owner } = context;
		const comments = [...requirePost(context, context.id('uuid')).comments].reverse();
		return context.list(
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

	createPostComment(context) {
		const { state, owner, parameters } = context;
		const post = requirePost(context, context.id('uuid'));
		const uuid = state.ids.next('comment');
		const createdAt = state.nextTimestamp();
		const text = parameters.text('text');
		post.comments.push({ uuid, text, createdAt, updatedAt: null, userUuid: owner.uuid });
		return created({ uuid, text, createdAt: iso(createdAt), updatedAt: null });
	},

	deletePostComment(context) {
		const post = requirePost(context, context.id('uuid'));
		const index = post.comments.findIndex(({ uuid }) => uuid === context.id('commentUuid'));
		if (index < 0) throw notFound('Comment');
		post.comments.splice(index, 1);
		return NO_CONTENT;
	},
};
