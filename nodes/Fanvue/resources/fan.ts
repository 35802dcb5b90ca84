import type { FanvueResource } from '../operation';
import { optionsField } from '../../shared/definition/fields';

import { selfOnly } from '../routes';

export const fan: FanvueResource = {
	name: 'Fan',
	preferred: 'Get Subscribers',
	operations: [
		{
			name: 'Get Subscribers',
			action: 'Get subscribers',
			description: 'People who subscribe',
			endpoint: 'GET /subscribers',
			scopes: ['read:fan'],
			v1: true,
			creator: ['read:creator', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
			filters: [
				optionsField(
					'sortField',
					'Sort By',
					'What to sort by',
					[
						{ name: 'Name', value: 'name' },
						{ name: 'Time of Subscription', value: 'subscribedAt' },
					],
					selfOnly,
				),
				optionsField(
					'sortDirection',
					'Sort Direction',
					'Which end comes first',
					[
						{ name: 'Ascending', value: 'asc' },
						{ name: 'Descending', value: 'desc' },
					],
					{ default: 'desc', ...selfOnly },
				),
			],
		},
		{
			name: 'Get Followers',
			action: 'Get followers',
			description: 'People who follow and do not subscribe',
			endpoint: 'GET /followers',
			scopes: ['read:fan'],
			v1: true,
			creator: ['read:creator', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
		},
	],
};
