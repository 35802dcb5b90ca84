import type { FanfouResource } from '../operation';
import { textField } from '../../shared/definition/fields';

import { postReply, postRepost, previewReply, previewRepost } from '../compose/status';
import { confirmWith } from '../confirm/confirmation';
import { previewStatus } from '../confirm/publish';
import { previewDelete } from '../confirm/status';
import { simplifyDeleted, simplifyPublished } from '../output/results';
import { simplifyStatus, simplifyStatusDetail } from '../output/status';
import {
	format,
	location,
	mode,
	source,
	status,
	statusFormat,
	statusText,
	user,
	statusOf,
} from '../commonFields';

const posted = [location, source, mode, format];

export const statuses: FanfouResource = {
	name: 'Status',
	preferred: 'Create',
	operations: [
		{
			name: 'Create',
			action: 'Post a status',
			description: 'Post a text of at most 140 characters',
			endpoint: 'POST statuses/update.json',
			fields: [statusText()],
			additionalFields: [
				{
					...status(
						'The status to reply to. The operation Reply also builds the text.',
						'in_reply_to_status_id',
					),
					displayName: 'Reply to Status',
				},
				user('Reply to User', 'The user to reply to', 'in_reply_to_user_id'),
				{
					...status(
						'The status to repost. The operation Repost also builds the text.',
						'repost_status_id',
					),
					displayName: 'Repost Status',
				},
				...posted,
			],
			simplify: simplifyPublished,
			confirmation: confirmWith(previewStatus),
		},
		{
			name: 'Reply',
			action: 'Reply to a status',
			description: 'Reply to a status. The mention of its author is added in front.',
			endpoint: 'POST statuses/update.json',
			fields: [
				statusOf('homeStatus', 'The status to reply to', 'in_reply_to_status_id'),
				statusText('Text of the reply. The mention of the author is added in front.'),
			],
			additionalFields: posted,
			simplify: simplifyPublished,
			confirmation: confirmWith(previewReply),
			execute: postReply,
		},
		{
			name: 'Repost',
			action: 'Repost a status',
			description: 'Repost a status: your comment, followed by its author and text',
			endpoint: 'POST statuses/update.json',
			fields: [
				statusOf('homeStatus', 'The status to repost', 'repost_status_id'),
				textField('status', 'Comment', 'Your comment on the status', {
					name: 'comment',
					required: false,
					input: { type: 'string', rows: 4 },
				}),
			],
			additionalFields: posted,
			simplify: simplifyPublished,
			confirmation: confirmWith(previewRepost),
			execute: postRepost,
		},
		{
			name: 'Delete',
			action: 'Delete a status',
			description: 'Permanently delete one of your statuses',
			endpoint: 'POST statuses/destroy.json',
			emptyResult: 'deleted',
			fields: [status('The status to delete')],
			additionalFields: [mode, format],
			simplify: simplifyDeleted,
			confirmation: confirmWith(previewDelete),
		},
		{
			name: 'Get',
			action: 'Get a status',
			description: 'Get a status',
			endpoint: 'GET statuses/show.json',
			fields: [status('The status to get')],
			additionalFields: [mode, statusFormat],
			simplify: simplifyStatusDetail,
		},
		{
			name: 'Get Context',
			action: 'Get the context of a status',
			description: 'Get a status with the statuses it replies to and its replies, oldest first',
			endpoint: 'GET statuses/context_timeline.json',
			fields: [status('The status to get the context of')],
			additionalFields: [mode, statusFormat],
			simplify: simplifyStatus,
		},
	],
};
