import { locator, text } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { templatePicker } from '../pickers';

export const template: Resource = {
	name: 'Template',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many templates',
			description: 'Saved messages',
			endpoint: 'GET /chats/templates',
			needs: ['read:chat'],
			paging: 'page',
			output: 'data',
			options: [
				text('folderName', 'Folder', 'Part of the name of the folder, upper and lower case alike'),
			],
		},
		{
			name: 'Get',
			action: 'Get a template',
			description: 'One saved message',
			endpoint: 'GET /chats/templates/:templateUuid',
			needs: ['read:chat'],
			fields: [locator('templateUuid', 'Template', 'The saved message', templatePicker)],
		},
	],
};
