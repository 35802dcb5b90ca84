import { startSandbox, type Sandbox } from '../../support/sandbox';
import { DEMO } from '../../../sandbox/demo';
import { send } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

const { lobbyChannelId: channelId, userId } = DEMO.fanbook;
const MESSAGE = { channelId, userId, text: 'from another site' };

describe('requests of other websites', () => {
	it.each([
		['an Origin of the internet', { origin: 'https://attacker.example' }],
		['an Origin without a site', { origin: 'null' }],
		['the Origin of another port', { origin: 'http://127.0.0.1:5678' }],
		['the Origin of this port over HTTPS', { origin: 'https://HOST' }],
		['a Sec-Fetch-Site of another site', { 'sec-fetch-site': 'cross-site' }],
		['a Sec-Fetch-Site of another port', { 'sec-fetch-site': 'same-site' }],
		['a name that resolves to this machine', { host: 'rebind.attacker.example' }],
		['a name that begins like this machine', { host: '127.0.0.1.attacker.example:80' }],
	])('are refused by admin routes: %s', async (_case, headers) => {
		const own = `127.0.0.1:${sandbox.port}`;
		const entries = Object.entries(headers).map(([name, value]) => [
			name,
			value.replace('HOST', own),
		]);
		const before = sandbox.fanbook.sandboxState.history(channelId).length;
		const sent = { headers: Object.fromEntries(entries), body: MESSAGE };
		const posted = await send(sandbox, 'POST', '/_admin/fanbook/say', sent);
		expect(posted).toMatchObject({ status: 403, json: { message: expect.any(String) } });
		expect(sandbox.fanbook.sandboxState.history(channelId)).toHaveLength(before);
		for (const path of ['requests', 'state/fanbook', 'console/status', 'console/events']) {
			const read = await send(sandbox, 'GET', `/_admin/${path}`, { headers: sent.headers });
			expect({ path, status: read.status }).toEqual({ path, status: 403 });
		}
	});

	it.each([
		['a program', {}],
		['the console itself', { origin: 'http://HOST', 'sec-fetch-site': 'same-origin' }],
		['an address that was typed in', { 'sec-fetch-site': 'none' }],
		['localhost', { host: 'localhost:PORT', origin: 'http://localhost:PORT' }],
		['IPv6', { host: '[::1]:PORT' }],
	])('do not include %s', async (_case, headers) => {
		const own = `127.0.0.1:${sandbox.port}`;
		const entries = Object.entries<string>(headers).map(([name, value]) => [
			name,
			value.replace('HOST', own).replace('PORT', String(sandbox.port)),
		]);
		const sent = { headers: Object.fromEntries(entries), body: MESSAGE };
		expect((await send(sandbox, 'POST', '/_admin/fanbook/say', sent)).status).toBe(200);
	});

	it('may link to the page, but not under another name and not in a frame', async () => {
		const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
		const page = await send(sandbox, 'GET', '/', { headers });
		expect(page.status).toBe(200);
		expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
		const host = 'rebind.attacker.example';
		for (const path of ['/', '/console/app.js', '/console/app.css']) {
			expect((await send(sandbox, 'GET', path, { headers: { host } })).status).toBe(403);
		}
	});
});

describe('the page', () => {
	it('loads nothing from elsewhere and contains no inline code', async () => {
		const page = await send(sandbox, 'GET', '/');
		const policy = String(page.headers['content-security-policy']);
		expect(policy).toMatch(/^default-src 'none';/);
		expect(policy).not.toMatch(/unsafe|http/);
		expect(page.text).not.toMatch(/<script(?![^>]*src=")|<style|\son\w+=|https?:/);
		for (const [path, type] of [
			['/console/app.js', 'text/javascript; charset=utf-8'],
			['/console/app.css', 'text/css; charset=utf-8'],
		]) {
			const file = await send(sandbox, 'GET', path ?? '');
			expect(file).toMatchObject({ status: 200, headers: { 'content-type': type } });
			expect(file.text.length).toBeGreaterThan(1000);
		}
	});

	it('contains no secret, in any of its files and status', async () => {
		const paths = ['/', '/console/app.js', '/console/app.css', '/_admin/console/status'];
		const texts = await Promise.all(
			paths.map(async (path) => (await send(sandbox, 'GET', path)).text),
		);
		const { fanvue, fanfou, fanbook } = DEMO;
		const secrets = [
			fanvue.clientSecret,
			fanfou.consumerSecret,
			fanfou.accessToken,
			fanfou.accessTokenSecret,
			fanfou.password,
			fanbook.botToken,
		];
		for (const secret of secrets) expect(texts.join('\n')).not.toContain(secret);
	});
});
