import { id, longText } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { post } from '../words';

export const postComment: Resource = {
	name: 'Post Comment',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many comments on a post',
			description: 'Comments on an own post',
			endpoint: 'GET /posts/:uuid/comments',
			needs: ['read:post'],
			traits: { creator: ['read:post', 'read:creator'] },
			paging: 'page',
			output: 'data',
			fields: [post],
		},
		{
			name: 'Create',
			action: 'Create a comment on a post',
			description: 'Comment on an own post',
			endpoint: 'POST /posts/:uuid/comments',
			needs: ['write:post'],
			traits: { creator: ['write:post', 'write:creator'] },
			fields: [
				post,
				longText('text', 'Text', 'What the comment says', { length: { min: 1, max: 600 } }),
			],
		},
		{
			name: 'Delete',
			action: 'Delete a comment on a post',
			description: 'Delete a comment, as its author or as the owner of the post',
			endpoint: 'DELETE /posts/:uuid/comments/:commentUuid',
			needs: ['write:post'],
			traits: { creator: ['write:post', 'write:creator'] },
			receipt: 'deleted',
			fields: [post, id('commentUuid', 'Comment', 'UUID of the comment')],
		},
	],
};
