import { commas, id, list, text } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { listed } from '../rows';
import { creatorUuids, endDate, startDate } from '../words';

const period = [startDate(), endDate()];

const email = text('email', 'Email', 'Email address of an existing account', {
	placeholder: 'e.g. name@email.com',
});

/** Needs an account that is an admin of an agency. */
export const agency: Resource = {
	name: 'Agency',
	operations: [
		{
			name: 'Get Creators',
			action: 'Get creators of an agency',
			description: 'Creators that the agency manages',
			endpoint: 'GET /creators',
			needs: ['read:creator'],
			paging: 'page',
			output: 'data',
		},
		{
			name: 'Get Chats',
			action: 'Get chats of all creators',
			description: 'Chats of all managed creators, newest first',
			endpoint: 'GET /agencies/chats',
			needs: ['read:agency', 'read:chat'],
			paging: 'page',
			output: 'data',
		},
		{
			name: 'Get Earnings By Day',
			action: 'Get earnings of all creators by day',
			description: 'Earnings per creator and day, amounts in cents',
			endpoint: 'GET /agencies/earnings',
			needs: ['read:agency', 'read:creator'],
			paging: 'page',
			output: 'data',
			fields: period,
			options: [creatorUuids],
		},
		{
			name: 'Get Chatter Leaderboard',
			action: 'Get the leaderboard of chatters',
			description: 'How each chatter of the team does, renewed daily',
			endpoint: 'GET /agencies/insights/chatter-leaderboard',
			needs: ['read:agency'],
			output: 'data',
			options: [
				...period,
				commas('chatterUuids', 'Chatters', 'UUIDs of up to 100 chatters, separated by commas', {
					items: { max: 100 },
				}),
			],
		},
		{
			name: 'Get Subscribers',
			action: 'Get subscribers of all creators',
			description: 'Active subscriptions of all managed creators, newest first',
			endpoint: 'GET /agencies/subscribers',
			needs: ['read:agency', 'read:creator'],
			paging: 'page',
			output: 'data',
			options: [creatorUuids],
		},
		{
			name: 'Get Subscriber History',
			action: 'Get the history of subscribers',
			description: 'New and lost subscriptions per creator and day, over up to 365 days',
			endpoint: 'GET /agencies/subscribers-history',
			needs: ['read:agency', 'read:creator'],
			paging: 'page',
			output: 'data',
			fields: period,
			options: [creatorUuids],
		},
		{
			name: 'Get Team Members',
			action: 'Get team members',
			description: 'Team of the agency, and who works for which creator',
			endpoint: 'GET /agencies/team-members',
			needs: ['read:agency'],
			shape: listed,
		},
		{
			name: 'Update Team Member',
			action: 'Update a team member',
			description: 'Say which creators a team member works for',
			endpoint: 'PUT /agencies/team-members/:userId',
			needs: ['write:agency'],
			fields: [
				id('userId', 'Team Member', 'UUID of the team member', {
					placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
				}),
				list(
					'creatorUuids',
					'Creators',
					'UUIDs of all creators the member works for, separated by commas. Without any the member works for none.',
					{
						required: false,
						blank: true,
						nullable: true,
						// n8n hands a null from an expression on as nothing at all.
						convert: (raw) => raw ?? null,
					},
				),
			],
			options: [
				text('nickname', 'Nickname', 'Name of the member inside the team. Empty takes it away.', {
					nullable: true,
					convert: (raw) => (raw === '' ? null : raw),
				}),
			],
		},
		{
			name: 'Invite Team Member',
			action: 'Invite a team member',
			description: 'Invite someone who has an account and is no creator',
			endpoint: 'POST /agencies/invites',
			needs: ['write:agency'],
			fields: [email],
		},
		{
			name: 'Invite Creator',
			action: 'Invite a creator',
			description: 'Invite a creator to be managed by the agency',
			endpoint: 'POST /agencies/creator-invites',
			needs: ['write:agency'],
			fields: [email],
		},
	],
};
