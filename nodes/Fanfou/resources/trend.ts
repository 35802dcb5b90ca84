import type { Resource } from '../../shared/operation';

export const trends: Resource = {
	name: 'Trend',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many trends',
			description: 'What Fanfou talks about right now; there may be nothing',
			endpoint: 'GET trends/list.json',
			output: 'trends',
		},
	],
};
