import { WebSocket } from 'ws';
import { startSandbox } from '../../support/sandbox';
import { chosen, demo, TriggerHarness } from '../../support/fanbookTriggerHarness';
import { until } from '../../support/trigger';

const harness = TriggerHarness.forTests();

/**
 * Asserts that no connection is opened again. Another trigger with the same delays between attempts
 * is disconnected and has reconnected three times meanwhile.
 */
async function nobodyComesBack(): Promise<void> {
	const { gateway } = harness.fanbook;
	gateway.faults.clear();
	const other = await harness.connect(harness.n8n({}));
	for (let round = 0; round < 3; round += 1) {
		const { connected } = gateway.counts;
		gateway.cut();
		await until('the other one is back', () => gateway.counts.connected > connected);
	}
	await other.close();
	await until('the other one is gone', () => gateway.open === 0);
}

describe('the connection', () => {
	test('a message starts an execution with every digit of its IDs', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		const message = harness.say('hello');
		await until('it has started', () => n8n.started.length > 0);
		expect(n8n.started).toMatchObject([
			{
				event: 'message',
				source: 'gateway',
				message_id: message.id,
				channel_id: '1152921504606846979',
				guild_id: demo.serverId,
				user_id: demo.userId,
				message_type: 'text',
				text: 'hello',
				content: { type: 'text', text: 'hello' },
				author: { nickname: 'Bao', bot: false },
			},
		]);
		expect(n8n.executions[0]?.key).toBe(`workflow-1:trigger-node:message:${message.id}`);
	});

	test('the connection is open when the activation ends', async () => {
		await harness.activate(harness.n8n({}));
		expect(harness.fanbook.gateway.open).toBe(1);
	});

	test('text frames are read like binary frames', async () => {
		harness.fanbook.settings.textFrames = true;
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.say('as text');
		await until('it has started', () => n8n.started.length > 0);
		expect(n8n.texts()).toEqual(['as text']);
	});

	test('invalid JSON frames are skipped and reported once', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.malform(2);
		harness.say('one');
		harness.say('two');
		await until('both have started', () => n8n.started.length === 2);
		expect(n8n.texts()).toEqual(['one', 'two']);
		expect(n8n.saved.map(({ message }) => message)).toEqual([
			'The Fanbook gateway sent a frame that is not valid JSON',
		]);
	});

	test('a closed connection is opened again with a new token each time', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		for (const text of ['one', 'two', 'three']) {
			harness.fanbook.gateway.expireTokens();
			harness.fanbook.gateway.cut();
			await until('it is gone', () => harness.fanbook.gateway.open === 0);
			await until('it is back', () => harness.fanbook.gateway.open === 1);
			harness.say(text);
		}
		await until('all have started', () => n8n.started.length === 3);
		expect(harness.fanbook.gateway.counts).toMatchObject({ opened: 4, refused: 0 });
		expect(harness.calls('bot.get')).toBe(4);
		expect(n8n.saved).toEqual([]);
	});

	test('a new token is requested if the gateway responds with 502', async () => {
		harness.fanbook.gateway.faults.refuse(2, 502);
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		expect(harness.fanbook.gateway.counts.refused).toBe(2);
		expect(harness.calls('bot.get')).toBe(3);
	});

	test('a connection without heartbeat responses is closed and reopened', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.ignorePings = true;
		await until('it has connected again', () => harness.fanbook.gateway.counts.opened > 1);
		expect(harness.fanbook.gateway.counts.closed).toBeGreaterThan(0);
	});

	test('heartbeats keep an idle connection open', async () => {
		harness.fanbook.settings.idleTimeoutMs = 900;
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		const since = Date.now();
		await until('more than the silence limit has passed', () => Date.now() - since > 1_500);
		expect(harness.fanbook.gateway.counts).toMatchObject({ opened: 1, closed: 0 });
	});
});

describe('problems', () => {
	test('a rejected token fails the activation and states what to do', async () => {
		const n8n = harness.n8n({}, { credential: { botToken: 'b'.repeat(64) } });
		await expect(harness.activate(n8n)).rejects.toMatchObject({
			message: 'Fanbook rejected the bot token',
			description: expect.stringMatching(/^Copy it again from the developer console/),
		});
		expect(harness.fanbook.gateway.open).toBe(0);
	});

	test.each([
		['updateQueue', 'Fanbook rejected the bot token'],
		['channelHistory', 'Fanbook rejected the bot token'],
	])('a rejected token fails the activation in mode %s', async (connectionMode, message) => {
		const n8n = harness.n8n(
			{ connectionMode, channels: chosen(demo.lobbyChannelId) },
			{ credential: { botToken: 'b'.repeat(64) } },
		);
		await expect(harness.activate(n8n)).rejects.toMatchObject({ message });
	});

	test("an error with status 200 is recognized by Fanbook's own code", async () => {
		harness.sandbox.faults.add({
			service: 'fanbook',
			endpoint: 'bot.get',
			kind: 'status',
			status: 200,
			body: { ok: false, error_code: 901, description: 'signature check failed' },
		});
		await expect(harness.activate(harness.n8n({}))).rejects.toMatchObject({
			message: 'Fanbook rejected the bot token',
		});
	});

	test('without WebSocket the activation fails and recommends the other modes', async () => {
		Reflect.deleteProperty(globalThis, 'WebSocket');
		try {
			await expect(harness.activate(harness.n8n({}))).rejects.toMatchObject({
				message: 'The Node.js version of this n8n has no WebSocket support',
				description: expect.stringContaining('Update Queue or Channel History'),
			});
		} finally {
			Object.assign(globalThis, { WebSocket });
		}
	});

	test('an unreadable channel is reported at activation, but not at a restart', async () => {
		const n8n = harness.n8n({ channels: chosen('999999999999999999') });
		await expect(harness.activate(n8n)).rejects.toMatchObject({
			message: expect.stringMatching(/^The history of channel 999999999999999999 cannot be read/),
		});
		await harness.connect(n8n, 'init');
	});

	test('an invalid gateway URL is reported without the token', async () => {
		const n8n = harness.n8n({}, { credential: { gatewayUrl: 'gateway.example' } });
		await expect(n8n.test()).rejects.toMatchObject({
			message: '"Gateway URL" is not a valid URL',
		});
	});

	test('a trigger that starts without network connects later', async () => {
		const gone = await startSandbox({ port: 0 });
		const { port, urls } = gone;
		await gone.close();
		const n8n = harness.n8n(
			{},
			{ credential: { host: urls.fanbook, gatewayUrl: urls.fanbookGateway } },
		);
		await harness.activate(n8n, 'init');
		const back = await startSandbox({ port });
		try {
			await until('it has connected', () => back.fanbook.gateway.open === 1, 20_000);
			back.fanbook.say(demo.lobbyChannelId, demo.userId, 'at last');
			await until('it has started', () => n8n.started.length === 1);
			expect(n8n.logs.join('\n')).toContain('works again');
		} finally {
			await back.close();
		}
	}, 40_000);

	test('a long outage is saved once, and its end is logged', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.refuse(1_000);
		harness.fanbook.gateway.cut();
		await until('it is saved', () => n8n.saved.length > 0);
		const refused = harness.fanbook.gateway.counts.refused;
		await until(
			'it has tried more often',
			() => harness.fanbook.gateway.counts.refused > refused + 3,
		);
		harness.fanbook.gateway.faults.refuse(0);
		await until('it is back', () => n8n.logs.some((line) => line.includes('works again')));
		expect(n8n.saved).toEqual([
			{
				message: expect.stringMatching(
					/^The connection to the Fanbook gateway has been interrupted for \d+ seconds$/,
				),
				description: expect.stringContaining('The trigger keeps trying'),
			},
		]);
		expect(n8n.givenUp).toEqual([]);
	});

	test('a token revoked later stops the trigger once', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.sandbox.faults.add({
			service: 'fanbook',
			endpoint: 'bot.get',
			kind: 'expireToken',
			times: 'always',
		});
		harness.fanbook.gateway.cut();
		await until('it has given up', () => n8n.givenUp.length > 0);
		harness.sandbox.faults.clear();
		await nobodyComesBack();
		expect(n8n.givenUp).toMatchObject([{ message: 'Fanbook rejected the bot token' }]);
	});

	test('no report, log or stored data contains a secret', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.refuse(1_000);
		harness.fanbook.gateway.cut();
		await until('it is saved', () => n8n.saved.length > 0);
		const reports = JSON.stringify([n8n.saved, n8n.logs, n8n.disk]);
		expect(reports).not.toContain(demo.botToken);
		expect(reports).not.toMatch(/[0-9a-f]{64}/);
	});
});

describe('closing', () => {
	test('closing does not wait for the service, can be repeated and leaves no connection open', async () => {
		const n8n = harness.n8n({ channels: chosen(demo.lobbyChannelId) });
		const trigger = await harness.connect(n8n);
		const since = Date.now();
		await Promise.all([trigger.close(), trigger.close()]);
		await trigger.close();
		expect(Date.now() - since).toBeLessThan(5_000);
		await until('nothing is open', () => harness.fanbook.gateway.open === 0);
		expect(harness.fanbook.gateway.counts).toMatchObject({ opened: 1, closed: 1 });
		harness.say('too late');
		await nobodyComesBack();
		expect(n8n.started).toEqual([]);
	});

	test('closing ends connection attempts', async () => {
		harness.fanbook.gateway.faults.refuse(100_000);
		const n8n = harness.n8n({});
		const trigger = await harness.activate(n8n);
		await until('it tries', () => harness.fanbook.gateway.counts.refused > 2);
		await trigger.close();
		await nobodyComesBack();
	});

	test('closing ends a long poll', async () => {
		const n8n = harness.n8n({ connectionMode: 'updateQueue', options: { longPolling: true } });
		const trigger = await harness.activate(n8n);
		await until('it has asked', () => harness.fanbook.updates.waitingCount > 0);
		const since = Date.now();
		await trigger.close();
		expect(Date.now() - since).toBeLessThan(5_000);
	});
});

describe('a test run in the editor', () => {
	test('a test run returns the next matching event and ends', async () => {
		const n8n = harness.n8n({ filters: { contains: 'wanted' } });
		const items = await n8n.test(() => {
			harness.say('something else');
			harness.say('what is wanted');
			harness.say('wanted again');
		});
		expect(items.map(({ json }) => json.text)).toEqual(['what is wanted']);
		await until('nothing is open', () => harness.fanbook.gateway.open === 0);
		expect(n8n.disk).toBe('{}');
	});

	test('a test run can be stopped', async () => {
		const n8n = harness.n8n({});
		const items = await n8n.test((stop) => void stop());
		expect(items).toEqual([]);
		await until('nothing is open', () => harness.fanbook.gateway.open === 0);
	});

	test('a test run that cannot connect fails and closes', async () => {
		harness.fanbook.gateway.faults.refuse(1_000);
		const n8n = harness.n8n({});
		await expect(n8n.test()).rejects.toMatchObject({
			message: 'The connection to the Fanbook gateway could not be opened',
		});
		await nobodyComesBack();
	});

	test('a test run beside the published workflow takes no event from it', async () => {
		const n8n = harness.n8n({});
		await harness.connect(n8n);
		const items = await n8n.test(() => void harness.say('for both'));
		await until('the live one has started', () => n8n.started.length === 1);
		expect(items.map(({ json }) => json.text)).toEqual(['for both']);
		expect(n8n.texts()).toEqual(['for both']);
	});

	test('a test run returns the last matching message of the chosen channels', async () => {
		harness.say('the one');
		harness.say('another');
		const n8n = harness.n8n({
			channels: chosen(demo.lobbyChannelId, demo.helpChannelId),
			whenTesting: 'lastMessage',
			filters: { contains: 'THE ONE' },
		});
		const items = await n8n.test();
		expect(items.map(({ json }) => [json.text, json.source])).toEqual([['the one', 'history']]);
		expect(harness.fanbook.gateway.counts.opened).toBe(0);
	});

	test('a test run waits for an event if no message matches', async () => {
		const n8n = harness.n8n({
			channels: chosen(demo.lobbyChannelId),
			whenTesting: 'lastMessage',
			filters: { contains: 'never said' },
		});
		const items = await n8n.test(() => void harness.say('never said before'));
		expect(items.map(({ json }) => json.text)).toEqual(['never said before']);
	});
});
