import { startSandbox, type Sandbox } from '../../support/sandbox';
import type { FanvueSimulation } from '../../../sandbox/fanvue/simulation';
import type { SimulatedEvent } from '../../../sandbox/fanvue/simulation/emit';
import { APP_TOPICS, FLAT_TOPICS, TOPICS } from '../../../sandbox/fanvue/webhooks/topics';
import { parseJson } from '../../../sandbox/core/json';
import { loadOpenApi } from '../../../sandbox/core/openApi';
import { findDifferences } from '../core/described';
import { WebhookReceiver } from './webhookReceiver';

const NOW = '2027-01-01T12:00:00.000Z';
const MONTH_LATER = '2027-01-31T12:00:00.000Z';
const receiver = new WebhookReceiver();
const emitted = new Set<string>();
let sandbox: Sandbox;
let simulation: FanvueSimulation;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await receiver.start();
});
beforeEach(() => {
	jest.restoreAllMocks();
	// Time stands still, so that every time in a payload is known.
	jest.spyOn(sandbox.clock, 'now').mockReturnValue(Date.parse(NOW));
	sandbox.reset();
	receiver.reset();
	simulation = sandbox.fanvue.simulation;
	sandbox.fanvue.addEndpoint({ url: receiver.url, events: TOPICS });
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

function uuid(handle: string): string {
	return sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
}

function avatar(handle: string): string {
	return `${sandbox.url}/fanvue-storage/avatars/${handle}.png`;
}

/** The fan in payloads with an envelope. */
const fan = () => ({
	uuid: uuid('felix'),
	handle: 'felix',
	display_name: 'Felix Berg',
	avatar_url: avatar('felix'),
});
/** The members that most flat payloads have. */
const flat = () => ({
	recipientUuid: uuid('mira'),
	sender: {
		uuid: uuid('felix'),
		handle: 'felix',
		displayName: 'Felix Berg',
		avatarUrl: avatar('felix'),
	},
	timestamp: expect.stringContaining('2027-01-01T12:00:0'),
});
const creator = () => ({ uuid: uuid('mira') });
const time = (): unknown => expect.stringContaining('2027-01-01T12:00:0');

/** Returns the differences between the body of a webhook and the contract. */
function differencesOf(topic: string, body: string): string[] {
	const webhook = loadOpenApi('fanvue').webhooks?.[topic]?.post;
	const schema = webhook?.requestBody.content['application/json']?.schema;
	if (!schema) {
		return [
			`${topic} is not described: add it to "webhooks" in sandbox/contract/fanvue.openapi.json`,
		];
	}
	return findDifferences('fanvue', schema, parseJson(body));
}

/** Returns the payloads by topic: flat payloads, or `data` of envelopes, whose frame is checked. */
async function payloads(...events: SimulatedEvent[]): Promise<Record<string, unknown>> {
	for (const { deliveries } of events) await deliveries;
	const found = receiver.received.map(({ topic = '', eventId, body }) => {
		const payload: Record<string, unknown> = JSON.parse(body);
		emitted.add(topic);
		expect(differencesOf(topic, body)).toEqual([]);
		if (FLAT_TOPICS.includes(topic)) return [topic, payload] as const;
		const { data, ...frame } = payload;
		expect(frame).toEqual({ id: eventId, type: topic, timestamp: NOW });
		return [topic, data] as const;
	});
	return Object.fromEntries(found);
}

describe('messages', () => {
	test('a message of a fan', async () => {
		const event = simulation.sendMessage({ text: 'Hello ☀️' });

		expect(await payloads(event)).toEqual({
			'creator.message.received': {
				uuid: event.uuid,
				sender: 'fan',
				created_at: time(),
				deleted_at: null,
				text: 'Hello ☀️',
				unread_messages_count: 3,
				is_muted: false,
				fan: fan(),
				creator: creator(),
			},
			'message.received': {
				messageUuid: event.uuid,
				message: {
					uuid: event.uuid,
					text: 'Hello ☀️',
					hasMedia: false,
					mediaUuids: [],
					price: null,
					createdAt: time(),
				},
				isMuted: false,
				...flat(),
			},
		});
	});

	test('a message of the creator, and its deletion', async () => {
		const sent = simulation.reply({ text: 'Thank you' });
		const deleted = simulation.deleteMessage({ messageUuid: sent.uuid });
		const data = {
			uuid: sent.uuid,
			sender: 'creator',
			created_at: time(),
			deleted_at: null,
			text: 'Thank you',
			unread_messages_count: 2,
			is_muted: false,
			fan: fan(),
			creator: creator(),
		};

		expect(await payloads(sent, deleted)).toEqual({
			'creator.message.sent': data,
			'creator.message.deleted': { ...data, deleted_at: NOW },
		});
	});

	test('the creator reads all messages', async () => {
		expect(await payloads(simulation.readMessages({}))).toEqual({
			'creator.message.read': { unread_messages_count: 0, fan: fan() },
			'message.read': {
				counterpartUuid: uuid('felix'),
				readMessagesCount: 2,
				recipientUuid: uuid('mira'),
				timestamp: NOW,
			},
		});
	});

	test.each(['fan', 'creator'] as const)('a reaction of the %s', async (actor) => {
		const { uuid: messageUuid, deliveries } = simulation.reply({});
		await deliveries;
		receiver.reset();

		expect(await payloads(simulation.react({ messageUuid, emoji: '🔥', actor }))).toEqual({
			'creator.message.reaction': {
				emoji: '🔥',
				message_uuid: messageUuid,
				actor: { uuid: uuid(actor === 'fan' ? 'felix' : 'mira') },
				creator: creator(),
			},
		});
	});
});

describe('fans and subscriptions', () => {
	test('a new follower', async () => {
		expect(await payloads(simulation.follow({}))).toEqual({
			'creator.follow.created': { follower: fan(), created_at: time() },
			'follow.new': flat(),
		});
	});

	test('presence', async () => {
		const data = {
			object: 'fan_status',
			change_type: 'presence',
			state: 'online',
			changed_at: NOW,
			fan: fan(),
		};

		expect(await payloads(simulation.setPresence({ isOnline: true }))).toEqual({
			'creator.fan.presence_changed': data,
			'creator.fan.status_changed': data,
		});
	});

	test.each([
		[true, 'muted'],
		[false, 'unmuted'],
	])('a fan with isMuted=%s', async (isMuted, state) => {
		expect(await payloads(simulation.setMuted({ isMuted }))).toEqual({
			'creator.fan.status_changed': {
				object: 'fan_status',
				change_type: 'mute',
				state,
				changed_at: NOW,
				fan: fan(),
			},
		});
	});

	test('the life of a subscription', async () => {
		const subscribed = simulation.subscribe({});
		const { tracking } = await sampleTracking();
		const data = {
			id: subscribed.uuid,
			status: 'active',
			cancel_at_period_end: false,
			current_period_start: time(),
			created_at: time(),
			expires_at: expect.stringContaining('2027-01-31T12:00:0'),
			purchaser: fan(),
			creator: creator(),
			tracking,
		};
		const payment = {
			id: expect.any(String),
			source: 'subscription',
			gross: 999,
			currency: 'USD',
			paid_at: time(),
			created_at: time(),
			post_uuid: null,
			message_uuid: null,
			purchaser: fan(),
			creator: creator(),
			subscription: { id: subscribed.uuid },
			tracking,
		};
		expect(await payloads(subscribed)).toEqual({
			'creator.subscription.activated': data,
			'creator.payment.succeeded': payment,
			'subscription.new': { price: 999, ...flat() },
		});
		receiver.reset();
		expect(await payloads(simulation.setAutoRenewal({ autoRenewal: false }))).toEqual({
			'creator.subscription.cancel_at_period_end_changed': { ...data, cancel_at_period_end: true },
		});
		receiver.reset();
		expect(await payloads(simulation.renew({}))).toMatchObject({
			'creator.subscription.renewed': {
				current_period_start: expect.stringContaining('2027-01-31T12:00:0'),
				expires_at: expect.stringContaining('2027-03-02T12:00:0'),
			},
			'creator.payment.succeeded': { ...payment, source: 'renewal' },
		});
		receiver.reset();
		expect(await payloads(simulation.unsubscribe({}))).toEqual({
			'creator.subscription.deactivated': {
				...data,
				status: 'expired',
				cancel_at_period_end: true,
				current_period_start: expect.any(String),
				expires_at: time(),
				deactivation_reason: 'not_renewed',
			},
		});
	});

	/** Returns the tracking link by which the fan came. */
	async function sampleTracking(): Promise<{ tracking: unknown }> {
		const [link] = sandbox.fanvue.sandboxState.trackingLinks;
		return await Promise.resolve({
			tracking: {
				link_url: `https://www.fanvue.com/mira/fv-${link?.slug}`,
				metadata: { campaign: 'c1', source: 'bio' },
			},
		});
	}
});

describe('sales', () => {
	test('a tip for a post', async () => {
		const postUuid = sandbox.fanvue.sandboxState.posts[0]?.uuid ?? '';
		const event = simulation.tip({ amount: 700, postUuid });

		expect(await payloads(event)).toMatchObject({
			'tip.new': {
				context: 'post',
				postUuid,
				price: 700,
				senderUuid: uuid('felix'),
				...flat(),
			},
			'creator.payment.succeeded': {
				id: event.uuid,
				source: 'tip',
				gross: 700,
				post_uuid: postUuid,
				message_uuid: null,
			},
		});
	});

	test('a purchase, its refund and its chargeback', async () => {
		const paid = sandbox.fanvue.sandboxState.posts.find(({ price }) => price !== null);
		const event = simulation.buyPost({ postUuid: paid?.uuid ?? '' });
		const { 'purchase.new': purchase } = await payloads(event);
		expect(purchase).toEqual({
			postUuid: paid?.uuid,
			price: paid?.price,
			transactionOrderId: event.uuid,
			transactionOrderStatus: 'pendingBalance',
			...flat(),
		});
		receiver.reset();
		const refund = simulation.refund({ orderId: event.uuid });
		const dispute = simulation.refund({ orderId: event.uuid, kind: 'chargeback' });
		const data = {
			payment_id: event.uuid,
			amount: paid?.price,
			currency: 'USD',
			created_at: time(),
			purchaser: fan(),
		};
		expect(await payloads(refund, dispute)).toEqual({
			'creator.refund.created': { id: refund.uuid, ...data },
			'creator.dispute.created': { id: dispute.uuid, ...data },
		});
	});
});

describe('checkout links', () => {
	const people = () => {
		const [link] = sandbox.fanvue.sandboxState.checkoutLinks;
		return {
			checkout_link: {
				uuid: link?.uuid,
				name: 'Photo course',
				product_uuid: link?.productUuid,
				product_price_uuid: link?.productPriceUuid,
			},
			purchaser: { uuid: uuid('felix'), email: 'felix@example.com' },
			creator: creator(),
			metadata: {},
		};
	};
	const payment = (changes: Record<string, unknown> = {}) => ({
		object: 'payment',
		id: 'FV-100001',
		status: 'succeeded',
		billing_reason: 'one_time',
		gross: 4900,
		net: 3890,
		fees: { fanvue_fee: 980, transaction_fee: 30 },
		currency: 'USD',
		paid_in_full: true,
		installment: null,
		subscription: null,
		client_reference_id: null,
		transaction_id: expect.any(String),
		created_at: NOW,
		paid_at: NOW,
		...people(),
		...changes,
	});

	test('a payment is an earning as well', async () => {
		const event = simulation.checkout.pay({ clientReferenceId: 'cart-7', metadata: { ref: 'a' } });

		expect(await payloads(event)).toEqual({
			'checkout_link.payment.succeeded': payment({
				client_reference_id: 'cart-7',
				metadata: { ref: 'a' },
			}),
		});
		expect(sandbox.fanvue.sandboxState.sales.at(-1)).toMatchObject({
			source: 'checkoutLink',
			gross: 4900,
		});
	});

	test.each(['pending', 'failed'] as const)('a payment with status %s', async (status) => {
		const before = sandbox.fanvue.sandboxState.sales.length;

		expect(await payloads(simulation.checkout.pay({ status }))).toEqual({
			[`checkout_link.payment.${status}`]: payment({
				status,
				net: null,
				fees: { fanvue_fee: null, transaction_fee: null },
				paid_in_full: false,
				transaction_id: null,
				paid_at: null,
			}),
		});
		expect(sandbox.fanvue.sandboxState.sales).toHaveLength(before);
	});

	test('the first installment of a sale', async () => {
		const installment = { number: 1, of: 3 };

		expect(await payloads(simulation.checkout.pay({ installment }))).toEqual({
			'checkout_link.payment.succeeded': payment({ paid_in_full: false, installment }),
		});
	});

	test('the life of a subscription', async () => {
		const subscribed = simulation.checkout.subscribe({});
		const subscriptionUuid = subscribed.uuid;
		const data = {
			object: 'subscription',
			id: subscriptionUuid,
			status: 'active',
			cancel_at_period_end: false,
			expires_at: MONTH_LATER,
			created_at: NOW,
			client_reference_id: null,
			deactivation_reason: null,
			...people(),
		};
		const subscription = { uuid: subscriptionUuid };
		expect(await payloads(subscribed)).toEqual({
			'checkout_link.subscription.activated': data,
			'checkout_link.payment.succeeded': payment({
				billing_reason: 'subscription_initial',
				subscription,
			}),
		});
		receiver.reset();
		expect(await payloads(simulation.checkout.renew({ subscriptionUuid }))).toEqual({
			'checkout_link.payment.succeeded': payment({
				id: 'FV-100002',
				billing_reason: 'subscription_renewal',
				subscription,
			}),
		});
		receiver.reset();
		const cancelled = simulation.checkout.setAutoRenewal({ subscriptionUuid, autoRenewal: false });
		const expiresAt = '2027-03-02T12:00:00.000Z';
		expect(await payloads(cancelled)).toEqual({
			'checkout_link.subscription.cancel_at_period_end_changed': {
				...data,
				cancel_at_period_end: true,
				expires_at: expiresAt,
			},
		});
		receiver.reset();
		expect(await payloads(simulation.checkout.unsubscribe({ subscriptionUuid }))).toEqual({
			'checkout_link.subscription.deactivated': {
				...data,
				status: 'expired',
				cancel_at_period_end: true,
				expires_at: NOW,
				deactivation_reason: 'NON_RENEWING',
			},
		});
	});

	test('a refund and a dispute', async () => {
		const { uuid: paymentId, deliveries } = simulation.checkout.pay({});
		await deliveries;
		receiver.reset();
		const data = {
			id: 'FVC-100001',
			payment_id: paymentId,
			amount: 4900,
			currency: 'USD',
			reason: null,
			created_at: NOW,
			client_reference_id: null,
			...people(),
		};

		expect(
			await payloads(
				simulation.checkout.dispute({ paymentId, stage: 'flagged' }),
				simulation.checkout.dispute({ paymentId, stage: 'created' }),
				simulation.checkout.refund({ paymentId, reason: 'duplicate' }),
			),
		).toEqual({
			'checkout_link.dispute.flagged': { object: 'dispute', ...data },
			'checkout_link.dispute.created': { object: 'dispute', ...data },
			'checkout_link.refund.created': {
				object: 'refund',
				...data,
				reason: 'duplicate',
				full_amount: true,
			},
		});
	});
});

describe('payouts and apps', () => {
	test('a payout', async () => {
		expect(await payloads(simulation.checkout.payOut({ amount: 12_345 }))).toEqual({
			'payout.paid': {
				object: 'payout',
				id: 'FVW-100001',
				status: 'paid',
				amount: 12_345,
				currency: 'USD',
				fees: { transaction_fee: 100 },
				fx_rate: null,
				external_reference_id: null,
				paid_at: NOW,
				creator: creator(),
			},
		});
	});

	test('a purchase in an app and its refund', async () => {
		const bought = simulation.checkout.buyInApp({ amount: 1900 });
		const refunded = simulation.checkout.refundInApp({ reference: bought.uuid });

		expect(await payloads(bought, refunded)).toEqual({
			'app.payment.succeeded': { object: 'payment', purchase_reference: 'appotp_100001' },
			'app.payment.refunded': { object: 'refund', purchase_reference: 'appotp_100001' },
		});
	});

	test('app topics are sent to endpoints of the developer area without a subscription', async () => {
		sandbox.reset();
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: [] });
		await sandbox.fanvue.simulation.checkout.buyInApp({ amount: 1900 }).deliveries;

		expect(receiver.only().topic).toBe(APP_TOPICS[0]);
	});
});

test('the simulation emits every topic', () => {
	expect([...emitted].sort()).toEqual([...TOPICS].sort());
});

test('the contract describes every topic, and no other', () => {
	const { webhooks = {} } = loadOpenApi('fanvue');
	const missing = TOPICS.filter((topic) => webhooks[topic] === undefined).map(
		(topic) => `${topic}: add it to "webhooks" in sandbox/contract/fanvue.openapi.json`,
	);
	const unknown = Object.keys(webhooks)
		.filter((topic) => !TOPICS.includes(topic))
		.map((topic) => `${topic}: add it to sandbox/fanvue/webhooks/topics.ts`);
	expect([...missing, ...unknown]).toEqual([]);
});
