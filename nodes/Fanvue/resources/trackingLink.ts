import { choice, date, locator, text } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { subscriberPicker, trackingLinkPicker } from '../pickers';

const which = locator('uuid', 'Tracking Link', 'Which tracking link', trackingLinkPicker);

const read = { creator: ['read:tracking_links', 'read:creator'] };
const write = { creator: ['write:tracking_links', 'write:creator'] };

export const trackingLink: Resource = {
	name: 'Tracking Link',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many tracking links',
			description: 'Campaign links with clicks, fans and earnings in cents',
			endpoint: 'GET /tracking-links',
			needs: ['read:tracking_links'],
			traits: read,
			paging: 'limited',
			output: 'data',
			options: [
				date('createdAfter', 'Created After', 'Only links made after this time'),
				date('createdBefore', 'Created Before', 'Only links made before this time'),
			],
		},
		{
			name: 'Create',
			action: 'Create a tracking link',
			description: 'A new campaign link',
			endpoint: 'POST /tracking-links',
			needs: ['write:tracking_links'],
			traits: write,
			fields: [
				text('name', 'Name', 'Name of the link'),
				choice(
					'externalSocialPlatform',
					'Platform',
					'Where the link is used',
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
			endpoint: 'DELETE /tracking-links/:uuid',
			needs: ['write:tracking_links'],
			traits: write,
			receipt: 'deleted',
			fields: [which],
		},
		{
			name: 'Get Users',
			action: 'Get users of a tracking link',
			description: 'People who came through a link',
			endpoint: 'GET /tracking-links/:uuid/users',
			needs: ['read:tracking_links'],
			traits: read,
			paging: 'limited',
			output: 'data',
			fields: [which],
		},
		{
			name: 'Get User Metadata',
			action: 'Get metadata of a user of a tracking link',
			description: 'Custom data of the latest visit of a person through a link',
			endpoint: 'GET /tracking-links/:uuid/users/:userUuid/metadata',
			needs: ['read:tracking_links'],
			traits: read,
			fields: [which, locator('userUuid', 'Person', 'Which person', subscriberPicker)],
		},
	],
};
