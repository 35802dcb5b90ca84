import { TestServer } from '../../support/server';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

const bare = new TestServer();
const harness = FanbookHarness.forTests(bare);
beforeEach(() => harness.sandbox.reset());

const message = { chatId: byId(demo.lobbyChannelId), text: 'Hello', options: { maxTries: 1 } };

/** Runs an operation against a response and returns its error or items. */
async function respondWith(
	body: unknown,
	status = 200,
	[resource, operation, parameters]: [string, string, object] = ['message', 'send', message],
) {
	bare.reply = () => ({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });
	const result = await harness.run(
		resource,
		operation,
		{ ...parameters },
		{
			credentials: harness.credential({ host: bare.url }),
		},
	);
	return result;
}

const CODES: Array<[code: number, message: string, description: RegExp]> = [
	[901, 'Fanbook could not verify the request', /Copy the bot token/],
	[902, 'The address of this n8n is not on the allow-list of the bot', /public IP address/],
	[903, 'Fanbook has banned the account of the bot', /support/],
	[1001, 'A parameter is missing or invalid', /long ID of the right kind/],
	[1002, 'Fanbook could not create the channel', /category/],
	[1004, 'The account does not exist', /long user ID/],
	[1005, 'Fanbook rejected the password', /bot token/],
	[1006, 'Fanbook could not delete the channel', /exists and is not in use/],
	[1007, 'The user is not in the server', /Check Membership/],
	[1008, 'The bot is not in the server', /Publish the bot .* then add it inside the server/],
	[1011, 'The server does not exist', /long server ID/],
	[1012, 'The bot has no permission for this', /permission SEND_MESSAGES/],
	[1021, 'The channel does not exist', /channel ID/],
	[1037, 'The user does not accept private messages', /Send the message to a channel/],
	[1038, 'The user has blocked the bot', /Send the message to a channel/],
	[2010, 'All badge slots of the user are taken', /Delete one of the badges/],
	[5103, 'The content of the message is not valid JSON', /Parse Mode/],
	[5104, 'The message is too long', /Shorten it/],
	[5105, 'Fanbook does not support this message type', /rich text/],
	[10002, "The bot exceeded Fanbook's limit for messages", /allow-list.*Failed after 1 try/],
];

test.each(CODES)(
	'the message for code %d states what happened and what to do',
	async (code, expected, description) => {
		const { error } = await respondWith({
			ok: false,
			error_code: code,
			description: 'as the service says',
		});
		expect(error?.message).toBe(`${expected} (code ${code})`);
		expect(error?.description).toMatch(description);
		expect(error?.description).toMatch(/Fanbook's message: as the service says/);
	},
);

test.each([
	['err_code', { ok: false, err_code: 1021, description: 'x' }, 200],
	['the other envelope', { status: false, code: 1021, message: '1021', desc: 'x' }, 200],
	['a code as text', { ok: false, error_code: '1021' }, 200],
	['status 400', { ok: false, error_code: 1021, description: 'x' }, 400],
	['neither envelope', { code: 1021 }, 403],
])('the error code is read from a response with %s', async (_what, body, status) => {
	const { error } = await respondWith(body, status);
	expect(error?.message).toBe('The channel does not exist (code 1021)');
});

test.each([
	['{ok, result}', { ok: true, result: { message_id: 1 } }],
	['{status, code, data}', { status: true, code: 1000, message: '1000', data: { message_id: 1 } }],
	['a failing HTTP status', { ok: true, result: { message_id: 1 } }, 500],
])('success is read from the body: %s', async (_what, body, status = 200) => {
	const { items } = await respondWith(body, status);
	expect(items.map(({ json }) => json)).toEqual([{ message_id: '1' }]);
});

test('a successful response without result or data is returned as a whole', async () => {
	const { items } = await respondWith({ status: true, list: [{ key: '1', user_id: '5' }] }, 200, [
		'messageCard',
		'getUsers',
		{ channelId: '1', messageId: '2', key: '1' },
	]);
	expect(items.map(({ json }) => json)).toEqual([{ key: '1', user_id: '5' }]);
});

test('a result of null becomes a result that states success', async () => {
	const { items } = await respondWith({ ok: true, result: null }, 200, [
		'serverNotification',
		'recall',
		{ guildId: '1', chatId: '1', messageId: '2' },
	]);
	expect(items.map(({ json }) => json)).toEqual([{ success: true }]);
});

test('the error for a wrong JSON type is explained', async () => {
	const { error } = await respondWith({ ok: false, description: 'Body contents error' });
	expect(error?.message).toBe('Fanbook returned an error: Body contents error');
	expect(error?.description).toMatch(/has the wrong type/);
});

test.each([
	[401, /Check Bot Token and Base URL/],
	[404, /Check Bot Token and Base URL/],
	[302, /Check Base URL/],
])(
	'the message for status %d without JSON mentions the credential',
	async (status, description) => {
		const { error } = await respondWith('<html>', status);
		expect(error?.message).toBe(`Fanbook returned HTTP status ${status}`);
		expect(error?.description).toMatch(description);
	},
);

test('a write with an unknown response format fails as possibly carried out and is not repeated', async () => {
	for (const body of ['<html>', '', '{}', '[]']) {
		bare.received.length = 0;
		const { error } = await respondWith(body);
		expect(error?.message).toMatch(/^Fanbook returned .+ instead of a message$/);
		expect(error?.description).toMatch(/It may have been carried out all the same/);
		expect(bare.received).toHaveLength(1);
	}
});

test('a message above the rate limit is sent once after a wait', async () => {
	let refusals = 0;
	bare.reply = () => {
		refusals += 1;
		return refusals === 1
			? { status: 400, body: '{"ok":false,"error_code":10002,"description":"limit"}' }
			: { body: '{"ok":true,"result":{"message_id":7}}' };
	};
	const { items, error } = await harness.run(
		'message',
		'send',
		{ ...message, options: {} },
		{ credentials: harness.credential({ host: bare.url }) },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ message_id: '7' }]);
	expect(bare.received).toHaveLength(2);
});

test('one failing item does not affect the others', async () => {
	const items = [demo.lobbyChannelId, '404', demo.helpChannelId].map((id) => ({ json: { id } }));
	const { outputs } = await harness.run(
		'message',
		'send',
		{ ...message, chatId: '={{ $json.id }}' },
		{ items, settings: { onError: 'continueErrorOutput' } },
	);
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(outputs[1]).toMatchObject([
		{
			json: {
				error: 'The channel does not exist (code 1021)',
				message: expect.stringContaining('Check the channel ID'),
			},
			pairedItem: { item: 1 },
		},
	]);
});

test('no secret is saved in an execution, even if the service repeats it', async () => {
	const expected = `no such bot /api/bot/${demo.botToken}/sendMessage, token ${demo.botToken}`;
	for (const [body, status] of [
		[{ ok: false, error_code: 901, description: expected }, 200],
		[expected, 500],
	] as const) {
		const { error, saved } = await respondWith(body, status);
		expect(error?.message).toBeDefined();
		expect(saved).not.toContain(demo.botToken);
	}
});

test('the error for an unreachable host does not contain the request URL', async () => {
	const closed = await new TestServer().start();
	const { url } = closed;
	await closed.close();
	const { error, saved } = await harness.run('message', 'send', message, {
		credentials: harness.credential({ host: url }),
	});
	expect(error?.message).toBe('Fanbook refused the connection');
	expect(error?.description).toMatch(/Nothing was sent/);
	expect(saved).not.toContain(demo.botToken);
});

test.each([
	[{ botToken: ' ' }, 'The Fanbook credential has no bot token'],
	[{ host: 'a1.fanbook.cn' }, '"Base URL" is not a valid URL'],
])('a credential with %j is rejected with the field to fill in', async (more, expected) => {
	const { error } = await harness.run('message', 'send', message, {
		credentials: harness.credential(more),
	});
	expect(error?.message).toBe(expected);
});
