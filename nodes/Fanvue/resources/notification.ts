import type { FanvueResource } from '../operation';
import { optionsField } from '../../shared/definition/fields';

/** Fanvue's numbers of events. */
const EVENTS = [
	{ name: 'Account Health', value: 26 },
	{ name: 'Creator Promo Payment', value: 19 },
	{ name: 'Fan Churn Risk', value: 28 },
	{ name: 'New Follower', value: 12 },
	{ name: 'New Subscriber', value: 10 },
	{ name: 'Poll Closed', value: 27 },
	{ name: 'Post Comment', value: 6 },
	{ name: 'Post Like', value: 7 },
	{ name: 'Promotion', value: 14 },
	{ name: 'Purchase', value: 9 },
	{ name: 'Tip', value: 11 },
];

export const notification: FanvueResource = {
	name: 'Notification',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many notifications',
			description: 'Get recent notifications, newest first',
			endpoint: 'GET /notifications',
			scopes: ['read:self'],
			creator: ['read:creator', 'read:self'],
			paging: 'page',
			resultPath: 'data',
			filters: [
				optionsField('eventType', 'Event', 'Only events of this kind', EVENTS, {
					wireFormat: 'integer',
				}),
			],
		},
	],
};
