import { randomBytes } from 'node:crypto';
import type { FanvueHandlers } from '../call';
import type { WebhookSubscription } from '../model';
import { NO_CONTENT, created, invalid, iso, notFound, ok, rejected } from '../replies';
import type { World } from '../world';
import { TOPICS } from './topics';

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
	world: World,
	clientId: string | null,
	url: string,
	events: readonly string[],
	secret = `whsec_${randomBytes(24).toString('base64url')}`,
): WebhookSubscription {
	const subscription: WebhookSubscription = {
		id: world.ids.next('webhook'),
		clientId,
		url,
		events: [...events],
		signingSecret: secret,
		createdAt: world.stamp(),
	};
	world.webhooks.push(subscription);
	world.signingSecrets.push(secret);
	return subscription;
}

function view({ id, url, events, createdAt }: WebhookSubscription): Record<string, unknown> {
	return { id, url, events, createdAt: iso(createdAt) };
}

export const webhookHandlers: FanvueHandlers = {
	createWebhookSubscription(call) {
		const { world, account, parameters } = call;
		if (world.settings.webhooks.registration === 'refused') {
			throw rejected('Webhook subscriptions are not available for this app');
		}
		const url = parameters.text('url');
		const events = parameters.texts('events');
		if (!isAllowed(url)) throw invalid('url must be a public HTTPS address');
		if (events.length === 0) throw invalid('events needs at least one topic');
		const stranger = events.find((event) => !TOPICS.includes(event));
		if (stranger !== undefined) throw invalid(`events: ${stranger} is no topic`);
		const subscription = addSubscription(world, account.clientId, url, events);
		return created({ ...view(subscription), signingSecret: subscription.signingSecret });
	},

	listWebhookSubscriptions({ world, account }) {
		const own = world.webhooks.filter(({ clientId }) => clientId === account.clientId);
		// The shape is not documented; it is taken to be like the other lists.
		return ok({ data: own.map(view) });
	},

	deleteWebhookSubscription(call) {
		const { world, account } = call;
		const id = call.id('id');
		const index = world.webhooks.findIndex(
			(item) => item.id === id && item.clientId === account.clientId,
		);
		if (index < 0) throw notFound('Webhook subscription');
		world.webhooks.splice(index, 1);
		return NO_CONTENT;
	},
};
