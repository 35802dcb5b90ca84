import type { FanvueResource } from '../../operation';
import { optionsField, integerField } from '../../../shared/definition/fields';

import { endDateField, startDateField } from '../../commonFields';
import { getAutomationContext } from './get';

const limitField = (key: string, displayName: string, what: string) =>
	integerField(key, displayName, `Max number of ${what} to include`, {
		notSent: true,
		min: 0,
		max: 1000,
		default: 20,
	});

/** Data on which an automation can base its next action, in one object. */
export const automationContext: FanvueResource = {
	name: 'Automation Context',
	preferred: 'Get',
	operations: [
		{
			name: 'Get',
			action: 'Get the automation context',
			description:
				'Get media with captions and addresses, subscribers, top spenders and earnings at once',
			endpoint: 'GET /media',
			scopes: ['read:media', 'read:fan', 'read:insights'],
			v1: true,
			creator: ['read:creator', 'read:media', 'read:fan', 'read:insights'],
			joins: true,
			resultPath: 'data',
			additionalFields: [
				startDateField({ notSent: true }),
				endDateField({ notSent: true }),
				optionsField(
					'variant',
					'Variant',
					'Rendition to return the address of',
					[
						{ name: 'Blurred', value: 'blurred' },
						{ name: 'Main', value: 'main' },
						{ name: 'None', value: 'none' },
						{ name: 'Thumbnail', value: 'thumbnail' },
					],
					{ notSent: true, default: 'main' },
				),
				limitField('mediaLimit', 'Media Limit', 'media'),
				limitField('subscriberLimit', 'Subscriber Limit', 'subscribers'),
				limitField('topSpenderLimit', 'Top Spender Limit', 'top spenders'),
			],
			execute: getAutomationContext,
		},
	],
};
