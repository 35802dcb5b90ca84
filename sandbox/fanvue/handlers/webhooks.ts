import type { FanvueHandlers } from '../context';
import type { WebhookSubscription } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import { acceptsProbe, isLocal } from '../webhooks/probe';
import { SUBSCRIBABLE_TOPICS, topicScope } from '../webhooks/topics';
import { addWebhookSubscription } from '../mutations';

/** Returns whether a URL is accepted. The service requires public HTTPS. */
function isAllowed(address: string, requireHttps: boolean): boolean {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return false;
	}
	if (requireHttps) return url.protocol === 'https:' && !isLocal(url);
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url));
}

function subscriptionView({
	id,
	url,
	events,
	createdAt,
}: WebhookSubscription): Record<string, unknown> {
	return { id, url, events, createdAt: iso(createdAt) };
}

export const webhookHandlers: FanvueHandlers = {
	async createWebhookSubscription(context) {
		const { state, account, parameters } = context;
		const { registration, requireHttps, probe } = state.settings.webhooks;
		if (registration === 'refused') {
			throw badRequest('Webhook subscriptions are not available for this app');
		}
		const url = parameters.text('url');
		const events = parameters.texts('events');
		if (!isAllowed(url, requireHttps)) throw validationError('url must be a public HTTPS address');
		if (events.length === 0) throw validationError('events needs at least one topic');
		const unknown = events.find((event) => !SUBSCRIBABLE_TOPICS.includes(event));
		if (unknown !== undefined) throw validationError(`events: ${unknown} is not a topic`);
		// The service explains neither of these errors.
		const isInScope = events.every((event) => account.scopes.includes(topicScope(event) ?? ''));
		if (!isInScope) throw badRequest('');
		if (probe && !(await acceptsProbe(state, url))) throw badRequest('');
		const subscription = addWebhookSubscription(state, {
			clientId: account.clientId,
			url,
			events,
		});
		return created({
			...subscriptionView(subscription),
			signingSecret: subscription.signingSecret,
		});
	},

	listWebhookSubscriptions({ state, account }) {
		const own = state.webhooks.filter(({ clientId }) => clientId === account.clientId);
		// The response is not documented. It is assumed to be like the other lists.
		return ok({ data: own.map(subscriptionView) });
	},

	deleteWebhookSubscription(context) {
		const { state, account } = context;
		const id = context.id('id');
		const index = state.webhooks.findIndex(
			(item) => item.id === id && item.clientId === account.clientId,
		);
		if (index < 0) throw notFound('Webhook subscription');
		state.webhooks.splice(index, 1);
		return NO_CONTENT;
	},
};
