import type { CalledFanvueOperation } from './operation';

/** Endpoints of webhook subscriptions, used by the Webhook resource and the trigger. */
export const CREATE_WEBHOOK = {
	name: 'Create',
	endpoint: 'POST /webhooks/subscriptions',
	scopes: ['read:creator'],
	v1: true,
	v1Scopes: ['read:self'],
} satisfies CalledFanvueOperation;

export const LIST_WEBHOOKS = {
	name: 'Get Many',
	endpoint: 'GET /webhooks/subscriptions',
	scopes: ['read:creator'],
	v1: true,
	v1Scopes: ['read:self'],
} satisfies CalledFanvueOperation;

export const DELETE_WEBHOOK = {
	name: 'Delete',
	endpoint: 'DELETE /webhooks/subscriptions/:id',
	scopes: ['read:creator'],
	v1: true,
	v1Scopes: ['read:self'],
} satisfies CalledFanvueOperation;
