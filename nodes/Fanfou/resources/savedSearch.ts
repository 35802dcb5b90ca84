import type { FanfouResource } from '../operation';
import { locatorField, textField } from '../../shared/definition/fields';
import { locators } from '../locators';

const savedSearch = (description: string) =>
	locatorField('id', 'Saved Search', description, locators.savedSearch, { wireFormat: 'int64' });

export const savedSearches: FanfouResource = {
	name: 'Saved Search',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Create',
			action: 'Save a search',
			description: 'Save a keyword to search for again. Fanfou stores up to ten.',
			endpoint: 'POST saved_searches/create.json',
			fields: [
				textField('query', 'Query', 'Text to search for. Separate several keywords with |.'),
			],
			emptyMessage: 'Fanfou did not save the search; it keeps at most ten, delete one first',
		},
		{
			name: 'Delete',
			action: 'Delete a saved search',
			description: 'Delete a saved search',
			endpoint: 'POST saved_searches/destroy.json',
			emptyResult: 'deleted',
			confirmation: { consequence: 'A deleted search has to be saved again' },
			fields: [savedSearch('The saved search to delete')],
		},
		{
			name: 'Get',
			action: 'Get a saved search',
			description: 'Get a saved search',
			endpoint: 'GET saved_searches/show.json',
			fields: [savedSearch('The saved search to get')],
		},
		{
			name: 'Get Many',
			action: 'Get many saved searches',
			description: 'Get many saved searches of the account',
			endpoint: 'GET saved_searches/list.json',
		},
	],
};
