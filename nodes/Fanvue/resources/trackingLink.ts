import type { FanvueResource } from '../operation';
import {
	optionsField,
	dateTimeField,
	locatorField,
	textField,
} from '../../shared/definition/fields';

import { subscriberLocator, trackingLinkLocator } from '../locators';

const which = locatorField('uuid', 'Tracking Link', 'Tracking link to use', trackingLinkLocator);

const read = { creator: ['read:tracking_links', 'read:creator'] };
const write = { creator: ['write:tracking_links', 'write:creator'] };

export const trackingLink: FanvueResource = {
	name: 'Tracking Link',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many tracking links',
			description: 'Get the campaign links with clicks, fans and earnings in US cents',
			endpoint: 'GET /tracking-links',
			scopes: ['read:tracking_links'],
			v1: true,
			...read,
			paging: 'limited',
			resultPath: 'data',
			filters: [
				dateTimeField('createdAfter', 'Created After', 'Only links made after this time'),
				dateTimeField('createdBefore', 'Created Before', 'Only links made before this time'),
			],
		},
		{
			name: 'Create',
			action: 'Create a tracking link',
			description: 'Create a campaign link',
			endpoint: 'POST /tracking-links',
			scopes: ['write:tracking_links'],
			...write,
			fields: [
				textField('name', 'Name', 'Name of the link'),
				optionsField(
					'externalSocialPlatform',
					'Platform',
					'Platform where the link is used',
					[
						{ name: 'Facebook', value: 'facebook' },
						{ name: 'Instagram', value: 'instagram' },
						{ name: 'Other', value: 'other' },
						{ name: 'Reddit', value: 'reddit' },
						{ name: 'Snapchat', value: 'snapchat' },
						{ name: 'TikTok', value: 'tiktok' },
						{ name: 'Twitter', value: 'twitter' },
						{ name: 'YouTube', value: 'youtube' },
					],
					{ default: 'instagram' },
				),
			],
		},
		{
			name: 'Delete',
			action: 'Delete a tracking link',
			description: 'Delete a campaign link',
			confirmation: { consequence: 'A deleted link stops working and cannot be restored' },
			endpoint: 'DELETE /tracking-links/:uuid',
			scopes: ['write:tracking_links'],
			...write,
			emptyResult: 'deleted',
			fields: [which],
		},
		{
			name: 'Get Users',
			action: 'Get users of a tracking link',
			description: 'Get the people who came through a link',
			endpoint: 'GET /tracking-links/:uuid/users',
			scopes: ['read:tracking_links'],
			...read,
			paging: 'limited',
			resultPath: 'data',
			fields: [which],
		},
		{
			name: 'Get User Metadata',
			action: 'Get metadata of a user of a tracking link',
			description: "Get the custom data of a fan's latest visit through a link",
			endpoint: 'GET /tracking-links/:uuid/users/:userUuid/metadata',
			scopes: ['read:tracking_links'],
			...read,
			fields: [
				which,
				locatorField('userUuid', 'Fan', 'Fan whose metadata to get', subscriberLocator),
			],
		},
	],
};
