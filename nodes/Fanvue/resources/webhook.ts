import type { FanvueOperation, FanvueResource } from '../operation';
import { webhookLocator } from '../locators';
import { locatorField, multiOptionsField, textField } from '../../shared/definition/fields';

import { unwrapData } from '../results';
import { CREATE_WEBHOOK, DELETE_WEBHOOK, LIST_WEBHOOKS } from '../webhookCalls';
import { SUBSCRIBABLE_EVENTS } from '../webhookTopics';

const createWebhook: FanvueOperation = {
	...CREATE_WEBHOOK,
	action: 'Create a webhook',
	description: 'Send events to an address of your own',
	notice:
		'The output contains the signing secret, which Fanvue shows only once. It is saved with the execution, so store it safely and delete the execution.',
	fields: [
		textField('url', 'URL', 'Public HTTPS address that receives the events', {
			placeholder: 'e.g. https://example.com/fanvue',
		}),
		multiOptionsField(
			'events',
			'Events',
			'Events to send. An expression may give topics that are not listed, separated by commas.',
			SUBSCRIBABLE_EVENTS,
		),
	],
};

const listWebhooks: FanvueOperation = {
	...LIST_WEBHOOKS,
	action: 'Get many webhooks',
	description: 'Get the webhooks that this app has created',
	// The shape of this list is not documented.
	transformResult: unwrapData,
};

const deleteWebhook: FanvueOperation = {
	...DELETE_WEBHOOK,
	action: 'Delete a webhook',
	description: 'Stop sending events to an address',
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
