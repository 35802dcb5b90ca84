import type { FanvueResource } from '../operation';
import { chatterOptions, creatorOptions, teamMemberLocator } from '../locators';
import { textField, loadedListField, locatorField } from '../../shared/definition/fields';

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
			description: 'Get the creators that the agency manages',
			endpoint: 'GET /creators',
			scopes: ['read:creator'],
			paging: 'page',
			resultPath: 'data',
		},
		{
			name: 'Get Chats',
			action: 'Get chats of all creators',
			description: 'Get the chats of all managed creators, newest first',
			endpoint: 'GET /agencies/chats',
			scopes: ['read:agency', 'read:chat'],
			paging: 'page',
			resultPath: 'data',
		},
		{
			name: 'Get Earnings by Day',
			action: 'Get earnings of all creators by day',
			description: 'Get the earnings of each creator by day, in US cents',
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
			description: 'Get the performance of each chatter of the team, updated daily',
			endpoint: 'GET /agencies/insights/chatter-leaderboard',
			scopes: ['read:agency'],
			resultPath: 'data',
			additionalFields: [
				...period,
				loadedListField(
					'chatterUuids',
					'Chatter Names or IDs',
					'Chatters to include, at most 100. Without any, all are included.',
					chatterOptions,
					{ wireFormat: 'commaList', items: { max: 100 } },
				),
			],
		},
		{
			name: 'Get Subscribers',
			action: 'Get subscribers of all creators',
			description: 'Get the active subscriptions of all managed creators, newest first',
			endpoint: 'GET /agencies/subscribers',
			scopes: ['read:agency', 'read:creator'],
			paging: 'page',
			resultPath: 'data',
			filters: [creatorUuidsField],
		},
		{
			name: 'Get Subscriber History',
			action: 'Get the history of subscribers',
			description: 'Get the new and lost subscriptions of each creator by day, over up to 365 days',
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
			description: 'Get the team of the agency, and who works for which creator',
			endpoint: 'GET /agencies/team-members',
			scopes: ['read:agency'],
			transformResult: unwrapData,
		},
		{
			name: 'Update Team Member',
			action: 'Update a team member',
			description: 'Set the creators that a team member works for',
			confirmation: { consequence: 'The member loses access to every creator that is left out' },
			endpoint: 'PUT /agencies/team-members/:userId',
			scopes: ['write:agency'],
			fields: [
				locatorField('userId', 'Team Member', 'Team member to update', teamMemberLocator),
				loadedListField(
					'creatorUuids',
					'Creator Names or IDs',
					'All creators the member works for. Creators that are not in this list are unassigned from the member.',
					creatorOptions,
					{ required: false, sendEmpty: true, nullable: true, toWire: (raw) => raw ?? null },
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
			description: 'Invite a user who has an account and is not a creator',
			confirmation: { consequence: 'An invitation cannot be withdrawn with this node' },
			endpoint: 'POST /agencies/invites',
			scopes: ['write:agency'],
			fields: [email],
		},
		{
			name: 'Invite Creator',
			action: 'Invite a creator',
			description: 'Invite a creator to be managed by the agency',
			confirmation: { consequence: 'An invitation cannot be withdrawn with this node' },
			endpoint: 'POST /agencies/creator-invites',
			scopes: ['write:agency'],
			fields: [email],
		},
	],
};
