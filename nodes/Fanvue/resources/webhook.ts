import type { FanvueOperation, FanvueResource } from '../operation';
import { idField, stringListField, textField } from '../../shared/definition/fields';

import { unwrapData } from '../results';

export const createWebhook: FanvueOperation = {
	name: 'Create',
	action: 'Create a webhook',
	description: 'Have events sent to an address of your own',
	endpoint: 'POST /webhooks/subscriptions',
	scopes: ['read:creator'],
	v1: true,
	notice:
		'The answer holds the signing secret, this one time. Put it away safely: it is saved with the execution.',
	fields: [
		textField('url', 'URL', 'Public HTTPS address that takes the events', {
			placeholder: 'e.g. https://example.com/fanvue',
		}),
		stringListField('events', 'Events', 'Topics of the events, separated by commas', {
			placeholder: 'e.g. creator.message.received',
		}),
	],
};

export const listWebhooks: FanvueOperation = {
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Webhooks made by this app',
	endpoint: 'GET /webhooks/subscriptions',
	scopes: ['read:creator'],
	// The shape of this list is not documented.
	transformResult: unwrapData,
};

export const deleteWebhook: FanvueOperation = {
	name: 'Delete',
	action: 'Delete a webhook',
	description: 'Have no more events sent',
	endpoint: 'DELETE /webhooks/subscriptions/:id',
	scopes: ['read:creator'],
	v1: true,
	emptyResult: 'deleted',
	fields: [idField('id', 'Webhook', 'ID of the webhook')],
};

/** The raw subscriptions; the trigger node keeps its own. */
export const webhook: FanvueResource = {
	name: 'Webhook',
	operations: [createWebhook, listWebhooks, deleteWebhook],
};
