import { createHmac } from 'node:crypto';
import type { WebhookSubscription } from '../model';
import { iso } from '../replies';
import type { World } from '../world';
import { SECOND_GENERATION } from './topics';

/** What goes out, and how it is spoilt. */
export interface Shipment {
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
	decoys?: number;
	/** How many times the same delivery is sent, even when it was taken. */
	copies?: number;
	/** No second try. */
	once?: boolean;
}

/** What became of a delivery to one address. */
export interface Delivery {
	subscriptionId: string;
	url: string;
	type: string;
	/** Envelope id; null for the first generation. */
	id: string | null;
	body: string;
	/** The status of each try; 0 for no answer. */
	statuses: number[];
	wasTaken: boolean;
}

const PATIENCE_MS = 10_000;

/** The signature header of a body: `t=<Unix seconds>,v0=<hex>`. */
export function signatureOf(secret: string, body: string, seconds: number, decoys = 0): string {
	const sign = (key: string): string =>
		createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
	const wrong = Array.from({ length: decoys }, (_, index) => sign(`${secret} ${index}`));
	return [`t=${seconds}`, ...[...wrong, sign(secret)].map((hex) => `v0=${hex}`)].join(',');
}

function bodyOf(world: World, { type, payload }: Shipment, id: string | null): string {
	if (id === null) return JSON.stringify(payload);
	return JSON.stringify({ id, type, timestamp: iso(world.now()), data: payload });
}

async function post(world: World, url: string, body: string, signature: string): Promise<number> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-fanvue-signature': signature },
			body,
			redirect: 'manual',
			signal: AbortSignal.any([world.ending.signal, AbortSignal.timeout(PATIENCE_MS)]),
		});
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}

async function ship(
	world: World,
	subscription: WebhookSubscription,
	shipment: Shipment,
	id: string | null,
): Promise<Delivery> {
	const { url, signingSecret } = subscription;
	const body = bodyOf(world, shipment, id);
	const sent = shipment.tampered ? body.replace(/\}$/, ',"tampered":true}') : body;
	const { type } = shipment;
	const delivery: Delivery = {
		subscriptionId: subscription.id,
		url,
		type,
		id,
		body,
		statuses: [],
		wasTaken: false,
	};
	world.deliveries.push(delivery);
	const pauses = shipment.once ? [] : world.settings.webhooks.retryDelaysMs;
	for (const pause of [0, ...pauses]) {
		if (pause > 0) await world.context.clock.wait(pause);
		// Every try is signed anew: a retry after the time window would be refused else.
		const seconds = world.context.clock.seconds() - (shipment.ageSeconds ?? 0);
		const secret = shipment.secret ?? signingSecret;
		const signature = signatureOf(secret, body, seconds, shipment.decoys);
		const status = await post(world, url, sent, signature);
		delivery.statuses.push(status);
		delivery.wasTaken = status >= 200 && status < 300;
		if (delivery.wasTaken) break;
	}
	return delivery;
}

/**
 * Posts an event to every address that subscribed to it. Resolves when each was taken or given
 * up; never rejects. Copies go out one after the other.
 */
export async function deliver(world: World, shipment: Shipment): Promise<Delivery[]> {
	const { type, subscriptionId, copies = 1 } = shipment;
	const isEnveloped = SECOND_GENERATION.includes(type);
	const id = isEnveloped ? (shipment.id ?? world.ids.next('event')) : null;
	// Whose events a subscription gets is not documented: here it gets those of every creator.
	const targets = world.webhooks.filter(
		(item) =>
			item.events.includes(type) && (subscriptionId === undefined || item.id === subscriptionId),
	);
	const perTarget = targets.map(async (target) => {
		const deliveries: Delivery[] = [];
		for (let copy = 0; copy < copies; copy += 1) {
			deliveries.push(await ship(world, target, shipment, id));
		}
		return deliveries;
	});
	return (await Promise.all(perTarget)).flat();
}
