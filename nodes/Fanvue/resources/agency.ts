import type { FanvueResource } from '../operation';
import {
	commaListField,
	idField,
	stringListField,
	textField,
} from '../../shared/definition/fields';

import { unwrapData } from '../results';
import { creatorUuidsField, endDateField, startDateField } from '../commonFields';

const period = [startDateField(), endDateField()];

const email = textField('email', 'Email', 'Email address of an existing account', {
	placeholder: 'e.g. name@email.com',
});

/** Requires an account that is an admin of an agency. */
export const agency: FanvueResource = {
	name: 'Agency',
	preferred: 'Get Creators',
	operations: [
		{
			name: 'Get Creators',
			action: 'Get creators of an agency',
			description: 'Creators that the agency manages',
			endpoint: 'GET /creators',
			scopes: ['read:creator'],
			paging: 'page',
			resultPath: 'data',
		},
		{
			name: 'Get Chats',
			action: 'Get chats of all creators',
			description: 'Chats of all managed creators, newest first',
			endpoint: 'GET /agencies/chats',
			scopes: ['read:agency', 'read:chat'],
			paging: 'page',
			resultPath: 'data',
		},
		{
			name: 'Get Earnings By Day',
			action: 'Get earnings of all creators by day',
			description: 'Earnings per creator and day, amounts in cents',
			endpoint: 'GET /agencies/earnings',
			scopes: ['read:agency', 'read:creator'],
			v1: true,
			paging: 'page',
			resultPath: 'data',
			fields: period,
			filters: [creatorUuidsField],
		},
		{
			name: 'Get Chatter Leaderboard',
			action: 'Get the leaderboard of chatters',
			description: 'How each chatter of the team does, renewed daily',
			endpoint: 'GET /agencies/insights/chatter-leaderboard',
			scopes: ['read:agency'],
			resultPath: 'data',
			additionalFields: [
				...period,
				commaListField(
					'chatterUuids',
					'Chatters',
					'UUIDs of up to 100 chatters, separated by commas',
					{
						items: { max: 100 },
					},
				),
			],
		},
		{
			name: 'Get Subscribers',
			action: 'Get subscribers of all creators',
			description: 'Active subscriptions of all managed creators, newest first',
			endpoint: 'GET /agencies/subscribers',
			scopes: ['read:agency', 'read:creator'],
			paging: 'page',
			resultPath: 'data',
			filters: [creatorUuidsField],
		},
		{
			name: 'Get Subscriber History',
			action: 'Get the history of subscribers',
			description: 'New and lost subscriptions per creator and day, over up to 365 days',
			endpoint: 'GET /agencies/subscribers-history',
			scopes: ['read:agency', 'read:creator'],
			paging: 'page',
			resultPath: 'data',
			fields: period,
			filters: [creatorUuidsField],
		},
		{
			name: 'Get Team Members',
			action: 'Get team members',
			description: 'Team of the agency, and who works for which creator',
			endpoint: 'GET /agencies/team-members',
			scopes: ['read:agency'],
			transformResult: unwrapData,
		},
		{
			name: 'Update Team Member',
			action: 'Update a team member',
			description: 'Say which creators a team member works for',
			confirmation: { consequence: 'The member loses access to every creator that is left out' },
			endpoint: 'PUT /agencies/team-members/:userId',
			scopes: ['write:agency'],
			fields: [
				idField('userId', 'Team Member', 'UUID of the team member', {
					placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
				}),
				stringListField(
					'creatorUuids',
					'Creators',
					'UUIDs of all creators the member works for, separated by commas. Without any the member works for none.',
					{
						required: false,
						sendEmpty: true,
						nullable: true,
						// n8n passes a null from an expression on as undefined.
						toWire: (raw) => raw ?? null,
					},
				),
			],
			updateFields: [
				textField('nickname', 'Nickname', 'Nickname within the team. Leave empty to remove it.', {
					nullable: true,
					toWire: (raw) => (raw === '' ? null : raw),
				}),
			],
		},
		{
			name: 'Invite Team Member',
			action: 'Invite a team member',
			description: 'Invite someone who has an account and is no creator',
			endpoint: 'POST /agencies/invites',
			scopes: ['write:agency'],
			fields: [email],
		},
		{
			name: 'Invite Creator',
			action: 'Invite a creator',
			description: 'Invite a creator to be managed by the agency',
			endpoint: 'POST /agencies/creator-invites',
			scopes: ['write:agency'],
			fields: [email],
		},
	],
};
