import { createHmac } from 'node:crypto';
import {
	deduplicationKey,
	normalizeEvent,
} from '../../../nodes/Fanvue/trigger/events/normalizeEvent';
import { encrypt, decrypt } from '../../../nodes/Fanvue/trigger/webhook/encryption';
import { checkSignature, fingerprint } from '../../../nodes/Fanvue/trigger/webhook/signature';

describe('webhook signatures', () => {
	const secret = 'whsec_0123456789';
	const body = Buffer.from('{"id":"e1","text":"你好"}');
	const now = 1_764_000_000_000;
	const hex = (time: string, key = secret, content = body) =>
		createHmac('sha256', key).update(`${time}.`).update(content).digest('hex');
	const t = String(now / 1000);

	test.each([
		['right', `t=${t},v0=${hex(t)}`, true],
		['right, with spaces and capitals', `t=${t}, v0=${hex(t).toUpperCase()}`, true],
		['the second of several', `t=${t},v0=${hex(t, 'old')},v0=${hex(t)}`, true],
		['the second after one v0', `t=${t},v0=${hex(t, 'old')},${hex(t)}`, true],
		['the first after one v0', `t=${t},v0=${hex(t)},${hex(t, 'old')}`, true],
		['another version before', `t=${t},v1=${hex(t, 'old')},v0=${hex(t)}`, true],
		['the right value as another version', `t=${t},v1=${hex(t)}`, false],
		['a value before any name', `${hex(t)},t=${t}`, false],
		['just inside five minutes', `t=${now / 1000 - 300},v0=${hex(String(now / 1000 - 300))}`, true],
		['too old', `t=${now / 1000 - 301},v0=${hex(String(now / 1000 - 301))}`, false],
		['too new', `t=${now / 1000 + 301},v0=${hex(String(now / 1000 + 301))}`, false],
		['another secret', `t=${t},v0=${hex(t, 'other')}`, false],
		['another body', `t=${t},v0=${hex(t, secret, Buffer.from('{}'))}`, false],
		['another time', `t=${Number(t) - 1},v0=${hex(t)}`, false],
		['no time', `v0=${hex(t)}`, false],
		['no signature', `t=${t}`, false],
		['a signature without a value', `t=${t},v0`, false],
		['half a signature', `t=${t},v0=${hex(t).slice(0, 32)}`, false],
		['nothing', undefined, false],
	])('the signature header is checked: %s', (_what, header, expected) => {
		expect(checkSignature(header, { body, secret, now }) === 'valid').toBe(expected);
	});

	test('an empty secret never matches', () => {
		expect(checkSignature(`t=${t},v0=${hex(t, '')}`, { body, secret: '', now })).toBe('mismatch');
	});
});

test('an encrypted text can be decrypted with the same key only', () => {
	const encrypted = encrypt('whsec_abc', 'client:secret');
	expect(encrypted).not.toContain('whsec');
	expect(encrypt('whsec_abc', 'client:secret')).not.toBe(encrypted);
	expect(decrypt(encrypted, 'client:secret')).toBe('whsec_abc');
	expect(decrypt(encrypted, 'client:other')).toBeUndefined();
	expect(decrypt(encrypted.slice(0, 20), 'client:secret')).toBeUndefined();
});

describe('webhook payloads', () => {
	const sender = { uuid: 'fan-1', handle: 'ann', displayName: 'Ann', avatarUrl: null };
	const fan = { uuid: 'fan-1', handle: 'ann', display_name: 'Ann' };
	const creator = { uuid: 'creator-1' };
	const at = '2026-11-01T10:00:00Z';
	const iso = '2026-11-01T10:00:00.000Z';
	const envelope = (type: string, data: object) => ({
		id: 'evt-1',
		type,
		timestamp: at,
		data: { ...data },
	});

	test('a message with an envelope is mapped', () => {
		const payload = envelope('creator.message.received', {
			uuid: 'm-1',
			sender: 'fan',
			created_at: at,
			deleted_at: null,
			text: 'hi',
			fan,
			creator,
		});
		expect(normalizeEvent(payload, 'print')).toEqual({
			event: 'creator.message.received',
			id: 'evt-1',
			generation: 2,
			timestamp: iso,
			fan: { uuid: 'fan-1', handle: 'ann', displayName: 'Ann' },
			creator,
			message: { uuid: 'm-1', text: 'hi', sender: 'fan', createdAt: at, deletedAt: null },
			raw: payload,
		});
	});

	test('payments, subscriptions, refunds and statuses with an envelope are mapped', () => {
		expect(
			normalizeEvent(
				envelope('creator.payment.succeeded', {
					id: 'p-1',
					source: 'tip',
					gross: 500,
					currency: 'USD',
					paid_at: at,
					created_at: at,
					post_uuid: null,
					message_uuid: 'm-1',
					purchaser: fan,
					creator,
					subscription: { id: 's-1' },
					tracking: { link_url: 'https://x', metadata: { a: 'b' } },
				}),
				'print',
			),
		).toMatchObject({
			fan: { uuid: 'fan-1' },
			payment: {
				id: 'p-1',
				source: 'tip',
				amountCents: 500,
				currency: 'USD',
				postUuid: null,
				messageUuid: 'm-1',
				subscriptionId: 's-1',
			},
			tracking: { linkUrl: 'https://x', metadata: { a: 'b' } },
		});
		expect(
			normalizeEvent(
				envelope('creator.subscription.deactivated', {
					id: 's-1',
					status: 'expired',
					deactivation_reason: 'not_renewed',
					purchaser: fan,
				}),
				'print',
			),
		).toMatchObject({
			fan: { uuid: 'fan-1' },
			subscription: { id: 's-1', status: 'expired', deactivationReason: 'not_renewed' },
		});
		expect(
			normalizeEvent(
				envelope('creator.refund.created', {
					id: 'r-1',
					amount: 500,
					payment: { id: 'p-1', purchaser: fan },
				}),
				'print',
			),
		).toMatchObject({
			fan: { uuid: 'fan-1' },
			refund: { id: 'r-1', paymentId: 'p-1', amountCents: 500 },
		});
		expect(
			normalizeEvent(
				envelope('creator.fan.presence_changed', { change_type: 'presence', state: 'online', fan }),
				'print',
			),
		).toMatchObject({ changeType: 'presence', state: 'online' });
		expect(
			normalizeEvent(envelope('creator.follow.created', { follower: fan }), 'print'),
		).toMatchObject({ event: 'creator.follow.created', fan: { uuid: 'fan-1' } });
	});

	test('a payload with an event name has that event, even with few members', () => {
		expect(normalizeEvent({ type: 'creator.message.deleted' }, 'print')).toEqual({
			event: 'creator.message.deleted',
			id: 'print',
			generation: 2,
			timestamp: '',
			message: {},
			raw: { type: 'creator.message.deleted' },
		});
		const payload = { id: 'evt-9', type: 'checkout.paid', timestamp: at, data: ['odd'] };
		expect(normalizeEvent(payload, 'print')).toEqual({
			event: 'checkout.paid',
			id: 'evt-9',
			generation: 2,
			timestamp: iso,
			raw: payload,
		});
		expect(normalizeEvent(envelope('creator.fan.status_changed', {}), 'print')).toMatchObject({
			state: null,
			changeType: null,
		});
	});

	test.each([
		['seconds since 1970', 1_793_527_200, iso],
		['milliseconds since 1970', 1_793_527_200_000, iso],
		['another zone', '2026-11-01T12:00:00+02:00', iso],
		['words', 'just now', 'just now'],
		['nothing', undefined, ''],
	])('a time given as %s is normalized', (_what, timestamp, expected) => {
		const payload = { sender, ...(timestamp === undefined ? {} : { timestamp }) };
		expect(normalizeEvent(payload, 'print').timestamp).toBe(expected);
	});

	test.each([
		[
			'a message',
			{ messageUuid: 'm-1', message: { uuid: 'm-1', text: 'hi', hasMedia: false }, sender },
			{
				event: 'creator.message.received',
				message: { uuid: 'm-1', text: 'hi', sender: 'fan', hasMedia: false },
			},
		],
		[
			'a message read',
			{ messageUuid: 'm-1' },
			{ event: 'creator.message.read', message: { uuid: 'm-1' } },
		],
		[
			'a purchase of a post',
			{ postUuid: 'p-1', price: 999, sender },
			{
				event: 'creator.payment.succeeded',
				payment: { source: 'post', amountCents: 999, postUuid: 'p-1' },
			},
		],
		[
			'a purchase of a message',
			{ routeUuid: 'm-1', price: 999, sender },
			{
				event: 'creator.payment.succeeded',
				payment: { source: 'message', amountCents: 999, messageUuid: 'm-1' },
			},
		],
		[
			'a tip',
			{ context: 'message', messageUuid: 'm-1', price: 500, senderUuid: 'fan-1' },
			{
				event: 'creator.payment.succeeded',
				fan: { uuid: 'fan-1' },
				payment: { source: 'tip', amountCents: 500, messageUuid: 'm-1' },
			},
		],
		['a follower', { follower: sender }, { event: 'creator.follow.created' }],
		['a subscriber', { subscriber: sender }, { event: 'creator.subscription.activated' }],
		['a new follower by its sender', { sender }, { event: 'creator.follow.created' }],
		['something else', { sender, mood: 'odd' }, { event: 'unknown' }],
		[
			'a new subscriber by its price',
			{ price: 1299, sender },
			{ event: 'creator.subscription.activated', subscription: { amountCents: 1299 } },
		],
		[
			'a new subscriber whose payload has the members of a sale without values',
			{ price: 1299, sender, messageUuid: null, postUuid: null, context: null, message: null },
			{ event: 'creator.subscription.activated', subscription: { amountCents: 1299 } },
		],
		[
			'a free subscription',
			{ price: 0, subscriber: sender },
			{
				event: 'creator.subscription.activated',
				fan: { uuid: 'fan-1' },
				subscription: { amountCents: 0 },
			},
		],
		[
			'a purchase without a context',
			{ price: 999, sender, messageUuid: 'm-1', context: null, readMessagesCount: null },
			{
				event: 'creator.payment.succeeded',
				payment: { source: 'message', amountCents: 999, messageUuid: 'm-1' },
			},
		],
		[
			'messages read, with the sender and no count',
			{ counterpartUuid: 'fan-1', readMessagesCount: 0, sender: null, price: null },
			{
				event: 'creator.message.read',
				fan: { uuid: 'fan-1' },
				message: { readMessagesCount: 0 },
			},
		],
		[
			'messages read',
			{ counterpartUuid: 'fan-1', readMessagesCount: 5 },
			{
				event: 'creator.message.read',
				fan: { uuid: 'fan-1' },
				message: { readMessagesCount: 5 },
			},
		],
		[
			'a message with paid media',
			{
				isMuted: true,
				message: { uuid: 'm-1', text: null, hasMedia: true, mediaUuids: ['a', 'b'], price: 500 },
				sender,
			},
			{
				event: 'creator.message.received',
				message: { uuid: 'm-1', mediaUuids: ['a', 'b'], price: 500, isMuted: true },
			},
		],
	])('a flat payload is recognized: %s', (_what, payload, expected) => {
		const complete = { ...payload, recipientUuid: 'creator-1', timestamp: at };
		expect(normalizeEvent(complete, 'print')).toMatchObject({
			...expected,
			id: 'print',
			generation: 1,
			timestamp: iso,
			creator,
			raw: complete,
		});
	});

	test.each([
		['message.received', { message: { uuid: 'm-1' } }, 'creator.message.received'],
		['message.read', {}, 'creator.message.read'],
		['follow.new', { price: 1 }, 'creator.follow.created'],
		['subscription.new', { sender: {} }, 'creator.subscription.activated'],
		['purchase.new', {}, 'creator.payment.succeeded'],
		['tip.new', { price: 500 }, 'creator.payment.succeeded'],
		['creator.message.sent', {}, 'creator.message.sent'],
		[' Follow.New ', {}, 'creator.follow.created'],
	])(
		'the topic header %s takes precedence over the members of a flat payload',
		(topic, payload, event) => {
			expect(normalizeEvent(payload, 'print', { topic, eventId: 'evt-7' })).toMatchObject({
				event,
				id: 'evt-7',
				generation: 1,
			});
		},
	);

	test('a tip is recognized by its topic if the payload has no context', () => {
		const event = normalizeEvent({ price: 500, postUuid: 'p-1' }, 'print', { topic: 'tip.new' });
		expect(event.payment).toEqual({ source: 'tip', amountCents: 500, postUuid: 'p-1' });
	});

	test('the headers of an envelope only add the ID that it lacks', () => {
		const headers = { topic: 'creator.refund.created', eventId: 'evt-7' };
		const type = 'creator.message.read';
		expect(normalizeEvent({ id: 'evt-1', type }, 'print', headers)).toMatchObject({
			event: type,
			id: 'evt-1',
		});
		expect(normalizeEvent({ type }, 'print', headers)).toMatchObject({ event: type, id: 'evt-7' });
		expect(normalizeEvent({ type, eventId: 'evt-8' }, 'print')).toMatchObject({ id: 'evt-8' });
		expect(normalizeEvent({ type: '' }, 'print', headers).event).toBe('creator.refund.created');
	});

	test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
		'an event and a member named %s keep their names',
		(name) => {
			expect(normalizeEvent({ type: name }, 'print').event).toBe(name);
			expect(normalizeEvent({}, 'print', { topic: name }).event).toBe(name.toLowerCase());
			const { message } = normalizeEvent(
				envelope('creator.message.deleted', { uuid: 'm-1', constructor: 5, valueOf: 6 }),
				'print',
			);
			expect(message).toEqual({ uuid: 'm-1', constructor: 5, valueOf: 6 });
		},
	);

	test('an older name of an event is replaced in an envelope as well', () => {
		expect(normalizeEvent(envelope('tip.new', {}), 'print').event).toBe(
			'creator.payment.succeeded',
		);
	});

	test.each([
		1.7638e18,
		-1e300,
		1_763_800_000_000_000,
		0,
		-1,
		'1763800000000000000',
		'2026-02-31T10:00:00Z',
		'5',
		'soon',
	])('an invalid time (%p) stays text', (timestamp) => {
		const payload = { type: 'creator.message.read', timestamp };
		expect(normalizeEvent(payload, 'print').timestamp).toBe(String(timestamp));
	});

	test("a fan's reaction contains the fan, the emoji and the message", () => {
		const payload = envelope('creator.message.reaction', {
			emoji: '❤️',
			message_uuid: 'm-1',
			actor: { uuid: 'fan-1' },
			creator,
		});
		expect(normalizeEvent(payload, 'print')).toEqual({
			event: 'creator.message.reaction',
			id: 'evt-1',
			generation: 2,
			timestamp: iso,
			fan: { uuid: 'fan-1' },
			creator,
			message: { uuid: 'm-1' },
			reaction: { emoji: '❤️', messageUuid: 'm-1', actorUuid: 'fan-1' },
			raw: payload,
		});
		const own = envelope('creator.message.reaction', { actor: creator, creator });
		expect(normalizeEvent(own, 'print')).not.toHaveProperty('fan');
	});

	const checkout = {
		checkout_link: {
			uuid: 'c-1',
			name: 'Course',
			product_uuid: 'pr-1',
			product_price_uuid: 'pp-1',
		},
		purchaser: { uuid: 'fan-1', email: 'ann@example.com' },
		creator,
		metadata: { order_id: 'o_1' },
	};

	test('a checkout payment contains its amounts, fees, installment and buyer', () => {
		const payload = envelope('checkout_link.payment.succeeded', {
			object: 'payment',
			id: 'FV-1',
			status: 'succeeded',
			billing_reason: 'one_time',
			gross: 10_000,
			net: 7_970,
			fees: { fanvue_fee: 2000, transaction_fee: 30 },
			currency: 'USD',
			paid_in_full: false,
			installment: { number: 1, of: 3 },
			subscription: null,
			client_reference_id: 'ref',
			transaction_id: null,
			created_at: at,
			paid_at: at,
			...checkout,
		});
		expect(normalizeEvent(payload, 'print')).toEqual({
			event: 'checkout_link.payment.succeeded',
			id: 'evt-1',
			generation: 2,
			timestamp: iso,
			fan: { uuid: 'fan-1', email: 'ann@example.com' },
			creator,
			payment: {
				id: 'FV-1',
				status: 'succeeded',
				billingReason: 'one_time',
				amountCents: 10_000,
				netCents: 7_970,
				fees: { fanvueFeeCents: 2000, transactionFeeCents: 30 },
				currency: 'USD',
				paidInFull: false,
				installment: { number: 1, of: 3 },
				clientReferenceId: 'ref',
				transactionId: null,
				createdAt: at,
				paidAt: at,
			},
			checkoutLink: { uuid: 'c-1', name: 'Course', productUuid: 'pr-1', productPriceUuid: 'pp-1' },
			metadata: { order_id: 'o_1' },
			raw: payload,
		});
	});

	test.each([
		[
			'checkout_link.subscription.deactivated',
			{ object: 'subscription', id: 's-1', deactivation_reason: 'NON_RENEWING', ...checkout },
			{ subscription: { id: 's-1', deactivationReason: 'NON_RENEWING' } },
		],
		[
			'checkout_link.refund.created',
			{ object: 'refund', id: 'FVC-1', payment_id: 'FV-1', amount: 900, full_amount: true },
			{ refund: { id: 'FVC-1', paymentId: 'FV-1', amountCents: 900, fullAmount: true } },
		],
		[
			'checkout_link.dispute.flagged',
			{ object: 'dispute', id: 'd-1', payment_id: 'FV-1' },
			{ dispute: { id: 'd-1', paymentId: 'FV-1' } },
		],
		[
			'checkout_link.installment.paid',
			{ object: 'installment', number: 2, of: 3, ...checkout },
			{ installment: { number: 2, of: 3 }, fan: { uuid: 'fan-1' } },
		],
		[
			'payout.paid',
			{ object: 'payout', id: 'FVW-1', amount: 5000, fees: { transaction_fee: 30 }, creator },
			{ payout: { id: 'FVW-1', amountCents: 5000, fees: { transactionFeeCents: 30 } }, creator },
		],
		[
			'app.payment.succeeded',
			{ object: 'payment', purchase_reference: 'appotp_1' },
			{ payment: { purchaseReference: 'appotp_1' } },
		],
		[
			'app.payment.refunded',
			{ object: 'refund', purchase_reference: 'appotp_1' },
			{ refund: { purchaseReference: 'appotp_1' } },
		],
		[
			'creator.subscription.cancel_at_period_end_changed',
			{ id: 's-1', cancel_at_period_end: true, purchaser: fan },
			{ subscription: { id: 's-1', cancelAtPeriodEnd: true }, fan: { uuid: 'fan-1' } },
		],
	])('%s has its members in the event', (type, data, expected) => {
		expect(normalizeEvent(envelope(type, data), 'print')).toMatchObject(expected);
	});

	test('the same envelope ID with other content is another delivery', () => {
		const read = (count: number) =>
			normalizeEvent(envelope('creator.message.read', { unread_messages_count: count }), 'print');
		expect(deduplicationKey(read(1))).toBe(deduplicationKey(read(1)));
		expect(deduplicationKey(read(1))).not.toBe(deduplicationKey(read(2)));
	});

	test('two deliveries of the same bytes have the same fingerprint', () => {
		expect(fingerprint(Buffer.from('a'))).toBe(fingerprint(Buffer.from('a')));
		expect(fingerprint(Buffer.from('a'))).not.toBe(fingerprint(Buffer.from('b')));
	});
});
