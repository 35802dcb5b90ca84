import { createHmac } from 'node:crypto';
import { normalizeEvent } from '../../../nodes/Fanvue/trigger/events/normalizeEvent';
import { encrypt, decrypt } from '../../../nodes/Fanvue/trigger/webhook/encryption';
import { fingerprint, isSigned } from '../../../nodes/Fanvue/trigger/webhook/signature';

describe('signature', () => {
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
	])('%s', (_what, header, expected) => {
		expect(isSigned(header, body, secret, now)).toBe(expected);
	});

	test('an empty secret never fits', () => {
		expect(isSigned(`t=${t},v0=${hex(t, '')}`, body, '', now)).toBe(false);
	});
});

test('what is sealed opens with the same key only', () => {
	const sealed = encrypt('whsec_abc', 'client:secret');
	expect(sealed).not.toContain('whsec');
	expect(encrypt('whsec_abc', 'client:secret')).not.toBe(sealed);
	expect(decrypt(sealed, 'client:secret')).toBe('whsec_abc');
	expect(decrypt(sealed, 'client:other')).toBeUndefined();
	expect(decrypt(sealed.slice(0, 20), 'client:secret')).toBeUndefined();
});

describe('payloads', () => {
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

	test('second generation: a message', () => {
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

	test('second generation: a payment, a subscription, a refund, a status', () => {
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

	test('second generation: what names its event is that event, however little it says', () => {
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
	])('a time as %s', (_what, timestamp, expected) => {
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
		['one of the two', { sender }, { event: 'unknown' }],
	])('first generation: %s', (_what, payload, expected) => {
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

	test('two deliveries of the same bytes have one fingerprint', () => {
		expect(fingerprint(Buffer.from('a'))).toBe(fingerprint(Buffer.from('a')));
		expect(fingerprint(Buffer.from('a'))).not.toBe(fingerprint(Buffer.from('b')));
	});
});
