import { apiRequestResource } from '../../shared/execution/apiRequest/resource';
import { paging } from '../paging';
import { findList } from '../readList';

export const apiRequest = apiRequestResource({
	pathPlaceholder: 'e.g. /getGuildMembersCount',
	search: 'searchEndpoints',
	paging: [
		{
			name: 'After',
			value: 'after',
			description: 'With limit and the last user ID as after',
			strategy: paging.membersAfter,
		},
		{
			name: 'Last ID',
			value: 'lastId',
			description: 'With size and the last user ID as last_id',
			strategy: paging.roleMembers,
		},
		{
			name: 'List ID',
			value: 'listId',
			description: 'With the list_id of the last response, while next is true',
			strategy: paging.listId,
		},
		{
			name: 'Message History',
			value: 'history',
			description: 'With size and the last message ID as message_id, backwards',
			strategy: paging.history,
		},
	],
	listIn: findList,
});
