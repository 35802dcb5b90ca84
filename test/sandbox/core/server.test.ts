import { once } from 'node:events';
import { connect } from 'node:net';
import { DEMO } from '../../../sandbox/demo';
import { startSandbox, type Sandbox } from '../../support/sandbox';
import { loadContract, SERVICE_NAMES } from '../../../sandbox/core/contract';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

async function admin(method: string, path: string, body?: unknown): Promise<unknown> {
	const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
	return await (await fetch(`${sandbox.url}/_admin/${path}`, init)).json();
}

describe('the server', () => {
	it.each(SERVICE_NAMES)('has a handler for every endpoint of %s', (service) => {
		const { handlers } = sandbox[service].definition;
		const ids = loadContract(service).endpoints.map(({ id }) => id);
		expect(ids.filter((id) => handlers[id] === undefined)).toEqual([]);
		expect(Object.keys(handlers).filter((id) => !ids.includes(id))).toEqual([]);
	});

	it('responds to an unknown address, below a service in the shape of the service', async () => {
		expect((await fetch(`${sandbox.url}/nothing`)).status).toBe(404);
		const { botToken } = DEMO.fanbook;
		const unknown = await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/getThem`);
		expect(unknown.status).toBe(404);
		expect(await unknown.json()).toMatchObject({ ok: false });
		const wrongVerb = await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/sendMessage`);
		expect(wrongVerb.status).toBe(405);
	});

	it('responds with 500 when a handler crashes, and logs the stack', async () => {
		const { botToken } = DEMO.fanbook;
		sandbox.fanbook.sandboxState.users.clear();
		const response = await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/getMe`);
		expect(await response.json()).toMatchObject({ ok: false, error_code: 1004 });
		sandbox.fanbook.sandboxState.servers.set('1', Object.create(null));
		const body = '{"guild_id":1}';
		const headers = { 'content-type': 'application/json' };
		const init = { method: 'POST', headers, body };
		const crashed = await fetch(
			`${sandbox.urls.fanbook}/api/bot/${botToken}/getGuildMembersCount`,
			init,
		);
		expect(crashed.status).toBe(500);
		expect(sandbox.requestLog.entries().at(-1)?.crash).toContain('TypeError');
	});

	it('closes at once while connections are open', async () => {
		const other = await startSandbox({ port: 0 });
		const socket = connect(other.port, '127.0.0.1');
		await once(socket, 'connect');
		// A rejected upgrade whose client never closes the connection.
		const stubborn = connect({ port: other.port, host: '127.0.0.1', allowHalfOpen: true });
		stubborn.write('GET /fanbook/websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n');
		stubborn.write('Upgrade: websocket\r\n\r\n');
		await once(stubborn, 'data');
		const pending = fetch(`${other.urls.fanbook}/api/bot/${DEMO.fanbook.botToken}/getUpdates`);
		const answered = pending.then(
			() => undefined,
			() => undefined,
		);
		const started = performance.now();
		await other.close();
		await answered;
		// The pending request alone would take a minute.
		expect(performance.now() - started).toBeLessThan(5000);
		for (const open of [socket, stubborn]) open.destroy();
	});
});

describe('the admin routes', () => {
	it('set, list and clear faults', async () => {
		const fault = {
			service: 'fanvue',
			kind: 'status',
			status: 502,
			times: 'always',
			headers: { a: 'b' },
		};
		expect(await admin('POST', 'faults', fault)).toEqual([fault]);
		expect((await fetch(`${sandbox.urls.fanvueApi}/users/me`)).status).toBe(502);
		expect(await admin('DELETE', 'faults')).toEqual([]);
		expect(await admin('POST', 'faults', { kind: 'fire' })).toEqual({
			message: '"kind" must be one of status, rateLimit, expireToken, delay, cut, malformed',
		});
	});

	it('return request log, coverage and state, move the clock, and reset', async () => {
		await fetch(`${sandbox.urls.fanbook}/api/bot/${DEMO.fanbook.botToken}/getMyCommands`);
		expect(await admin('GET', 'requests?service=fanbook&endpoint=bot.getCommands')).toHaveLength(1);
		expect(await admin('GET', 'requests?service=fanvue')).toEqual([]);
		expect(await admin('GET', 'coverage/fanbook')).toMatchObject({ served: ['bot.getCommands'] });
		expect(await admin('GET', 'state/fanbook')).toMatchObject({ botId: DEMO.fanbook.botId });
		const later = Date.UTC(2030, 0, 1);
		expect(await admin('POST', 'clock', { set: later })).toMatchObject({ now: expect.any(Number) });
		expect(sandbox.clock.now()).toBeGreaterThanOrEqual(later);
		expect(await admin('POST', 'reset')).toEqual({ ok: true });
		expect(Math.abs(sandbox.clock.now() - Date.now())).toBeLessThan(1000);
		expect(await admin('GET', 'requests')).toEqual([]);
	});

	it('run the actions of a service', async () => {
		const { lobbyChannelId, userId } = DEMO.fanbook;
		const input = { channelId: lobbyChannelId, userId, text: 'from outside' };
		expect(await admin('POST', 'fanbook/say', input)).toMatchObject({ channel_id: lobbyChannelId });
		expect(await admin('POST', 'fanbook/say', { channelId: '1', userId, text: 't' })).toEqual({
			message: 'channel does not exist: 1',
		});
		expect(await admin('POST', 'fanbook/fly', {})).toEqual({ message: 'Unknown action' });
	});

	it('serve the console page, which contains no text of users', async () => {
		const { lobbyChannelId, userId } = DEMO.fanbook;
		sandbox.fanbook.say(lobbyChannelId, userId, '<script>alert(1)</script>');
		const page = await (await fetch(`${sandbox.url}/`)).text();
		expect(page).toContain('<title>Sandbox console</title>');
		expect(page).not.toContain('alert(1)');
		// Scripts inside of texts would need a policy that allows inline code.
		const view = `fanbook/channel?channelId=${lobbyChannelId}&userId=${userId}`;
		const response = await fetch(`${sandbox.url}/_admin/${view}`);
		expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
		expect(await response.text()).toContain('<script>alert(1)');
	});
});
