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
			description: 'One row per paid invoice in a period, amounts in cents',
			endpoint: 'GET /insights/earnings',
			scopes: ['read:insights'],
			v1: true,
			creator: ['read:creator', 'read:insights'],
			paging: 'cursor',
			resultPath: 'data',
			filters: [
				startDateField(),
				endDateField(),
				multiOptionsField('source', 'Sources', 'Only money from these', SOURCES, {
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
			description: 'Totals, comparison with last month, breakdowns and a series for a chart',
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
			description: 'Rank by gross earnings of the last 30 days, lower is better',
			endpoint: 'GET /insights/earnings/percentile',
			scopes: ['read:insights'],
		},
		{
			name: 'Get Spending (Reversals)',
			action: 'Get refunds and chargebacks',
			description: 'Refunds and chargebacks in a period, amounts in cents',
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
					'Only these',
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
			description: 'New and lost subscriptions per day',
			endpoint: 'GET /insights/subscribers',
			scopes: ['read:insights'],
			v1: true,
			creator: ['read:creator', 'read:insights'],
			notice: 'A series of numbers. The people are under Fan: Get Subscribers.',
			paging: 'cursor',
			resultPath: 'data',
			filters: [startDateField(), endDateField()],
		},
		{
			name: 'Get Top Spenders',
			action: 'Get top spenders',
			description: 'Fans in order of the money they spent, amounts in cents',
			endpoint: 'GET /insights/top-spenders',
			scopes: ['read:insights', 'read:fan'],
			v1: true,
			creator: ['read:creator', 'read:insights', 'read:fan'],
			paging: 'page',
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
			description: 'Status, spending and subscription of one fan',
			endpoint: 'GET /insights/fans/:userUuid',
			scopes: ['read:insights', 'read:fan'],
			v1: true,
			fields: [fan],
		},
		{
			name: 'Get Fans Bulk',
			action: 'Get insights on several fans',
			description: 'Status, spending and subscription of up to 20 fans',
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
			description: 'Status, spending and subscription of up to 100 fans',
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
