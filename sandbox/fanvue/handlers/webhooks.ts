import type { FanvueHandlers } from '../context';
import type { WebhookSubscription } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import { TOPICS } from '../webhooks/topics';
import { addWebhookSubscription } from '../mutations';

/** Returns whether a URL is accepted. The service requires public HTTPS; here this machine is accepted as well. */
function isAllowed(address: string): boolean {
	try {
		const { protocol, hostname } = new URL(address);
		const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
		return protocol === 'https:' || (protocol === 'http:' && isLocal);
	} catch {
		return false;
	}
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
	createWebhookSubscription(context) {
		const { state, account, parameters } = context;
		if (state.settings.webhooks.registration === 'refused') {
			throw badRequest('Webhook subscriptions are not available for this app');
		}
		const url = parameters.text('url');
		const events = parameters.texts('events');
		if (!isAllowed(url)) throw validationError('url must be a public HTTPS address');
		if (events.length === 0) throw validationError('events needs at least one topic');
		const unknown = events.find((event) => !TOPICS.includes(event));
		if (unknown !== undefined) throw validationError(`events: ${unknown} is no topic`);
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
