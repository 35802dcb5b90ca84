import { choice, choices, commas, list, locator, named, text } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { subscriberPicker } from '../pickers';
import { entries, lookedUp } from '../rows';
import { endDate, startDate } from '../words';

const ONLY_V1 = 'With V1 routes only';

/** Where money comes from; refunds are rows of their own under V1. */
const SOURCES = [
	...named(
		'all',
		'affiliate',
		'appStore',
		'checkoutLink',
		'mediaLink',
		'message',
		'post',
		'referral',
		'renewal',
		'subscription',
		'tip',
		'giveaway',
	),
	...named('fanExperience', 'refund', 'chargeback').map((choice) => ({
		...choice,
		description: ONLY_V1,
	})),
];

const fan = locator('userUuid', 'Fan', 'Which fan', subscriberPicker);

export const insight: Resource = {
	name: 'Insight',
	operations: [
		{
			name: 'Get Earnings',
			action: 'Get earnings',
			description: 'One row per paid invoice in a period, amounts in cents',
			endpoint: 'GET /insights/earnings',
			needs: ['read:insights'],
			traits: { v1: true, creator: ['read:creator', 'read:insights'] },
			paging: 'cursor',
			output: 'data',
			options: [
				startDate(),
				endDate(),
				choices('source', 'Sources', 'Only money from these', SOURCES, { wire: 'commas' }),
			],
		},
		{
			name: 'Get Earnings Summary',
			action: 'Get an earnings summary',
			description: 'Totals, comparison with last month, breakdowns and a series for a chart',
			endpoint: 'GET /insights/earnings/summary',
			needs: ['read:insights'],
			traits: { v1: true, creator: ['read:creator', 'read:insights'] },
			options: [
				startDate(),
				endDate(),
				choice('granularity', 'Granularity', 'Length of one step in the series', [
					{ name: 'Day', value: 'day' },
					{ name: 'Week', value: 'week' },
				]),
				text('timezone', 'Time Zone', 'Time zone in which a day begins', {
					placeholder: 'e.g. Europe/Berlin',
				}),
			],
		},
		{
			name: 'Get Earnings Percentile',
			action: 'Get the earnings percentile',
			description: 'Rank by gross earnings of the last 30 days, lower is better',
			endpoint: 'GET /insights/earnings/percentile',
			needs: ['read:insights'],
		},
		{
			name: 'Get Spending (Reversals)',
			action: 'Get refunds and chargebacks',
			description: 'Refunds and chargebacks in a period, amounts in cents',
			endpoint: 'GET /insights/spending',
			needs: ['read:insights'],
			paging: 'cursor',
			output: 'data',
			options: [
				startDate(),
				endDate(),
				choices('source', 'Sources', 'Only these', named('all', 'refund', 'chargeback'), {
					wire: 'commas',
				}),
			],
		},
		{
			name: 'Get Subscriber Trend',
			action: 'Get the trend of subscribers',
			description: 'New and lost subscriptions per day',
			endpoint: 'GET /insights/subscribers',
			needs: ['read:insights'],
			traits: { creator: ['read:creator', 'read:insights'] },
			notice: 'A series of numbers. The people are under Fan: Get Subscribers.',
			paging: 'cursor',
			output: 'data',
			options: [startDate(), endDate()],
		},
		{
			name: 'Get Top Spenders',
			action: 'Get top spenders',
			description: 'Fans in order of the money they spent, amounts in cents',
			endpoint: 'GET /insights/top-spenders',
			needs: ['read:insights', 'read:fan'],
			traits: { creator: ['read:creator', 'read:insights', 'read:fan'] },
			paging: 'page',
			output: 'data',
			options: [startDate(), endDate()],
		},
		{
			name: 'Get Fan',
			action: 'Get insights on a fan',
			description: 'Status, spending and subscription of one fan',
			endpoint: 'GET /insights/fans/:userUuid',
			needs: ['read:insights', 'read:fan'],
			traits: { v1: true },
			fields: [fan],
		},
		{
			name: 'Get Fans Bulk',
			action: 'Get insights on several fans',
			description: 'Status, spending and subscription of up to 20 fans',
			endpoint: 'GET /insights/fans',
			needs: ['read:insights', 'read:fan'],
			traits: { v1: true },
			fields: [
				commas('fanUuids', 'Fans', 'UUIDs of up to 20 fans, separated by commas', {
					items: { min: 1, max: 20 },
				}),
			],
			shape: (raw) => lookedUp(raw, 'fanUuid'),
		},
		{
			name: 'Get Fans Batch',
			action: 'Get insights on many fans',
			description: 'Status, spending and subscription of up to 100 fans',
			endpoint: 'POST /insights/fans/batch',
			needs: ['read:insights', 'read:fan'],
			writes: false,
			fields: [
				list('fanUuids', 'Fans', 'UUIDs of up to 100 fans, separated by commas', {
					items: { min: 1, max: 100 },
				}),
			],
			shape: (raw) => entries(raw, 'fanUuid'),
		},
	],
};
