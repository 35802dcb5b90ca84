import { createHmac } from 'node:crypto';
import type { Delivery, WebhookSubscription } from '../model';
import { iso } from '../replies';
import type { FanvueState } from '../state';
import { ENVELOPE_TOPICS } from './topics';

/** What goes out, and how it is spoilt. */
export interface WebhookEvent {
	/** Event of the first generation or topic of the second. */
	type: string;
	/** The flat payload, or `data` of the envelope. */
	payload: Record<string, unknown>;
	/** Envelope id; a new one unless told. */
	id?: string;
	/** Only to this subscription. */
	subscriptionId?: string;
	/** How many seconds ago it was signed (negative: ahead of time). */
	ageSeconds?: number;
	/** Changes the body after it was signed. */
	tampered?: boolean;
	/** Signs with this secret instead. */
	secret?: string;
	/** How many wrong `v0` signatures stand before the right one. */
	wrongSignatures?: number;
	/** How many times the same delivery is sent, even when it was taken. */
	copies?: number;
	/** No second try. */
	once?: boolean;
}

const TIMEOUT_MS = 10_000;

/** The signature header of a body: `t=<Unix seconds>,v0=<hex>`. */
export function signatureHeader(
	secret: string,
	body: string,
	seconds: number,
	wrongSignatures = 0,
): string {
	const sign = (key: string): string =>
		createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
	const wrong = Array.from({ length: wrongSignatures }, (_, index) => sign(`${secret} ${index}`));
	return [`t=${seconds}`, ...[...wrong, sign(secret)].map((hex) => `v0=${hex}`)].join(',');
}

function serializeBody(
	state: FanvueState,
	{ type, payload }: WebhookEvent,
	id: string | null,
): string {
	if (id === null) return JSON.stringify(payload);
	return JSON.stringify({ id, type, timestamp: iso(state.now()), data: payload });
}

async function postBody(
	state: FanvueState,
	url: string,
	body: string,
	signature: string,
): Promise<number> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-fanvue-signature': signature },
			body,
			redirect: 'manual',
			signal: AbortSignal.any([state.abortController.signal, AbortSignal.timeout(TIMEOUT_MS)]),
		});
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}

async function deliverTo(
	state: FanvueState,
	subscription: WebhookSubscription,
	event: WebhookEvent,
	id: string | null,
): Promise<Delivery> {
	const { url, signingSecret } = subscription;
	const body = serializeBody(state, event, id);
	const sent = event.tampered ? body.replace(/\}$/, ',"tampered":true}') : body;
	const { type } = event;
	const delivery: Delivery = {
		subscriptionId: subscription.id,
		url,
		type,
		id,
		body,
		statuses: [],
		accepted: false,
	};
	state.deliveries.push(delivery);
	const pauses = event.once ? [] : state.settings.webhooks.retryDelaysMs;
	for (const pause of [0, ...pauses]) {
		if (pause > 0) await state.context.clock.wait(pause);
		// Every try is signed anew: a retry after the time window would be refused else.
		const seconds = state.context.clock.seconds() - (event.ageSeconds ?? 0);
		const secret = event.secret ?? signingSecret;
		const signature = signatureHeader(secret, body, seconds, event.wrongSignatures);
		const status = await postBody(state, url, sent, signature);
		delivery.statuses.push(status);
		delivery.accepted = status >= 200 && status < 300;
		if (delivery.accepted) break;
	}
	return delivery;
}

/**
 * Posts an event to every address that subscribed to it. Resolves when each was taken or given
 * up; never rejects. Copies go out one after the other.
 */
export async function deliver(state: FanvueState, event: WebhookEvent): Promise<Delivery[]> {
	const { type, subscriptionId, copies = 1 } = event;
	const isEnveloped = ENVELOPE_TOPICS.includes(type);
	const id = isEnveloped ? (event.id ?? state.ids.next('event')) : null;
	// Whose events a subscription gets is not documented: here it gets those of every creator.
	const targets = state.webhooks.filter(
		(item) =>
			item.events.includes(type) && (subscriptionId === undefined || item.id === subscriptionId),
	);
	const perTarget = targets.map(async (target) => {
		const deliveries: Delivery[] = [];
		for (let copy = 0; copy < copies; copy += 1) {
			deliveries.push(await deliverTo(state, target, event, id));
		}
		return deliveries;
	});
	return (await Promise.all(perTarget)).flat();
}
