import type { FanvueResource } from '../../operation';
import { locatorField, textField, loadedListField } from '../../../shared/definition/fields';

import { chatLocator, customListLocator, fanOptions } from '../../locators';
import { selfOnly } from '../../routes';
import { addMembers } from './addMembers';

const customListUuid = locatorField('uuid', 'Custom List', 'List to use', customListLocator);

const name = (description: string) =>
	textField('name', 'Name', description, { length: { min: 1, max: 100 } });

export const customList: FanvueResource = {
	name: 'Custom List',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many custom lists',
			description: 'Get your lists with their number of members',
			endpoint: 'GET /chats/lists/custom',
			scopes: ['read:chat', 'read:fan'],
			v1: true,
			creator: ['read:creator', 'read:chat', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
			filters: [textField('search', 'Search', 'Part of the name', selfOnly)],
		},
		{
			name: 'Create',
			action: 'Create a custom list',
			description: 'Create a list of people',
			endpoint: 'POST /chats/lists/custom',
			scopes: ['write:chat'],
			fields: [name('Name of the list')],
		},
		{
			name: 'Rename',
			action: 'Rename a custom list',
			description: 'Give a list another name',
			endpoint: 'PATCH /chats/lists/custom/:uuid',
			scopes: ['write:chat'],
			fields: [customListUuid, name('New name of the list')],
		},
		{
			name: 'Delete',
			action: 'Delete a custom list',
			description: 'Delete a list. The people on it remain fans.',
			confirmation: { consequence: 'A deleted list cannot be restored. Its members remain fans' },
			endpoint: 'DELETE /chats/lists/custom/:uuid',
			scopes: ['write:chat'],
			emptyResult: 'deleted',
			fields: [customListUuid],
		},
		{
			name: 'Get Members',
			action: 'Get members of a custom list',
			description: 'Get the people on one of your lists',
			endpoint: 'GET /chats/lists/custom/:uuid',
			scopes: ['read:chat', 'read:fan'],
			creator: ['read:creator', 'read:chat', 'read:fan'],
			paging: 'page',
			resultPath: 'data',
			fields: [customListUuid],
		},
		{
			name: 'Add Members',
			action: 'Add members to a custom list',
			description: 'Add people to a list. Those who are on it already are skipped.',
			endpoint: 'POST /chats/lists/custom/:uuid/members',
			scopes: ['write:chat'],
			fields: [
				customListUuid,
				loadedListField('userUuids', 'Fan Names or IDs', 'Fans to add', fanOptions),
			],
			execute: addMembers,
		},
		{
			name: 'Remove Member',
			action: 'Remove a member from a custom list',
			description: 'Remove a fan from a list',
			endpoint: 'DELETE /chats/lists/custom/:uuid/members/:userUuid',
			scopes: ['write:chat'],
			emptyResult: 'deleted',
			fields: [customListUuid, locatorField('userUuid', 'Fan', 'Fan to remove', chatLocator)],
		},
	],
};
