import type { FanfouResource } from '../operation';
export const trends: FanfouResource = {
	name: 'Trend',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many trends',
			description: 'Get the current trending topics. The list can be empty.',
			endpoint: 'GET trends/list.json',
			resultPath: 'trends',
		},
	],
};
