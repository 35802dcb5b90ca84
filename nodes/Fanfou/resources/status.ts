import type { FanfouResource } from '../operation';
import { textField } from '../../shared/definition/fields';

import { reply, repost } from '../compose/status';
import { withConfirmation } from '../confirm/confirmation';
import { previewStatus } from '../confirm/publish';
import { previewDelete } from '../confirm/status';
import { simplifyDeleted, simplifyPublished } from '../output/results';
import { simplifyStatus, simplifyStatusDetail } from '../output/status';
import {
	confirm,
	format,
	location,
	mode,
	source,
	status,
	statusFormat,
	statusText,
	user,
} from '../commonFields';

const posted = [location, source, mode, format];

export const statuses: FanfouResource = {
	name: 'Status',
	operations: [
		{
			name: 'Create',
			action: 'Post a status',
			description: 'Post a text of at most 140 characters',
			endpoint: 'POST statuses/update.json',
			returns: 'status',
			fields: [statusText(), ...confirm],
			additionalFields: [
				{
					...status(
						'The status that is answered; Reply builds the text, too',
						'in_reply_to_status_id',
					),
					displayName: 'Reply To Status',
				},
				user('Reply To User', 'The user who is answered', 'in_reply_to_user_id'),
				{
					...status('The status that is reposted; Repost builds the text, too', 'repost_status_id'),
					displayName: 'Repost Status',
				},
				...posted,
			],
			simplify: simplifyPublished,
			execute: withConfirmation(previewStatus),
		},
		{
			name: 'Reply',
			action: 'Reply to a status',
			description: 'Answer a status; the text begins with the mention that Fanfou wants',
			endpoint: 'POST statuses/update.json',
			returns: 'status',
			fields: [
				status('The status to answer', 'in_reply_to_status_id'),
				statusText('Your answer; the mention of the author is put before it'),
				...confirm,
			],
			additionalFields: posted,
			simplify: simplifyPublished,
			execute: reply,
		},
		{
			name: 'Repost',
			action: 'Repost a status',
			description: 'Post a status again, with its author and text behind your comment',
			endpoint: 'POST statuses/update.json',
			returns: 'status',
			fields: [
				status('The status to repost', 'repost_status_id'),
				textField('status', 'Comment', 'What you say about it', {
					name: 'comment',
					required: false,
					input: { type: 'string', rows: 4 },
				}),
				...confirm,
			],
			additionalFields: posted,
			simplify: simplifyPublished,
			execute: repost,
		},
		{
			name: 'Delete',
			action: 'Delete a status',
			description: 'Delete a status of your own for good',
			endpoint: 'POST statuses/destroy.json',
			returns: 'status',
			emptyResult: 'deleted',
			fields: [status('The status to delete'), ...confirm],
			additionalFields: [mode, format],
			simplify: simplifyDeleted,
			execute: withConfirmation(previewDelete),
		},
		{
			name: 'Get',
			action: 'Get a status',
			description: 'One status with everything about it',
			endpoint: 'GET statuses/show.json',
			returns: 'status',
			fields: [status('The status to get')],
			additionalFields: [mode, statusFormat],
			simplify: simplifyStatusDetail,
		},
		{
			name: 'Get Context',
			action: 'Get the context of a status',
			description: 'A status with what it answers and what answers it, oldest first',
			endpoint: 'GET statuses/context_timeline.json',
			returns: 'list',
			fields: [status('The status in question')],
			additionalFields: [mode, statusFormat],
			simplify: simplifyStatus,
		},
	],
};
