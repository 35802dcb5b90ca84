import type { FanvueResource } from '../operation';
import { locatorField, textField } from '../../shared/definition/fields';

import { collectionLocator } from '../locators';

const which = locatorField('uuid', 'Collection', 'Collection to use', collectionLocator);

const label = (description: string) =>
	textField('label', 'Label', description, { length: { min: 1, max: 100 } });

export const collection: FanvueResource = {
	name: 'Collection',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many collections',
			description: 'Get the collections of posts',
			endpoint: 'GET /collections',
			scopes: ['read:post'],
			v1: true,
			paging: 'undeclared',
			resultPath: 'data',
		},
		{
			name: 'Create',
			action: 'Create a collection',
			description: 'Create a collection of posts',
			endpoint: 'POST /collections',
			scopes: ['write:post'],
			fields: [label('Name of the collection')],
		},
		{
			name: 'Rename',
			action: 'Rename a collection',
			description: 'Give a collection another name',
			endpoint: 'PATCH /collections/:uuid',
			scopes: ['write:post'],
			fields: [which, label('New name of the collection')],
		},
		{
			name: 'Delete',
			action: 'Delete a collection',
			description: 'Delete a collection. Its posts are kept.',
			confirmation: { consequence: 'A deleted collection cannot be restored. Its posts remain' },
			endpoint: 'DELETE /collections/:uuid',
			scopes: ['write:post'],
			emptyResult: 'deleted',
			fields: [which],
		},
	],
};
