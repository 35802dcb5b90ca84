import type { FanfouResource } from '../operation';
export const trends: FanfouResource = {
	name: 'Trend',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many trends',
			description: 'What Fanfou talks about right now; there may be nothing',
			endpoint: 'GET trends/list.json',
			returns: 'list',
			resultPath: 'trends',
		},
	],
};
