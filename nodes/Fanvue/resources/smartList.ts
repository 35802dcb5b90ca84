import type { FanvueResource } from '../operation';
import { locatorField } from '../../shared/definition/fields';

import { smartListLocator } from '../locators';
import { unwrapData } from '../results';

export const smartList: FanvueResource = {
	name: 'Smart List',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many smart lists',
			description:
				'Get the built-in lists with their number of members. Which ones exist depends on the account.',
			endpoint: 'GET /chats/lists/smart',
			scopes: ['read:chat', 'read:fan'],
			v1: true,
			creator: ['read:creator', 'read:chat', 'read:fan'],
			transformResult: unwrapData,
		},
		{
			name: 'Get Members',
			action: 'Get members of a smart list',
			description: 'Get the people on a built-in list',
			endpoint: 'GET /chats/lists/smart/:uuid',
			scopes: ['read:chat', 'read:fan'],
			v1: true,
			creator: ['read:creator', 'read:chat', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
			fields: [locatorField('uuid', 'Smart List', 'Built-in list to use', smartListLocator)],
		},
	],
};
