import type { FanvueResource } from '../operation';
import {
	optionsField,
	multiOptionsField,
	stringListField,
	locatorField,
	optionsFromValues,
	textField,
	loadedListField,
} from '../../shared/definition/fields';

import { subscriberLocator, fanOptions } from '../locators';
import { entriesToRows, lookupResults } from '../results';
import { endDateField, startDateField } from '../commonFields';

const ONLY_V1 = 'With V1 routes only';

/** Sources of earnings; under /v1 refunds are separate rows. */
const SOURCES = [
	...optionsFromValues(
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
	...optionsFromValues('fanExperience', 'refund', 'chargeback').map((choice) => ({
		...choice,
		description: ONLY_V1,
	})),
];

const fan = locatorField('userUuid', 'Fan', 'Fan to use', subscriberLocator);

export const insight: FanvueResource = {
	name: 'Insight',
	preferred: 'Get Earnings',
	operations: [
		{
			name: 'Get Earnings',
			action: 'Get earnings',
			description:
				'Get one row per payment in a period, in US cents. With V1 routes, refunds and chargebacks are rows with negative amounts.',
			endpoint: 'GET /insights/earnings',
			scopes: ['read:insights'],
			v1: true,
			creator: ['read:creator', 'read:insights'],
			paging: 'cursor',
			resultPath: 'data',
			filters: [
				startDateField(),
				endDateField(),
				multiOptionsField('source', 'Sources', 'Sources of earnings to return', SOURCES, {
					wireFormat: 'commaList',
				}),
				stringListField(
					'transactionOrderIds',
					'Transaction Order IDs',
					'Order IDs of the transactions to return, separated by commas',
				),
			],
		},
		{
			name: 'Get Earnings Summary',
			action: 'Get an earnings summary',
			description:
				'Get totals, a comparison with last month and a series for a chart, without refunds. Up to 10 minutes old.',
			endpoint: 'GET /insights/earnings/summary',
			scopes: ['read:insights'],
			v1: true,
			creatorV1: true,
			creator: ['read:creator', 'read:insights'],
			additionalFields: [
				startDateField(),
				endDateField(),
				optionsField('granularity', 'Granularity', 'Length of one step in the series', [
					{ name: 'Day', value: 'day' },
					{ name: 'Week', value: 'week' },
				]),
				textField('timezone', 'Time Zone', 'Time zone in which a day begins', {
					placeholder: 'e.g. Europe/Berlin',
				}),
			],
		},
		{
			name: 'Get Earnings Percentile',
			action: 'Get the earnings percentile',
			description: 'Get the rank by gross earnings of the last 30 days. Lower is better.',
			endpoint: 'GET /insights/earnings/percentile',
			scopes: ['read:insights'],
		},
		{
			name: 'Get Spending (Reversals)',
			action: 'Get refunds and chargebacks',
			description: 'Get the refunds and chargebacks of a period, in US cents',
			endpoint: 'GET /insights/spending',
			scopes: ['read:insights'],
			paging: 'cursor',
			resultPath: 'data',
			filters: [
				startDateField(),
				endDateField(),
				multiOptionsField(
					'source',
					'Sources',
					'Kinds of reversals to return',
					optionsFromValues('all', 'refund', 'chargeback'),
					{
						wireFormat: 'commaList',
					},
				),
			],
		},
		{
			name: 'Get Subscriber Trend',
			action: 'Get the trend of subscribers',
			description:
				'Get the subscriptions that began and ended on each day. The total is the change since the start date.',
			endpoint: 'GET /insights/subscribers',
			scopes: ['read:insights'],
			v1: true,
			creator: ['read:creator', 'read:insights'],
			notice:
				'Returns numbers per day. To get the subscribers themselves, use Fan: Get Subscribers.',
			paging: 'cursor',
			resultPath: 'data',
			filters: [startDateField(), endDateField()],
		},
		{
			name: 'Get Top Spenders',
			action: 'Get top spenders',
			description: 'Get fans in order of the money they spent, in US cents',
			endpoint: 'GET /insights/top-spenders',
			scopes: ['read:insights', 'read:fan'],
			v1: true,
			creator: ['read:creator', 'read:insights', 'read:fan'],
			paging: 'spenders',
			resultPath: 'data',
			filters: [startDateField(), endDateField()],
		},
		{
			name: 'Get Fan Retention Summary',
			action: 'Get a summary of fan retention',
			description: 'Get how many subscribers stay, renew and leave',
			endpoint: 'GET /v1/insights/fan-retention-summary',
			scopes: ['read:insights', 'read:fan'],
		},
		{
			name: 'Get Fan',
			action: 'Get insights on a fan',
			description:
				'Get status, spending and subscription of one fan. With V1 routes, the total is net of refunds.',
			endpoint: 'GET /insights/fans/:userUuid',
			scopes: ['read:insights', 'read:fan'],
			v1: true,
			fields: [fan],
		},
		{
			name: 'Get Fans Bulk',
			action: 'Get insights on several fans',
			description: 'Get status, spending and subscription of up to 20 fans',
			endpoint: 'GET /insights/fans',
			scopes: ['read:insights', 'read:fan'],
			v1: true,
			fields: [
				loadedListField('fanUuids', 'Fan Names or IDs', 'Fans to use, at most 20', fanOptions, {
					wireFormat: 'commaList',
					items: { min: 1, max: 20 },
				}),
			],
			transformResult: (raw) => lookupResults(raw, 'fanUuid'),
		},
		{
			name: 'Get Fans Batch',
			action: 'Get insights on many fans',
			description: 'Get status, spending and subscription of up to 100 fans',
			endpoint: 'POST /insights/fans/batch',
			scopes: ['read:insights', 'read:fan'],
			writes: false,
			fields: [
				loadedListField('fanUuids', 'Fan Names or IDs', 'Fans to use, at most 100', fanOptions, {
					items: { min: 1, max: 100 },
				}),
			],
			transformResult: (raw) => entriesToRows(raw, 'fanUuid'),
		},
	],
};
