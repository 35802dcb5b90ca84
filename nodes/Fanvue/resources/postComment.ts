import type { FanvueResource } from '../operation';
import { commentLocator } from '../locators';
import { longTextField, locatorField } from '../../shared/definition/fields';

import { postField } from '../commonFields';

export const postComment: FanvueResource = {
	name: 'Post Comment',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many comments on a post',
			description: 'Get the comments on one of your posts',
			endpoint: 'GET /posts/:uuid/comments',
			scopes: ['read:post'],
			v1: true,
			creator: ['read:post', 'read:creator'],
			paging: 'page',
			resultPath: 'data',
			fields: [postField],
		},
		{
			name: 'Create',
			action: 'Create a comment on a post',
			description: 'Comment on one of your posts',
			endpoint: 'POST /posts/:uuid/comments',
			scopes: ['write:post'],
			v1: true,
			creator: ['write:post', 'write:creator'],
			fields: [
				postField,
				longTextField('text', 'Text', 'Text of the comment', { length: { min: 1, max: 600 } }),
			],
		},
		{
			name: 'Delete',
			action: 'Delete a comment on a post',
			description: 'Delete a comment, as its author or as the owner of the post',
			confirmation: { consequence: 'A deleted comment cannot be restored' },
			endpoint: 'DELETE /posts/:uuid/comments/:commentUuid',
			scopes: ['write:post'],
			v1: true,
			creator: ['write:post', 'write:creator'],
			emptyResult: 'deleted',
			fields: [
				postField,
				locatorField('commentUuid', 'Comment', 'Comment to delete', commentLocator),
			],
		},
	],
};
