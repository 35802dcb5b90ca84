import type { Sandbox } from '../../../sandbox/index';
import { FanvueClient, record, rows } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let mira: FanvueClient;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	mira = new FanvueClient(sandbox);
});

describe('version', () => {
	test('an unknown API version is rejected with 400', async () => {
		const headers = { 'x-fanvue-api-version': '2020-01-01' };
		const { status, body } = await mira.send('GET', '/users/me', { headers });

		expect([status, body]).toEqual([
			400,
			{ error: 'Bad Request', message: 'API version 2020-01-01 is not supported' },
		]);
	});

	test('a retired API version is rejected with 410 and the next version', async () => {
		sandbox.fanvue.settings.version.retired['2025-06-26'] = '2027-01-01';
		const { status, body } = await mira.get('/users/me');

		expect([status, body]).toEqual([
			410,
			{
				error: 'Gone',
				message: 'API version 2025-06-26 has been retired',
				nextVersion: '2027-01-01',
			},
		]);
	});

	test('a deprecated API version has deprecation headers', async () => {
		sandbox.fanvue.settings.version.deprecation = {
			since: '@1798761600',
			sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
			next: '2027-01-01',
		};
		const { status, headers } = await mira.get('/users/me');

		expect(status).toBe(200);
		expect(headers.get('deprecation')).toBe('@1798761600');
		expect(headers.get('sunset')).toBe('Thu, 01 Jul 2027 00:00:00 GMT');
		expect(headers.get('x-fanvue-api-next-version')).toBe('2027-01-01');
	});

	test('a reset restores the settings', async () => {
		sandbox.fanvue.settings.version.retired['2025-06-26'] = null;
		sandbox.reset();

		expect((await new FanvueClient(sandbox).get('/users/me')).status).toBe(200);
	});
});

describe('rate limit', () => {
	beforeEach(() => {
		sandbox.clock.set(Date.parse('2027-01-01T00:00:00Z'));
		mira = new FanvueClient(sandbox);
		sandbox.fanvue.settings.rateLimit = { size: 3, refillMs: 6_000_000 };
	});

	async function spend(client: FanvueClient, path = '/users/me') {
		const { status, headers } = await client.get(path);
		return { status, remaining: headers.get('x-ratelimit-remaining') };
	}

	test('the rate limit counts down and then returns 429 with Retry-After', async () => {
		const headers = (await mira.get('/users/me')).headers;
		expect(headers.get('x-ratelimit-limit')).toBe('3');
		expect(headers.get('x-ratelimit-remaining')).toBe('2');
		const reset = Number(headers.get('x-ratelimit-reset')) - sandbox.clock.now() / 1000;
		expect(Math.abs(reset - 2000)).toBeLessThan(10);
		await mira.get('/users/me');
		expect(await spend(mira)).toEqual({ status: 200, remaining: '0' });

		const refused = await mira.get('/users/me');
		expect([refused.status, refused.body]).toEqual([429, { error: 'Too Many Requests' }]);
		expect(Math.abs(Number(refused.headers.get('retry-after')) - 2000)).toBeLessThan(10);
		expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
	});

	test('the rate limit refills with the clock', async () => {
		for (let count = 0; count < 3; count += 1) await mira.get('/users/me');
		sandbox.clock.advance(2_000_000);

		expect(await spend(mira)).toEqual({ status: 200, remaining: '0' });
		expect((await spend(mira)).status).toBe(429);
	});

	test('the rate limit is shared by all tokens of a user and both route families', async () => {
		const again = new FanvueClient(sandbox);
		await mira.get('/users/me');

		expect(await spend(again, '/v1/users/me')).toEqual({ status: 200, remaining: '1' });
		expect(await spend(new FanvueClient(sandbox, 'nolan'))).toMatchObject({ remaining: '2' });
	});

	test('each managed creator has a separate rate limit, own and agency routes share one', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const [first, second] = ['mira', 'nolan'].map((handle) =>
			sandbox.fanvue.sandboxState.userByHandle(handle),
		);
		await agency.get('/users/me');

		expect(await spend(agency, '/agencies/team-members')).toMatchObject({ remaining: '1' });
		expect(await spend(agency, `/creators/${first?.uuid}/posts`)).toMatchObject({
			remaining: '2',
		});
		expect(await spend(agency, `/creators/${second?.uuid}/posts`)).toMatchObject({
			remaining: '2',
		});
		expect(await spend(agency, '/creators')).toMatchObject({ remaining: '0' });
	});

	test('an injected rateLimit fault returns the same 429', async () => {
		sandbox.faults.add({ kind: 'rateLimit', retryAfter: 7 });
		const refused = await mira.get('/users/me');

		expect([refused.status, refused.body]).toEqual([429, { error: 'Too Many Requests' }]);
		expect(refused.headers.get('retry-after')).toBe('7');
	});
});

describe('token', () => {
	test('the expireToken fault expires the token of the request permanently', async () => {
		sandbox.faults.add({ kind: 'expireToken' });

		expect((await mira.get('/users/me')).status).toBe(401);
		expect((await mira.get('/users/me')).status).toBe(401);
		expect((await new FanvueClient(sandbox).get('/users/me')).status).toBe(200);
	});

	test('an API key is not accepted', async () => {
		const headers = { authorization: undefined, 'x-fanvue-api-key': 'key' };

		expect((await mira.send('GET', '/users/me', { headers })).status).toBe(401);
	});
});

describe('roles', () => {
	test('filters by fan properties are for creators only', async () => {
		const felix = new FanvueClient(sandbox, 'felix');
		const refused = await felix.get('/chats', { filter: ['unread', 'spenders'] });

		expect([refused.status, refused.body]).toEqual([
			403,
			{ error: 'The filter spenders is for creators' },
		]);
		expect((await felix.get('/chats', { filter: 'unread' })).status).toBe(200);
	});

	test('a chatter has access to the assigned creators only', async () => {
		const tara = new FanvueClient(sandbox, 'tara');
		const { sandboxState: state } = sandbox.fanvue;

		expect(rows(await tara.get('/creators')).map(({ handle }) => handle)).toEqual(['mira']);
		const own = await tara.get(`/creators/${state.userByHandle('mira').uuid}/chats`);
		const other = await tara.get(`/creators/${state.userByHandle('nolan').uuid}/chats`);
		expect([own.status, other.status]).toEqual([200, 403]);
	});

	test('an unknown creator returns 404', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const felix = sandbox.fanvue.sandboxState.userByHandle('felix').uuid;
		const { status, body } = await agency.get(`/creators/${felix}/chats`);

		expect([status, body]).toEqual([404, { message: 'Creator not found' }]);
	});

	test('a team member gets access to an assigned creator', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const tara = new FanvueClient(sandbox, 'tara');
		const { sandboxState: state } = sandbox.fanvue;
		const nolan = state.userByHandle('nolan').uuid;
		const { status, body } = await agency.send(
			'PUT',
			`/agencies/team-members/${state.userByHandle('tara').uuid}`,
			{ body: { creatorUuids: [nolan], nickname: 'Days' } },
		);

		expect(status).toBe(200);
		expect(body).toMatchObject({ nickname: 'Days', creatorAccess: [{ uuid: nolan }] });
		expect((await tara.get(`/creators/${nolan}/account`)).status).toBe(200);
	});
});

test('an unknown route returns 404', async () => {
	const { status, body } = await mira.get('/v1/notifications');

	expect([status, body]).toEqual([404, { message: 'Cannot GET /v1/notifications' }]);
	expect(record(body)).not.toHaveProperty('error');
});
