import {
	checkoutLinkOf,
	createCheckoutPayment,
	createCheckoutSubscription,
	createPayout,
} from '../checkout';
import type { CheckoutPayment, Sale } from '../model';
import { findPeople, type Participants, type People } from '../simulation/emit';
import type { FanvueState } from '../state';
import type { WebhookEvent } from './deliver';
import { buildPayload, type EventDetails } from './payloads';

export type DeliverOptions = Omit<WebhookEvent, 'payload'> &
	Participants & { payload?: WebhookEvent['payload'] };

const REVERSALS = ['creator.refund.created', 'creator.dispute.created'];

/** Returns whether a sale can be the subject of an event. */
function fits(topic: string, { source, messageUuid, postUuid, reversedOrderId }: Sale): boolean {
	const hasSubject = messageUuid !== null || postUuid !== null;
	if (topic === 'tip.new') return source === 'tip' && hasSubject;
	if (topic === 'purchase.new') return ['message', 'post'].includes(source);
	return (reversedOrderId !== null) === REVERSALS.includes(topic);
}

/** Returns the newest message and sale that fit a topic. */
function newestEntities(
	state: FanvueState,
	topic: string,
	{ creator, fan }: People,
): Partial<EventDetails> {
	const messages = state.conversation(creator.uuid, fan.uuid)?.messages ?? [];
	const sender = topic === 'creator.message.sent' ? creator : fan;
	const message = messages.findLast(({ senderUuid }) => senderUuid === sender.uuid);
	const sale = state.sales.findLast(
		(item) => item.creatorUuid === creator.uuid && fits(topic, item),
	);
	return {
		...(message && {
			message,
			reaction: { messageUuid: message.uuid, actorUuid: fan.uuid, emoji: '❤️' },
		}),
		...(sale && { sale }),
	};
}

/** Creates entities of the checkout for a payload, without adding them to the state. */
function checkoutEntities(
	state: FanvueState,
	topic: string,
	{ creator, fan }: People,
): Partial<EventDetails> {
	const link = checkoutLinkOf(state, creator);
	const states: ReadonlyArray<CheckoutPayment['status']> = ['pending', 'failed'];
	const status = states.find((name) => topic.endsWith(`.${name}`)) ?? 'succeeded';
	const payment = createCheckoutPayment(state, { link, purchaser: fan, values: { status } });
	const ended = { status: 'expired', deactivationReason: 'NON_RENEWING' } as const;
	const isEnded = topic.endsWith('.deactivated');
	const isCancelled = topic.endsWith('.cancel_at_period_end_changed');
	return {
		checkoutPayment: payment,
		checkoutSubscription: createCheckoutSubscription(state, {
			link,
			purchaser: fan,
			values: {
				...(isEnded ? ended : {}),
				cancelAtPeriodEnd: isCancelled,
			},
		}),
		checkoutReversal: {
			id: payment.id.replace('FV-', 'FVC-'),
			payment,
			reason: null,
			createdAt: state.now(),
		},
	};
}

/** Creates an event about the newest matching entities of the state. */
export function sampleEvent(state: FanvueState, options: DeliverOptions): WebhookEvent {
	const { payload } = options;
	if (payload) return { ...options, payload };
	const people = findPeople(state, options);
	const at = state.now();
	const isAppRefund = options.type === 'app.payment.refunded';
	const details: EventDetails = {
		...people,
		at,
		...newestEntities(state, options.type, people),
		...(options.type.startsWith('checkout_link.')
			? checkoutEntities(state, options.type, people)
			: {}),
		payout: createPayout(state, people.creator, 5000),
		appPurchase: {
			reference: 'appotp_100000',
			purchaserUuid: people.fan.uuid,
			amount: 1900,
			paidAt: at,
			refundedAt: isAppRefund ? at : null,
		},
	};
	return { ...options, payload: buildPayload(state, options.type, details) };
}
