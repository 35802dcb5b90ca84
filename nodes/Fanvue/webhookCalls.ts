import type { CalledFanvueOperation } from './operation';

/** The calls for webhook subscriptions, which both the Webhook resource and the trigger make. */
export const CREATE_WEBHOOK = {
	name: 'Create',
	endpoint: 'POST /webhooks/subscriptions',
	scopes: ['read:creator'],
	v1: true,
} satisfies CalledFanvueOperation;

export const LIST_WEBHOOKS = {
	name: 'Get Many',
	endpoint: 'GET /webhooks/subscriptions',
	scopes: ['read:creator'],
} satisfies CalledFanvueOperation;

export const DELETE_WEBHOOK = {
	name: 'Delete',
	endpoint: 'DELETE /webhooks/subscriptions/:id',
	scopes: ['read:creator'],
	v1: true,
} satisfies CalledFanvueOperation;
