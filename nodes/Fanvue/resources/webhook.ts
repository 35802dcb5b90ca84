import type { FanvueOperation, FanvueResource } from '../operation';
import { webhookLocator } from '../locators';
import { stringListField, textField, locatorField } from '../../shared/definition/fields';

import { unwrapData } from '../results';
import { CREATE_WEBHOOK, DELETE_WEBHOOK, LIST_WEBHOOKS } from '../webhookCalls';

const createWebhook: FanvueOperation = {
	...CREATE_WEBHOOK,
	action: 'Create a webhook',
	description: 'Have events sent to an address of your own',
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

const listWebhooks: FanvueOperation = {
	...LIST_WEBHOOKS,
	action: 'Get many webhooks',
	description: 'Webhooks made by this app',
	// The shape of this list is not documented.
	returnsList: true,
	transformResult: unwrapData,
};

const deleteWebhook: FanvueOperation = {
	...DELETE_WEBHOOK,
	action: 'Delete a webhook',
	description: 'Have no more events sent',
	confirmation: {
		consequence: 'Its events are no longer sent, and a new webhook has another secret',
	},
	emptyResult: 'deleted',
	fields: [locatorField('id', 'Webhook', 'Webhook to delete', webhookLocator)],
};

/** The subscriptions as returned by the API; the trigger node manages its own. */
export const webhook: FanvueResource = {
	name: 'Webhook',
	preferred: 'Get Many',
	operations: [createWebhook, listWebhooks, deleteWebhook],
};
