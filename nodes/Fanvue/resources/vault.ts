import type { FanvueResource } from '../operation';
import { locatorField, textField, loadedListField } from '../../shared/definition/fields';

import { mediaLocator, mediaOptions } from '../locators';
import { folderField as named } from '../commonFields';

const folder = named('Vault folder to use');

const read = { creator: ['read:creator', 'read:media'] };
const write = { creator: ['write:creator', 'write:media'] };

const name = (description: string) =>
	textField('name', 'Name', description, { length: { min: 1, max: 255 } });

export const vault: FanvueResource = {
	name: 'Vault',
	preferred: 'Get Folders',
	operations: [
		{
			name: 'Get Folders',
			action: 'Get vault folders',
			description: 'Get the folders with their number of media',
			endpoint: 'GET /vault/folders',
			scopes: ['read:media'],
			...read,
			paging: 'undeclared',
			resultPath: 'data',
		},
		{
			name: 'Create Folder',
			action: 'Create a vault folder',
			description: 'Create a folder in the vault',
			endpoint: 'POST /vault/folders',
			scopes: ['write:media'],
			...write,
			fields: [name('Name of the folder')],
		},
		{
			name: 'Get Folder',
			action: 'Get a vault folder',
			description: 'Get a folder by its name',
			endpoint: 'GET /vault/folders/:folderName',
			scopes: ['read:media'],
			...read,
			fields: [folder],
		},
		{
			name: 'Rename Folder',
			action: 'Rename a vault folder',
			description: 'Give a folder another name',
			endpoint: 'PATCH /vault/folders/:folderName',
			scopes: ['write:media'],
			...write,
			fields: [folder, name('New name of the folder')],
		},
		{
			name: 'Delete Folder',
			action: 'Delete a vault folder',
			description: 'Delete a folder. Its media are kept.',
			confirmation: { consequence: 'A deleted folder cannot be restored. Its media remain' },
			endpoint: 'DELETE /vault/folders/:folderName',
			scopes: ['write:media'],
			...write,
			emptyResult: 'deleted',
			fields: [folder],
		},
		{
			name: 'Get Folder Media',
			action: 'Get media of a vault folder',
			description: 'Get the media in a folder, without addresses',
			endpoint: 'GET /vault/folders/:folderName/media',
			scopes: ['read:media'],
			...read,
			paging: 'page',
			resultPath: 'data',
			fields: [folder],
		},
		{
			name: 'Add Media',
			action: 'Add media to a vault folder',
			description: 'Add media to a folder',
			endpoint: 'POST /vault/folders/:folderName/media',
			scopes: ['write:media'],
			...write,
			fields: [
				folder,
				loadedListField('mediaUuids', 'Media Names or IDs', 'Media to add', mediaOptions),
			],
		},
		{
			name: 'Remove Media',
			action: 'Remove media from a vault folder',
			description: 'Remove an item from a folder. The item itself is kept.',
			endpoint: 'DELETE /vault/folders/:folderName/media/:mediaUuid',
			scopes: ['write:media'],
			...write,
			emptyResult: 'deleted',
			fields: [folder, locatorField('mediaUuid', 'Media', 'Media item to use', mediaLocator)],
		},
	],
};
