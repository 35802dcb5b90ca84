import type { FanvueResource } from '../operation';
import { locatorField, textField } from '../../shared/definition/fields';

import { templateLocator } from '../locators';

export const template: FanvueResource = {
	name: 'Template',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many templates',
			description: 'Get the saved messages',
			endpoint: 'GET /chats/templates',
			scopes: ['read:chat'],
			v1: true,
			paging: 'page',
			resultPath: 'data',
			filters: [textField('folderName', 'Folder', 'Part of the name of the folder, ignoring case')],
		},
		{
			name: 'Get',
			action: 'Get a template',
			description: 'Get a saved message',
			endpoint: 'GET /chats/templates/:templateUuid',
			scopes: ['read:chat'],
			fields: [locatorField('templateUuid', 'Template', 'The saved message', templateLocator)],
		},
	],
};
