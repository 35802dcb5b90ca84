import type { FanvueHandlers } from './call';
import { postOf } from './posts';
import { NO_CONTENT, created, iso, notFound } from './replies';
import { shortUser } from './views';

export const commentHandlers: FanvueHandlers = {
	getPostComments(call) {
		const { world, owner } = call;
		const comments = [...postOf(call, call.id('uuid')).comments].reverse();
		return call.list(
			comments,
			({ uuid }) => uuid,
			({ uuid, text, createdAt, updatedAt, userUuid }) => ({
				uuid,
				text,
				createdAt: iso(createdAt),
				updatedAt: iso(updatedAt),
				user: shortUser(world, owner.uuid, userUuid),
			}),
		);
	},

	createPostComment(call) {
		const { world, owner, parameters } = call;
		const post = postOf(call, call.id('uuid'));
		const uuid = world.ids.next('comment');
		const createdAt = world.stamp();
		const text = parameters.text('text');
		post.comments.push({ uuid, text, createdAt, updatedAt: null, userUuid: owner.uuid });
		return created({ uuid, text, createdAt: iso(createdAt), updatedAt: null });
	},

	deletePostComment(call) {
		const post = postOf(call, call.id('uuid'));
		const index = post.comments.findIndex(({ uuid }) => uuid === call.id('commentUuid'));
		if (index < 0) throw notFound('Comment');
		post.comments.splice(index, 1);
		return NO_CONTENT;
	},
};
