import type { FanfouResource } from '../operation';
import { int64Field, textField } from '../../shared/definition/fields';

export const savedSearches: FanfouResource = {
	name: 'Saved Search',
	operations: [
		{
			name: 'Create',
			action: 'Save a search',
			description: 'Keep a keyword to look for again; Fanfou keeps at most ten',
			endpoint: 'POST saved_searches/create.json',
			returns: 'savedSearch',
			fields: [textField('query', 'Query', 'The keyword; several keywords are joined by |')],
			emptyMessage: 'Fanfou did not save the search; it keeps at most ten, delete one first',
		},
		{
			name: 'Delete',
			action: 'Delete a saved search',
			description: 'Forget a saved search',
			endpoint: 'POST saved_searches/destroy.json',
			returns: 'savedSearch',
			emptyResult: 'deleted',
			fields: [int64Field('id', 'Saved Search ID', 'The saved search to forget')],
		},
		{
			name: 'Get',
			action: 'Get a saved search',
			description: 'One saved search',
			endpoint: 'GET saved_searches/show.json',
			returns: 'savedSearch',
			fields: [int64Field('id', 'Saved Search ID', 'The saved search to get')],
		},
		{
			name: 'Get Many',
			action: 'Get many saved searches',
			description: 'All saved searches of the account',
			endpoint: 'GET saved_searches/list.json',
			returns: 'list',
		},
	],
};
