import { startSandbox, type Sandbox } from '../../support/sandbox';
import { DEMO_APP } from '../../../sandbox/fanvue/handlers/apps';
import { FanvueClient, record, rows } from './client';

const NOW = Date.parse('2027-01-01T12:00:00.000Z');
const uuidOf = (handle: string): string => sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
const NOBODY = '00000000-0000-4000-8000-000000000000';
let sandbox: Sandbox;
let mira: FanvueClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
beforeEach(() => {
	jest.restoreAllMocks();
	// Time stands still, so that every time in a response is known.
	jest.spyOn(sandbox.clock, 'now').mockReturnValue(NOW);
	sandbox.reset();
	mira = new FanvueClient(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

describe('GET /v1/subscribers/{userUuid}', () => {
	test('returns the row of the list', async () => {
		const felix = uuidOf('felix');
		await sandbox.fanvue.simulation.subscribe({}).deliveries;
		const { status, body } = await mira.get(`/v1/subscribers/${felix}`);

		expect([status, body]).toEqual([
			200,
			{
				uuid: felix,
				handle: 'felix',
				displayName: 'Felix Berg',
				nickname: null,
				isTopSpender: true,
				avatarUrl: `${sandbox.url}/fanvue-storage/avatars/felix.png`,
				registeredAt: '2026-06-15T12:00:00.000Z',
				subscription: {
					status: 'active',
					price: 999,
					amountPaid: 999,
					currentPeriodStart: expect.stringContaining('2027-01-01T12:00:0'),
					currentPeriodEnd: expect.stringContaining('2027-01-31T12:00:0'),
					autoRenewalEnabled: true,
				},
				firstSubscribedAt: expect.stringContaining('2027-01-01T12:00:0'),
			},
		]);
		const [newest] = rows(await mira.get('/v1/subscribers', { size: '1' }));
		expect(newest).toEqual(body);
	});

	test('returns 404 for a follower and for an unknown user', async () => {
		const follower = sandbox.fanvue.sandboxState.userByHandle('fan140').uuid;
		for (const uuid of [follower, NOBODY]) {
			const { status, body } = await mira.get(`/v1/subscribers/${uuid}`);
			expect([status, body]).toEqual([404, { message: 'Subscriber not found' }]);
		}
	});
});

test('startDate and endDate limit /v1/subscribers by the start of the subscription', async () => {
	const all = rows(await mira.get('/v1/subscribers', { size: '50' }));
	const times = all.map(({ firstSubscribedAt }) => String(firstSubscribedAt));
	const [start = '', end = ''] = [times[20], times[10]];
	const found = rows(
		await mira.get('/v1/subscribers', { startDate: start, endDate: end, size: '50' }),
	);

	expect(found.map(({ firstSubscribedAt }) => firstSubscribedAt)).toEqual(
		times.filter((time) => time >= start && time < end),
	);
	const refused = await mira.get('/subscribers', { startDate: start });
	expect([refused.status, refused.body]).toEqual([
		400,
		{ errors: ['startDate is not a query parameter of this call'] },
	]);
});

test('fan-retention-summary counts active, renewed and ended subscriptions', async () => {
	const before = await mira.get('/v1/insights/fan-retention-summary');
	await sandbox.fanvue.simulation.subscribe({ fan: 'fan170' }).deliveries;
	await sandbox.fanvue.simulation.unsubscribe({ fan: 'fan001' }).deliveries;
	const after = record((await mira.get('/v1/insights/fan-retention-summary')).body);

	expect(before.status).toBe(200);
	expect(before.body).toEqual({
		subscribersCount: 120,
		renewedSubscribersCount: expect.any(Number),
		lostSubscribersCount: 12,
	});
	expect(after).toMatchObject({ subscribersCount: 120, lostSubscribersCount: 13 });
});

describe('GET /apps/{appUuid}', () => {
	test('returns the listing of the own app', async () => {
		const app = DEMO_APP.uuid;
		const { status, body } = await mira.get(`/apps/${app}`);

		expect([status, body]).toEqual([
			200,
			{
				uuid: app,
				name: 'Demo App',
				pricingPlans: [
					{
						uuid: expect.any(String),
						name: 'Monthly',
						billingType: 'recurring',
						interval: 'monthly',
						price: 1900,
						currencyCode: 'USD',
						status: 'active',
					},
					{
						uuid: expect.any(String),
						name: 'Yearly',
						billingType: 'recurring',
						interval: 'yearly',
						price: 19_000,
						currencyCode: 'USD',
						status: 'active',
					},
				],
			},
		]);
	});

	test('returns 404 for an unknown app', async () => {
		const { status, body } = await mira.get(`/apps/${NOBODY}`);

		expect([status, body]).toEqual([404, { message: 'App not found' }]);
	});
});

describe('transactionOrderIds', () => {
	test.each(['/insights/earnings', '/v1/insights/earnings'])(
		'selects transactions of %s, repeated or with commas',
		async (path) => {
			const [first, second] = rows(await mira.get(path, { size: '2' }));
			const ids = [first, second].map((row) => String(row?.['transactionOrderId']));

			expect(rows(await mira.get(path, { transactionOrderIds: ids }))).toEqual([first, second]);
			expect(rows(await mira.get(path, { transactionOrderIds: ids.join(',') }))).toEqual([
				first,
				second,
			]);
			expect(rows(await mira.get(path, { transactionOrderIds: 'none' }))).toEqual([]);
		},
	);
});

describe('GET /v1/media/uploads/{uploadId}/parts/urls', () => {
	async function startUpload(client: FanvueClient, base = '/v1'): Promise<string> {
		const body = { name: 'n', filename: 'n.png', mediaType: 'image' };
		const { body: session } = await client.send('POST', `${base}/media/uploads`, { body });
		return String(record(session)['uploadId']);
	}

	test('returns the URLs of a range of parts, which accept the bytes', async () => {
		const uploadId = await startUpload(mira);
		const { status, body } = await mira.get(`/v1/media/uploads/${uploadId}/parts/urls`, {
			from: '2',
			to: '4',
		});
		const single = await mira.get(`/v1/media/uploads/${uploadId}/parts/3/url`);

		expect([status, body]).toEqual([
			200,
			{
				partSize: 8 * 1024 * 1024,
				parts: [
					{ partNumber: 2, url: expect.stringContaining('partNumber=2') },
					{ partNumber: 3, url: single.body },
					{ partNumber: 4, url: expect.stringContaining('partNumber=4') },
				],
			},
		]);
		const put = await fetch(String(single.body), { method: 'PUT', body: 'bytes' });
		expect(put.status).toBe(200);
	});

	test('exists for a managed creator', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const base = `/v1/creators/${uuidOf('mira')}`;
		const uploadId = await startUpload(agency, base);
		const query = { from: '1', to: '2' };
		const own = await agency.get(`/v1/media/uploads/${uploadId}/parts/urls`, query);
		const { status, body } = await agency.get(
			`${base}/media/uploads/${uploadId}/parts/urls`,
			query,
		);

		expect([own.status, own.body]).toEqual([404, { message: 'Upload not found' }]);
		expect(status).toBe(200);
		expect(record(body)['parts']).toHaveLength(2);
	});

	test.each([
		['0', '2', 'from must be between 1 and 10000, not 0'],
		['1', '10001', 'to must be between 1 and 10000, not 10001'],
		['3', '2', 'to must not be less than from'],
	])('rejects the range %s to %s', async (from, to, error) => {
		const uploadId = await startUpload(mira);
		const answer = await mira.get(`/v1/media/uploads/${uploadId}/parts/urls`, { from, to });

		expect([answer.status, answer.body]).toEqual([400, { errors: [error] }]);
	});
});

describe.each(['/chats/statuses', '/v1/chats/statuses'])('POST %s', (path) => {
	test('accepts at most 100 UUIDs', async () => {
		const felix = uuidOf('felix');
		const send = async (count: number) => {
			const body = { userUuids: Array<string>(count).fill(felix) };
			return await mira.send('POST', path, { body });
		};

		expect((await send(100)).status).toBe(200);
		const refused = await send(101);
		expect([refused.status, refused.body]).toEqual([
			400,
			{ errors: ['userUuids takes at most 100 items, not 101'] },
		]);
	});

	test('has its own limit of 80 requests per minute', async () => {
		const body = { userUuids: [uuidOf('felix')] };
		sandbox.fanvue.settings.statusesRateLimit.size = 2;
		const { headers } = await mira.send('POST', path, { body });
		await mira.send('POST', path, { body });
		const refused = await mira.send('POST', path, { body });

		expect(headers.get('x-ratelimit-limit')).toBe('2');
		expect([refused.status, refused.body]).toEqual([429, { error: 'Too Many Requests' }]);
		expect(refused.headers.get('retry-after')).toBe('30');
		expect((await mira.get('/users/me')).headers.get('x-ratelimit-remaining')).toBe('199');
		sandbox.fanvue.reset();
		expect(sandbox.fanvue.settings.statusesRateLimit.size).toBe(80);
	});
});

test('creator routes below /v1 share the rate limit of the creator', async () => {
	const agency = new FanvueClient(sandbox, 'agency');
	const creator = uuidOf('mira');
	await agency.get(`/creators/${creator}/posts`);
	const { status, headers } = await agency.get(`/v1/creators/${creator}/insights/earnings/summary`);

	expect(status).toBe(200);
	expect(headers.get('x-ratelimit-remaining')).toBe('198');
	const felix = new FanvueClient(sandbox, 'felix');
	const refused = await felix.get(`/v1/creators/${creator}/insights/earnings/summary`);
	expect([refused.status, refused.body]).toEqual([
		403,
		{ error: 'You do not manage this creator' },
	]);
});
