import type { FanfouResource } from '../operation';
import { int64Field, textField } from '../../shared/definition/fields';

export const savedSearches: FanfouResource = {
	name: 'Saved Search',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Create',
			action: 'Save a search',
			description: 'Save a keyword to search for again. Fanfou stores up to ten.',
			endpoint: 'POST saved_searches/create.json',
			returns: 'savedSearch',
			fields: [textField('query', 'Query', 'The keyword; several keywords are joined by |')],
			emptyMessage: 'Fanfou did not save the search; it keeps at most ten, delete one first',
		},
		{
			name: 'Delete',
			action: 'Delete a saved search',
			description: 'Delete a saved search',
			endpoint: 'POST saved_searches/destroy.json',
			returns: 'savedSearch',
			emptyResult: 'deleted',
			confirmation: { consequence: 'A deleted search has to be saved again' },
			fields: [int64Field('id', 'Saved Search ID', 'ID of the saved search to delete')],
		},
		{
			name: 'Get',
			action: 'Get a saved search',
			description: 'Get a saved search',
			endpoint: 'GET saved_searches/show.json',
			returns: 'savedSearch',
			fields: [int64Field('id', 'Saved Search ID', 'ID of the saved search to get')],
		},
		{
			name: 'Get Many',
			action: 'Get many saved searches',
			description: 'Get many saved searches of the account',
			endpoint: 'GET saved_searches/list.json',
			returns: 'list',
		},
	],
};
