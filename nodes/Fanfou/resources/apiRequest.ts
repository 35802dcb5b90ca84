import { apiRequestResource } from '../../shared/execution/apiRequest/resource';
import type { FanfouResource } from '../operation';
import { numbered, timeline } from '../paging';

const { preferred, name, operations } = apiRequestResource({
	pathPlaceholder: 'e.g. /statuses/user_timeline.json',
	search: 'searchEndpoints',
	paging: [
		{
			name: 'Last ID',
			value: 'maxId',
			description: 'With count and the ID of the last row as max_id',
			strategy: timeline,
		},
		{
			name: 'Page Number',
			value: 'page',
			description: 'With count and page, until a page has no new rows',
			strategy: numbered,
		},
	],
	listIn: (data) => (Array.isArray(data) ? data : undefined),
	completePath,
});

/** Every path ends with the format of the response; without it Fanfou returns a page or nothing. */
function completePath(encodedPath: string): string {
	return /\.(?:json|xml|rss|atom)$/i.test(encodedPath) ? encodedPath : `${encodedPath}.json`;
}

export const apiRequest: FanfouResource = {
	name,
	preferred,
	operations,
};
