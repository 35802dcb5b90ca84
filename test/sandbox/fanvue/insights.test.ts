import type { Sandbox } from '../../../sandbox/index';
import { DEMO_APP, OTHER_APP_UUID } from '../../../sandbox/fanvue/handlers/apps';
import { FanvueClient, record, rows } from './client';
import { useSandbox } from '../../support/sandbox';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const DAY = 86_400_000;

let sandbox: Sandbox;
let mira: FanvueClient;
let agency: FanvueClient;
let felix: string;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	sandbox.fanvue.settings.rateLimit.size = 10_000;
	mira = new FanvueClient(sandbox);
	agency = new FanvueClient(sandbox, 'agency');
	felix = idOf('felix');
});

function idOf(handle: string): string {
	return sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
}

async function earnings(path: string, query: Record<string, string> = {}) {
	const all: Array<Record<string, unknown>> = [];
	for (let cursor: unknown = undefined; cursor !== null;) {
		const given: Record<string, string> = typeof cursor === 'string' ? { cursor } : {};
		const answer = await mira.get(path, { size: '50', ...query, ...given });
		all.push(...rows(answer));
		cursor = record(answer.body)['nextCursor'];
	}
	return all;
}

function total(items: Array<Record<string, unknown>>, key = 'gross'): number {
	return items.reduce((sum, item) => sum + Number(item[key]), 0);
}

describe('earnings', () => {
	test('earnings include reversals under /v1 only', async () => {
		const legacy = await earnings('/insights/earnings');
		const v1 = await earnings('/v1/insights/earnings');
		const spending = await earnings('/insights/spending');

		expect(spending.length).toBeGreaterThan(0);
		expect(v1).toHaveLength(legacy.length + spending.length);
		expect(total(v1)).toBe(total(legacy) - total(spending));
		expect(new Set(v1.map(({ transactionOrderStatus: status }) => status))).toEqual(
			new Set(['pendingBalance', 'availableForPayout']),
		);
	});

	test('earnings are filtered by sources and period', async () => {
		const startDate = new Date(sandbox.clock.now() - 10 * DAY).toISOString();
		const found = await earnings('/insights/earnings', { source: 'tip,post', startDate });

		expect(new Set(found.map(({ source }) => source))).toEqual(new Set(['tip', 'post']));
		expect(found.every(({ date }) => String(date) >= startDate)).toBe(true);
		expect((await mira.get('/insights/earnings', { source: 'refund' })).status).toBe(400);
	});

	test('a time without an offset is UTC', async () => {
		const endDate = new Date(sandbox.clock.now() - 5 * DAY).toISOString();
		const utc = await earnings('/insights/earnings', { endDate });
		const bare = await earnings('/insights/earnings', { endDate: endDate.replace('Z', '') });
		const east = await earnings('/insights/earnings', {
			endDate: endDate.replace('Z', '+12:00'),
		});

		expect(bare).toEqual(utc);
		expect(total(east)).toBeLessThan(total(utc));
	});

	test('a period that ends before it starts is rejected', async () => {
		const query = { startDate: '2026-02-01T00:00:00Z', endDate: '2026-01-01T00:00:00Z' };

		expect((await mira.get('/insights/earnings', query)).body).toEqual({
			errors: ['endDate must be after startDate'],
		});
	});

	test('the summary contains the sums of the earnings', async () => {
		const rowsOfAll = await earnings('/v1/insights/earnings');
		const { body } = await mira.get('/insights/earnings/summary', { granularity: 'week' });
		const { totals, breakdownBySource, overTime, averageByHourOfDay } = record(body);

		expect(record(totals)['allTime']).toEqual({
			gross: total(rowsOfAll),
			net: total(rowsOfAll, 'net'),
		});
		const parts = Object.values(record(breakdownBySource)).map(record);
		expect(total(parts)).toBe(total(rowsOfAll));
		expect(Array.isArray(overTime) ? total(overTime.map(record)) : 0).toBe(total(rowsOfAll));
		expect(Object.keys(record(averageByHourOfDay))).toHaveLength(24);
	});

	test('the summary uses the time zone', async () => {
		const query = { timezone: 'Pacific/Nowhere' };

		expect((await mira.get('/insights/earnings/summary', query)).body).toEqual({
			errors: ['timezone must be an IANA time zone'],
		});
		const { body } = await mira.get('/insights/earnings/summary', { timezone: 'Asia/Tokyo' });
		expect(record(body)['period']).toEqual({
			startDate: null,
			endDate: null,
			granularity: 'day',
			timezone: 'Asia/Tokyo',
		});
	});

	test('the percentile ranks the creator by earnings', async () => {
		expect((await mira.get('/insights/earnings/percentile')).body).toEqual({ percentile: 34 });
	});
});

describe('fans', () => {
	test('top spenders are sorted by amount', async () => {
		const spenders = rows(await mira.get('/insights/top-spenders', { size: '50' }));
		const amounts = spenders.map(({ gross }) => Number(gross));

		expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
		expect(record(spenders[0]?.['user'])['isTopSpender']).toBe(true);
	});

	test('fan insights contain the purchases', async () => {
		const fan = 'fan115';
		sandbox.fanvue.simulation.tip({ amount: 99_900, fan });
		const { body } = await mira.get(`/insights/fans/${idOf(fan)}`);

		expect(body).toMatchObject({
			status: 'subscriber',
			spending: { maxSinglePayment: { gross: 99_900 }, sources: { tip: { gross: 99_900 } } },
		});
		const v1 = await mira.get(`/v1/insights/fans/${idOf(fan)}`);
		const { spending } = record(v1.body);
		expect(record(record(spending)['total'])['total']).toBeGreaterThan(99_900);
	});

	test.each([
		['fan125', 'expired'],
		['fan140', 'follower'],
		['fan175', 'not_contactable'],
	])('%s is %s', async (handle, status) => {
		expect((await mira.get(`/insights/fans/${idOf(handle)}`)).body).toMatchObject({ status });
	});

	test('bulk and batch fan insights have an entry for each fan', async () => {
		const bulk = await mira.get('/insights/fans', { fanUuids: `${felix},${NOBODY}` });
		const body = { fanUuids: [felix, NOBODY] };
		const batch = await mira.send('POST', '/insights/fans/batch', { body });

		expect(bulk.body).toMatchObject({
			results: { [felix]: { status: 'subscriber' }, [NOBODY]: null },
			errors: [{ code: 'NOT_FOUND', fanUuid: NOBODY }],
		});
		expect(batch.body).toMatchObject({
			[felix]: { status: 'subscriber' },
			[NOBODY]: { error: 'not_found' },
		});
	});

	test('subscriber history counts new and ended subscriptions per day', async () => {
		await sandbox.fanvue.simulation.subscribe({ fan: 'fan170' }).deliveries;
		const days = rows(await mira.get('/insights/subscribers', { size: '50' }));
		const today = new Date(sandbox.clock.now()).toISOString().slice(0, 10);

		expect(days.at(-1)).toMatchObject({ date: today, total: 121 });
		expect(days.length).toBeGreaterThanOrEqual(30);
	});

	test('subscriptions renew by the clock', async () => {
		const before = await earnings('/insights/earnings', { source: 'renewal' });
		sandbox.clock.advance(40 * DAY);
		mira = new FanvueClient(sandbox);
		const after = await earnings('/insights/earnings', { source: 'renewal' });
		const subscribers = rows(await mira.get('/v1/subscribers', { size: '50' }));

		expect(after.length).toBeGreaterThan(before.length);
		expect(
			subscribers.every(({ subscription }) => record(subscription)['autoRenewalEnabled'] === true),
		).toBe(true);
	});
});

describe('agency', () => {
	test('agency chats are those of all creators, newest first', async () => {
		const chats = rows(await agency.get('/agencies/chats', { size: '50' }));
		const times = chats.map(({ lastMessageAt }) => String(lastMessageAt));

		expect(new Set(chats.map(({ creatorUuid }) => creatorUuid)).size).toBe(3);
		expect(times).toEqual([...times].sort().reverse());
	});

	test('agency earnings by day are for some or all creators', async () => {
		const query = {
			startDate: new Date(sandbox.clock.now() - 90 * DAY).toISOString(),
			endDate: new Date(sandbox.clock.now()).toISOString(),
			size: '50',
		};
		const all = rows(await agency.get('/agencies/earnings', query));
		const two = `${idOf('nolan')},${idOf('oriane')}`;
		const some = rows(await agency.get('/agencies/earnings', { ...query, creatorUuids: two }));

		expect(all).toHaveLength(50);
		expect(new Set(some.map(({ creatorUuid }) => creatorUuid))).toEqual(new Set(two.split(',')));
		expect(some[0]).toMatchObject({
			currency: 'USD',
			date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
		});
		const long = { ...query, startDate: '2020-01-01T00:00:00Z' };
		expect((await agency.get('/agencies/subscribers-history', long)).status).toBe(400);
	});

	test('an agency invites users by email', async () => {
		const invite = async (path: string, email: string) => {
			const { status, body } = await agency.send('POST', path, { body: { email } });
			return { status, ...record(body) };
		};

		expect(await invite('/agencies/invites', 'felix@example.com')).toMatchObject({
			success: true,
			inviteUuid: expect.any(String),
		});
		expect(await invite('/agencies/invites', 'nolan@example.com')).toMatchObject({ status: 400 });
		expect(await invite('/agencies/invites', 'nobody@example.com')).toMatchObject({ status: 404 });
		expect(await invite('/agencies/creator-invites', 'felix@example.com')).toMatchObject({
			status: 400,
		});
		expect(await invite('/agencies/creator-invites', 'no address')).toMatchObject({ status: 400 });
	});

	test('the leaderboard ranks the chatters', async () => {
		const { body } = await agency.get('/agencies/insights/chatter-leaderboard');
		const [, tara] = rows({ ...(await agency.get('/creators')), body });

		expect(tara).toMatchObject({ chatterUuid: idOf('tara'), chatterName: 'Night shift' });
		expect(Number(tara?.['messages'])).toBeGreaterThan(0);
	});

	test('creator routes return the data of the creator', async () => {
		const base = `/creators/${idOf('nolan')}`;
		const body = { audience: 'subscribers', text: 'By the agency' };
		const created = record((await agency.send('POST', `${base}/posts`, { body })).body);
		const nolan = new FanvueClient(sandbox, 'nolan');

		expect((await nolan.get(`/posts/${String(created['uuid'])}`)).status).toBe(200);
		expect((await agency.get(`${base}/account`)).body).toMatchObject({ handle: 'nolan' });
		expect((await agency.get('/users/me')).body).toMatchObject({
			handle: 'agency',
			isCreator: false,
		});
	});
});

describe('other resources', () => {
	test('a tracking link is created, filtered and deleted', async () => {
		const body = { name: 'Spring', externalSocialPlatform: 'tiktok' };
		const created = record((await mira.send('POST', '/tracking-links', { body })).body);
		const createdAfter = new Date(sandbox.clock.now() - DAY).toISOString();
		const path = `/tracking-links/${String(created['uuid'])}`;

		expect(rows(await mira.get('/tracking-links', { createdAfter }))).toEqual([created]);
		expect((await mira.send('DELETE', path)).status).toBe(204);
		expect((await mira.get(`${path}/users`)).status).toBe(404);
	});

	test('tracking metadata of a visitor may be null', async () => {
		const [link] = sandbox.fanvue.sandboxState.trackingLinks;
		const [first, second] = link?.visitors ?? [];
		const metadata = async (user: string | undefined): Promise<unknown> =>
			(await mira.get(`/tracking-links/${link?.uuid}/users/${user}/metadata`)).body;

		expect(await metadata(first?.userUuid)).toEqual({
			metadata: { campaign: 'c1', source: 'bio' },
		});
		expect(await metadata(second?.userUuid)).toEqual({ metadata: null });
	});

	test('notifications are filtered by type and counted', async () => {
		sandbox.fanvue.simulation.follow({ fan: 'fan175' });
		const found = rows(await mira.get('/notifications', { eventType: '12' }));
		const { body } = await mira.get('/chats/unread');

		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ eventType: 12, originator: { handle: 'fan175' } });
		expect(record(body)['unreadNotifications']).toMatchObject({ newFollower: 1 });
	});

	test('app subscriptions are limited to the own app', async () => {
		const path = (uuid: string): string => `/apps/${uuid}/subscription/me`;

		expect((await mira.get(path(DEMO_APP.uuid))).body).toMatchObject({
			hasActiveSubscription: true,
			status: 'active',
			managedCreators: [],
		});
		const managed = record((await agency.get(path(DEMO_APP.uuid))).body)['managedCreators'];
		expect(managed).toHaveLength(3);
		expect((await mira.get(path(OTHER_APP_UUID))).status).toBe(403);
		expect((await mira.get(path(NOBODY))).status).toBe(404);
	});

	test('online subscribers are counted and limited', async () => {
		const base = `/creators/${idOf('mira')}/subscribers/online`;
		const { body } = await agency.get(base, { limit: '2' });

		expect(record(body)['data']).toHaveLength(2);
		expect(Number(record(body)['count'])).toBeGreaterThan(2);
		sandbox.fanvue.simulation.setPresence({ isOnline: true });
		const one = await agency.get(base, { subscriberUuids: felix });
		expect(one.body).toMatchObject({ count: 1, data: [{ uuid: felix }] });
	});

	test('the view of a fan and the admin state show new entities', async () => {
		await mira.send('POST', '/posts', { body: { audience: 'subscribers', text: 'Look at me' } });
		const view = `${sandbox.url}/_admin/fanvue/relation?creator=mira&fan=felix`;
		const page = await (await fetch(view)).text();
		const state = await (await fetch(`${sandbox.url}/_admin/state/fanvue`)).text();

		expect(page).toContain('Look at me');
		expect(state).toContain('Look at me');
		for (const secret of sandbox.fanvue.secrets()) expect(state).not.toContain(secret);
	});
});
