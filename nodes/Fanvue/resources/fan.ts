import type { FanvueResource } from '../operation';
import { locatorField, optionsField } from '../../shared/definition/fields';

import { endDateField, startDateField } from '../commonFields';
import { subscriberLocator } from '../locators';
import { selfOnly } from '../routes';

export const fan: FanvueResource = {
	name: 'Fan',
	preferred: 'Get Subscribers',
	operations: [
		{
			name: 'Get Subscribers',
			action: 'Get subscribers',
			description: 'Get the subscribers',
			endpoint: 'GET /subscribers',
			scopes: ['read:fan'],
			v1: true,
			creator: ['read:creator', 'read:fan'],
			onlyV1: ['startDate', 'endDate'],
			paging: 'page',
			resultPath: 'data',
			filters: [
				startDateField({
					description: 'Start of the period in which the subscription began. With V1 routes only.',
					...selfOnly,
				}),
				endDateField({
					description:
						'End of the period in which the subscription began, not included. With V1 routes only.',
					...selfOnly,
				}),
				optionsField(
					'sortField',
					'Sort By',
					'Value to sort by',
					[
						{ name: 'Name', value: 'name' },
						{ name: 'Time of Subscription', value: 'subscribedAt' },
					],
					selfOnly,
				),
				optionsField(
					'sortDirection',
					'Sort Direction',
					'Order of the results',
					[
						{ name: 'Ascending', value: 'asc' },
						{ name: 'Descending', value: 'desc' },
					],
					{ default: 'desc', ...selfOnly },
				),
			],
		},
		{
			name: 'Get Subscriber',
			action: 'Get a subscriber',
			description: 'Get one subscriber with the subscription',
			endpoint: 'GET /v1/subscribers/:userUuid',
			scopes: ['read:fan'],
			fields: [locatorField('userUuid', 'Fan', 'Subscriber to get', subscriberLocator)],
		},
		{
			name: 'Get Followers',
			action: 'Get followers',
			description: 'Get the followers. With V1 routes, those who also subscribe are included.',
			endpoint: 'GET /followers',
			scopes: ['read:fan'],
			v1: true,
			creator: ['read:creator', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
		},
	],
};
