import { FanbookHarness } from '../support/fanbookHarness';
import { FanfouHarness, TOKENS } from '../support/fanfouHarness';
import { FanvueHarness, byId } from '../support/fanvueHarness';
import { TestServer } from '../support/server';

const server = new TestServer();
const fanvue = FanvueHarness.forTests(server);
const fanbook = new FanbookHarness(() => fanvue.sandbox);
const fanfou = new FanfouHarness(() => fanvue.sandbox);

const UUID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const once = { options: { maxTries: 1 } };
const ofFanfou = () => ({ credential: { ...TOKENS, baseUrl: server.url, loginUrl: server.url } });
const ofFanbook = () => ({ credentials: fanbook.credential({ host: server.url }) });
const ofFanvue = () => ({ credentials: fanvue.credential('mira', { baseUrl: server.url }) });

const RUNS: Record<string, Array<() => ReturnType<FanvueHarness['run']>>> = {
	Fanvue: [
		async () => await fanvue.run('user', 'getMe', once, ofFanvue()),
		async () =>
			await fanvue.run('message', 'send', { userUuid: byId(UUID), text: 'x', ...once }, ofFanvue()),
		async () => await fanvue.run('post', 'getAll', { limit: 1, ...once }, ofFanvue()),
	],
	Fanfou: [
		async () => await fanfou.run('account', 'getCurrentUser', once, ofFanfou()),
		async () => await fanfou.run('status', 'create', { status: 'x', ...once }, ofFanfou()),
		async () => await fanfou.run('timeline', 'getHome', { limit: 1, ...once }, ofFanfou()),
	],
	Fanbook: [
		async () => await fanbook.run('bot', 'get', once, ofFanbook()),
		async () =>
			await fanbook.run('message', 'send', { chatId: byId('1'), text: 'x', ...once }, ofFanbook()),
		async () => await fanbook.run('role', 'getAll', { guildId: byId('1'), ...once }, ofFanbook()),
	],
};

describe.each(Object.entries(RUNS))('%s', (service, runs) => {
	test.each([
		[403, '<!DOCTYPE html><title>Access denied</title>'],
		[403, ' \n<html><head><title>Blocked</title></head></html>'],
		[400, '<center><h1>400 Bad Request</h1></center>'],
		[407, '<HTML><BODY>Proxy authentication required</BODY></HTML>'],
		[451, '<!-- blocked --><html></html>'],
		[
			403,
			'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML"><html/>',
		],
		[403, '\ufeff<meta charset="utf-8"><p>Blocked</p>'],
		[403, '<script>location = "/sign-in"</script>'],
		[403, '<style>p { color: red }</style><p>Blocked</p>'],
		[403, '<div class="error">Access denied</div>'],
		[400, '<P>Your request was blocked.</P>'],
		[403, '<table><tr><td>Blocked by the firewall</td></tr></table>'],
	])(
		'a web page with status %i is not explained as a rejection of the service: %j',
		async (status, body) => {
			// What a page calls itself does not matter.
			for (const type of ['text/html', 'application/json', '']) {
				server.reply = () => ({ status, headers: { 'content-type': type }, body });
				for (const run of runs) {
					const { error } = await run();
					expect(error?.message).toBe(
						`A web page with status ${status} was returned in place of ${service}'s response`,
					);
					expect(error?.description).toMatch(/^A proxy or firewall between n8n and /);
				}
			}
		},
	);

	test('a rejection in the format of the service is explained, even if it is called HTML', async () => {
		server.reply = () => ({
			status: 403,
			headers: { 'content-type': 'text/html' },
			body: '{"error":"no","message":"no","ok":false,"error_code":1012}',
		});
		for (const run of runs) {
			const { error } = await run();
			expect(error?.message).not.toContain('A web page');
		}
	});
});
