import { apiRequestResource } from '../../shared/execution/apiRequest/resource';
import { valueAtPath } from '../../shared/json';
import { MAX_PAGE_SIZE, nextPage } from '../paging';

export const apiRequest = apiRequestResource({
	pathPlaceholder: 'e.g. /chats/{userUuid}/messages',
	search: 'searchEndpoints',
	paging: [
		{
			name: 'Page Number',
			value: 'page',
			description: 'With page and size, until the response has no more pages',
			strategy: {
				size: MAX_PAGE_SIZE,
				first: (size) => ({ page: 1, size }),
				next: nextPage,
			},
		},
		{
			name: 'Cursor and Size',
			value: 'cursor',
			description: 'With size and the cursor of the last response',
			strategy: { size: MAX_PAGE_SIZE, first: (size) => ({ size }), next: nextPage },
		},
		{
			name: 'Cursor and Limit',
			value: 'cursorLimit',
			description: 'With limit and the cursor or dates of the last response',
			strategy: { size: MAX_PAGE_SIZE, first: (limit) => ({ limit }), next: nextPage },
		},
	],
	listIn: (data) => {
		const rows = Array.isArray(data) ? data : valueAtPath(data, 'data');
		return Array.isArray(rows) ? rows : undefined;
	},
});
