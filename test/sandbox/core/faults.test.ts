import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let url: string;
useSandbox(
	(started) => {
		sandbox = started;
		url = `${sandbox.urls.fanbook}/api/bot/${DEMO.fanbook.botToken}`;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

async function send(text: string): Promise<Response> {
	const body = `{"chat_id":${DEMO.fanbook.lobbyChannelId},"text":"${text}","desc":"d"}`;
	const headers = { 'content-type': 'application/json' };
	return await fetch(`${url}/sendMessage`, { method: 'POST', headers, body });
}

function lastMessageText(): string | undefined {
	return sandbox.fanbook.sandboxState.history(DEMO.fanbook.lobbyChannelId).at(-1)?.desc;
}

describe('faults', () => {
	it('apply as often as configured', async () => {
		sandbox.faults.add({ service: 'fanbook', kind: 'status', status: 503, times: 2 });
		const statuses: number[] = [];
		for (let n = 0; n < 3; n += 1) statuses.push((await fetch(`${url}/getMyCommands`)).status);
		expect(statuses).toEqual([503, 503, 200]);
	});

	it('skip the first requests, and apply only to the named endpoint', async () => {
		sandbox.faults.add({ endpoint: 'bot.getCommands', kind: 'status', status: 500, skip: 1 });
		const statuses: number[] = [];
		for (const path of ['getMyCommands', 'getMe', 'getMyCommands', 'getMyCommands']) {
			statuses.push((await fetch(`${url}/${path}`)).status);
		}
		expect(statuses).toEqual([200, 200, 500, 200]);
	});

	it('respond with the given body and headers', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 429,
			retryAfter: 7,
			headers: { 'x-note': 'slow down' },
			body: '<html>busy</html>',
		});
		const response = await fetch(`${url}/getMyCommands`);
		expect(response.status).toBe(429);
		expect(response.headers.get('retry-after')).toBe('7');
		expect(response.headers.get('x-note')).toBe('slow down');
		expect(await response.text()).toBe('<html>busy</html>');
	});

	it('respond in the shape of the service', async () => {
		sandbox.faults.add({ service: 'fanbook', kind: 'rateLimit' });
		sandbox.faults.add({ service: 'fanbook', kind: 'expireToken' });
		expect(await (await fetch(`${url}/getMyCommands`)).json()).toMatchObject({ error_code: 10002 });
		expect((await fetch(`${url}/getMyCommands`)).status).toBe(401);
	});

	it('close the connection before or after the handler runs', async () => {
		sandbox.faults.add({ endpoint: 'message.send', kind: 'cut' });
		await expect(send('never')).rejects.toThrow();
		expect(lastMessageText()).not.toBe('d');
		sandbox.faults.add({ endpoint: 'message.send', kind: 'cut', afterHandling: true });
		await expect(send('carried out')).rejects.toThrow();
		expect(lastMessageText()).toBe('d');
		expect(sandbox.requestLog.entries().map(({ status, fault }) => [status, fault])).toEqual([
			[0, 'cut'],
			[0, 'cut'],
		]);
	});

	it('truncate the body of a response', async () => {
		const whole = await (await fetch(`${url}/getMyCommands`)).text();
		sandbox.faults.add({ kind: 'malformed' });
		const broken = await (await fetch(`${url}/getMyCommands`)).text();
		expect(whole.startsWith(broken)).toBe(true);
		expect(broken).toHaveLength(Math.floor(whole.length / 2));
	});

	it('delay every response and can be combined with another fault', async () => {
		sandbox.faults.add({ kind: 'delay', delayMs: 120, times: 'always' });
		sandbox.faults.add({ kind: 'status', status: 500 });
		const statuses: number[] = [];
		for (let n = 0; n < 2; n += 1) statuses.push((await fetch(`${url}/getMyCommands`)).status);
		expect(statuses).toEqual([500, 200]);
		for (const { ms } of sandbox.requestLog.entries()) expect(ms).toBeGreaterThanOrEqual(118);
	});
});
