import type { FanvueResource } from '../operation';
import { dateTimeField, booleanField, locatorField } from '../../shared/definition/fields';

import { excludedListsField, recipientListsField } from '../recipientLists';
import { massMessageLocator } from '../locators';
import { pick } from '../results';
import {
	attachedMediaField,
	mediaPreviewField,
	newPriceField,
	priceField,
	textField,
} from '../commonFields';

const broadcast = locatorField(
	'messageUuid',
	'Mass Message',
	'Mass message to use',
	massMessageLocator,
);

const scheduledAt = (description: string) =>
	dateTimeField('scheduledAt', 'Scheduled At', description);

/** A mass message without the counters that are zero until it is sent. */
const simplify = pick<'MassMessage'>(
	'uuid',
	'text',
	'status',
	'price',
	'recipientCount',
	'purchaseCount',
	'totalRevenue',
	'publishedAt',
	'scheduledAt',
);

export const massMessage: FanvueResource = {
	name: 'Mass Message',
	preferred: 'Send',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many mass messages',
			description: 'Get the mass messages with recipients, views, purchases and revenue',
			endpoint: 'GET /chats/mass-messages',
			scopes: ['read:chat'],
			creator: ['read:creator', 'read:chat'],
			paging: 'page',
			resultPath: 'data',
			simplify,
			filters: [
				booleanField('includeDeleted', 'Include Deleted', 'Whether to return unsent messages, too'),
			],
		},
		{
			name: 'Send',
			action: 'Send a mass message',
			description: 'Send a message to everyone on some lists, now or later',
			confirmation: { consequence: 'Every member of the lists receives the message' },
			endpoint: 'POST /chats/mass-messages',
			scopes: ['write:chat', 'read:fan'],
			v1: true,
			creator: ['write:chat', 'read:creator', 'read:fan'],
			onlyV1: ['mediaPreviewUuid'],
			notice:
				'Goes to lists only. To reach individual people, use Message: Send to Several, or add them to a custom list first.',
			fields: [
				recipientListsField(
					'includedLists',
					'Included Lists',
					'Lists whose members receive the message. At least one is needed.',
				),
				textField('Text of the message', { required: false, hint: 'Fill in Text or Media' }),
				attachedMediaField({ required: false }),
				newPriceField('Price for unlocking the media'),
			],
			oneOf: [['text', 'mediaUuids']],
			additionalFields: [
				excludedListsField(),
				scheduledAt('Time at which to send. Leave empty to send now.'),
				mediaPreviewField('Media to show for free before unlocking. With V1 routes only.'),
			],
		},
		{
			name: 'Update',
			action: 'Update a mass message',
			description: 'Change a scheduled mass message before it is sent',
			confirmation: { consequence: 'Every member of the lists receives the changed message' },
			endpoint: 'PATCH /chats/mass-messages/:messageUuid',
			scopes: ['write:chat'],
			creator: ['write:chat', 'read:creator'],
			fields: [broadcast],
			updateFields: [
				textField('New text', { length: { max: 5000 } }),
				attachedMediaField(),
				priceField('New price of unlocking the media', {
					nullable: true,
					hint: 'In cents: 999 is 9.99 dollars. At least 300. Fanvue describes a message without a price as free, so enter the price to be sure to keep it.',
				}),
				recipientListsField(
					'includedLists',
					'Included Lists',
					'Lists whose members receive the message',
				),
				excludedListsField(),
				scheduledAt('New time at which to send'),
			],
		},
		{
			name: 'Delete',
			action: 'Delete a mass message',
			description: 'Unsend a mass message. Buyers keep what they bought.',
			confirmation: {
				consequence: 'The message is withdrawn from every recipient who has not bought it',
			},
			endpoint: 'DELETE /chats/mass-messages/:messageUuid',
			scopes: ['write:chat'],
			creator: ['write:chat', 'read:creator'],
			emptyResult: 'deleted',
			fields: [broadcast],
		},
	],
};
