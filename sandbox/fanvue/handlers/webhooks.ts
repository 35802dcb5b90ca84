import { randomBytes } from 'node:crypto';
import type { FanvueHandlers } from '../context';
import type { WebhookSubscription } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, ok, badRequest } from '../replies';
import type { FanvueState } from '../state';
import { TOPICS } from '../webhooks/topics';

/** Whether an address may be posted to. The service takes public https only; here, this machine too. */
function isAllowed(address: string): boolean {
	try {
		const { protocol, hostname } = new URL(address);
		const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
		return protocol === 'https:' || (protocol === 'http:' && isLocal);
	} catch {
		return false;
	}
}

/** Adds a subscription; `clientId` is null for an endpoint entered in the developer area. */
export function addSubscription(
	state: FanvueState,
	clientId: string | null,
	url: string,
	events: readonly string[],
	secret = `whsec_${randomBytes(24).toString('base64url')}`,
): WebhookSubscription {
	const subscription: WebhookSubscription = {
		id: state.ids.next('webhook'),
		clientId,
		url,
		events: [...events],
		signingSecret: secret,
		createdAt: state.nextTimestamp(),
	};
	state.webhooks.push(subscription);
	state.signingSecrets.push(secret);
	return subscription;
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
	createWebhookSubscription(call) {
		const { state, account, parameters } = call;
		if (state.settings.webhooks.registration === 'refused') {
			throw badRequest('Webhook subscriptions are not available for this app');
		}
		const url = parameters.text('url');
		const events = parameters.texts('events');
		if (!isAllowed(url)) throw validationError('url must be a public HTTPS address');
		if (events.length === 0) throw validationError('events needs at least one topic');
		const stranger = events.find((event) => !TOPICS.includes(event));
		if (stranger !== undefined) throw validationError(`events: ${stranger} is no topic`);
		const subscription = addSubscription(state, account.clientId, url, events);
		return created({
			...subscriptionView(subscription),
			signingSecret: subscription.signingSecret,
		});
	},

	listWebhookSubscriptions({ state, account }) {
		const own = state.webhooks.filter(({ clientId }) => clientId === account.clientId);
		// The shape is not documented; it is taken to be like the other lists.
		return ok({ data: own.map(subscriptionView) });
	},

	deleteWebhookSubscription(call) {
		const { state, account } = call;
		const id = call.id('id');
		const index = state.webhooks.findIndex(
			(item) => item.id === id && item.clientId === account.clientId,
		);
		if (index < 0) throw notFound('Webhook subscription');
		state.webhooks.splice(index, 1);
		return NO_CONTENT;
	},
};
