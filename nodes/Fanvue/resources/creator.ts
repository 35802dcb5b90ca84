import type { FanvueResource } from '../operation';
import { integerField, locatorField, loadedListField } from '../../shared/definition/fields';

import { creatorLocator, fanOptions } from '../locators';
import { profile } from './user';

const creatorUserUuid = locatorField(
	'creatorUserUuid',
	'Creator',
	'The managed creator',
	creatorLocator,
);

/** Operations of agencies that creators do not have themselves. */
export const creatorUser: FanvueResource = {
	name: 'Creator User',
	preferred: 'Get Account',
	operations: [
		{
			name: 'Get Account',
			action: 'Get the account of a creator',
			description:
				'Get the profile of a managed creator with account state, earnings and number of fans',
			endpoint: 'GET /creators/:creatorUserUuid/account',
			scopes: ['read:creator'],
			simplify: profile,
			fields: [creatorUserUuid],
		},
	],
};

export const creatorFan: FanvueResource = {
	name: 'Creator Fan',
	preferred: 'Get Online Subscribers',
	operations: [
		{
			name: 'Get Online Subscribers',
			action: 'Get online subscribers of a creator',
			description: 'Get the subscribers of a managed creator who are online',
			endpoint: 'GET /creators/:creatorUserUuid/subscribers/online',
			scopes: ['read:creator', 'read:fan'],
			resultPath: 'data',
			fields: [creatorUserUuid],
			additionalFields: [
				integerField('limit', 'Limit', 'Max number of results to return', { min: 1, default: 50 }),
				loadedListField(
					'subscriberUuids',
					'Subscriber Names or IDs',
					'Subscribers to check. Without any, all are checked.',
					fanOptions,
					{ wireFormat: 'commaList' },
				),
			],
		},
	],
};
