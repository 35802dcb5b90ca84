import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WebSocketServer } from 'ws';
import { FanbookBotApi } from '../../../credentials/FanbookBotApi.credentials';
import { FanbookTrigger } from '../../../nodes/Fanbook/FanbookTrigger.node';
import { readGatewayUrl } from '../../../credentials/fanbook/gatewayUrl';
import { DeliveryLog } from '../../../nodes/Fanbook/trigger/deliveryLog';
import { ConnectionMonitor } from '../../../nodes/Fanbook/trigger/connectionMonitor';
import { TIMING } from '../../../nodes/Fanbook/trigger/timing';
import { NodeFailure } from '../../../nodes/shared/errors';
import { chosen, demo, FAST, TriggerHarness } from '../../support/fanbookTriggerHarness';
import type { Reply } from '../../support/server';
import { TestServer } from '../../support/server';
import { TriggerHost, until } from '../../support/trigger';

/** Problems of the service, of n8n or of a workflow. */
const harness = TriggerHarness.forTests();
const bare = new TestServer();
beforeAll(async () => await bare.start());
afterAll(async () => await bare.close());
beforeEach(() => bare.reset());
afterEach(() => jest.restoreAllMocks());

const LOBBY: INodeParameters = { channels: chosen(demo.lobbyChannelId) };
const HISTORY: INodeParameters = { connectionMode: 'channelHistory', ...LOBBY };
const ok = (result: unknown): Reply => ({ body: JSON.stringify({ ok: true, result }) });
const calls = (method: string) => bare.received.filter(({ url }) => url.endsWith(`/${method}`));

/** Sets the response of each method. */
function answer(answers: Record<string, () => Reply>): void {
	bare.reply = ({ url }) => answers[url.replace(/^\/api\/bot\/[^/]+\//, '')]?.() ?? ok([]);
}

describe('an unstable connection', () => {
	test('a connection that fails repeatedly is one outage, which is saved once', async () => {
		const gateway = { ...FAST.gateway, stablePeriod: 60_000 };
		const n8n = harness.n8n({}, { timing: { gateway, outageReportDelay: 100 } });
		await harness.connect(n8n);
		const { gateway: server } = harness.fanbook;
		for (let round = 0; round < 10; round += 1) {
			const { connected } = server.counts;
			server.cut();
			await until('it is connected again', () => server.counts.connected > connected);
		}
		expect(n8n.saved.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^The connection to the Fanbook gateway has been interrupted/),
		]);
	});

	test('a gateway that closes every connection 40 ms after the first heartbeat is asked less and less often, and the outage is saved once', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
		const gateway = new WebSocketServer({ port: 0, host: '127.0.0.1' });
		try {
			await new Promise((resolve) => gateway.once('listening', resolve));
			gateway.on('connection', (socket) => {
				socket.on('message', (data) => {
					if (!String(data).includes('ping')) return;
					socket.send('{"action":"pong","data":{"time":1}}');
					setTimeout(() => socket.close(), 40);
				});
			});
			answer({ getMe: () => ok({ id: demo.botId, user_token: 'token' }) });
			const address = gateway.address();
			const port = typeof address === 'object' ? address?.port : address;
			const n8n = harness.n8n(
				{},
				{
					timing: TIMING,
					credential: { host: bare.url, gatewayUrl: `ws://127.0.0.1:${port}/websocket` },
				},
			);
			/** Lets the time pass in small steps, so that requests and frames arrive meanwhile. */
			const pass = async (minutes: number) => {
				for (const end = Date.now() + minutes * 60_000; Date.now() < end;) {
					await new Promise((resolve) => setImmediate(resolve));
					await jest.advanceTimersByTimeAsync(20);
				}
			};
			const activated = harness.activate(n8n);
			await pass(4);
			expect([calls('getMe').length > 2, n8n.saved]).toEqual([true, []]);
			await pass(6);
			const before = calls('getMe').length;
			await pass(10);
			const trigger = await activated;
			const closed = trigger.close();
			await pass(0.1);
			await closed;
			expect(calls('getMe').length - before).toBeGreaterThan(5);
			expect(calls('getMe').length - before).toBeLessThan(15);
			expect(n8n.saved.map(({ message }) => message)).toEqual([
				expect.stringMatching(
					/^The connection to the Fanbook gateway has been interrupted for [56] minutes$/,
				),
			]);
		} finally {
			jest.useRealTimers();
			gateway.close();
		}
	});

	test('no report contains the bot token after 60 reconnects', async () => {
		let count = 0;
		answer({
			getMe: () => {
				count += 1;
				if (count < 60) return ok({ id: demo.botId, user_token: `token-${count}` });
				const description = `no such bot: ${demo.botToken}`;
				return { status: 401, body: JSON.stringify({ ok: false, description }) };
			},
		});
		const gateway = { ...FAST.gateway, minReconnectDelay: 1, maxReconnectDelay: 1 };
		const n8n = harness.n8n(
			{},
			{
				timing: { gateway, outageReportDelay: 0, reportInterval: 0 },
				credential: { host: bare.url, gatewayUrl: 'ws://127.0.0.1:1/websocket' },
			},
		);
		await harness.activate(n8n);
		// The third rejection of the token stops the trigger, with the response of Fanbook in the error.
		await until('it has stopped', () => n8n.givenUp.length > 0);
		expect(count).toBeGreaterThan(60);
		const reports = JSON.stringify([n8n.saved, n8n.givenUp, n8n.logs]);
		expect(reports).toContain('no such bot: ***');
		expect(reports).not.toContain(demo.botToken);
	}, 40_000);
});

describe('n8n', () => {
	test('n8n activates the trigger with the default timing', async () => {
		answer({ getMe: () => ({ status: 401, body: '{"ok":false}' }) });
		const host = new TriggerHost({
			node: new FanbookTrigger(),
			parameters: { connectionMode: 'gateway', events: ['message'] },
			credentials: { fanbookBotApi: { botToken: demo.botToken, host: bare.url } },
			credentialTypes: { fanbookBotApi: new FanbookBotApi() },
		});
		await expect(host.activate()).rejects.toMatchObject({
			message: 'Fanbook rejected the bot token',
		});
	});

	test('an execution that was cancelled is not started again', async () => {
		const n8n = harness.n8n(
			{},
			{
				work: async () => {
					throw Object.assign(new Error('stopped'), { name: 'ManualExecutionCancelledError' });
				},
				timing: { startRetryDelays: [0, 0] },
			},
		);
		await harness.connect(n8n);
		for (const text of ['m1', 'm2', 'm3']) {
			harness.say(text);
			await until('it has started', () => n8n.texts().includes(text));
		}
		expect(n8n.texts()).toEqual(['m1', 'm2', 'm3']);
		// A second start under the same key would have been dropped.
		expect([n8n.dropped, n8n.saved]).toEqual([0, []]);
	});

	test('a failed start is not retried after the trigger was closed', async () => {
		let end: () => Promise<void> = async () => undefined;
		const n8n = harness.n8n(
			{},
			{
				beforeExecution: () => {
					void end();
					throw new Error('The database is locked');
				},
				timing: { startRetryDelays: [1, 1, 1] },
			},
		);
		const trigger = await harness.connect(n8n);
		let asked = 0;
		end = async () => {
			asked += 1;
			await trigger.close();
		};
		harness.say('m1');
		await until('it has hung up', () => harness.fanbook.gateway.open === 0);
		expect([asked, n8n.started, n8n.saved]).toEqual([1, [], []]);
	});

	test('a test run ignores an invalid frame if a valid one follows', async () => {
		const n8n = harness.n8n({});
		const items = await n8n.test(() => {
			harness.fanbook.gateway.faults.malform(1);
			harness.say('after it');
		});
		expect(items.map(({ json }) => json.text)).toEqual(['after it']);
		expect(n8n.saved).toEqual([]);
		expect(n8n.logs.join('\n')).toContain('sent a frame that is not valid JSON');
	});
});

describe('the service', () => {
	test('a test run reports an unreachable service', async () => {
		const closed = await new TestServer().start();
		const { url } = closed;
		await closed.close();
		const n8n = harness.n8n({}, { credential: { host: url } });
		await expect(n8n.test()).rejects.toMatchObject({
			message: 'Fanbook refused the connection',
			description: expect.stringContaining('Nothing was sent'),
		});
	});

	test.each([{}, 'odd'])('a response that is not a user is reported: %j', async (me) => {
		answer({ getMe: () => ok(me) });
		const n8n = harness.n8n({}, { credential: { host: bare.url } });
		await expect(n8n.test()).rejects.toMatchObject({
			message: expect.stringMatching(/^Fanbook returned .+ instead of a user$/),
		});
	});

	test.each([{ id: 7 }, { id: 7, user_token: 5 }])(
		'a response without a gateway token is reported: %j',
		async (me) => {
			answer({ getMe: () => ok(me) });
			const n8n = harness.n8n({}, { credential: { host: bare.url } });
			await expect(n8n.test()).rejects.toMatchObject({
				message: 'Fanbook returned no gateway token for the bot',
				description: 'Check Base URL in the credential, or choose another Connection Mode',
			});
		},
	);

	test('invalid rows in the history are skipped', async () => {
		const row = (id: string, more: object) => ({
			message_id: id,
			channel_id: demo.lobbyChannelId,
			content: `hi ${id}`,
			...more,
		});
		let rows: unknown = null;
		answer({ 'message/getList': () => ok(rows) });
		const n8n = harness.n8n(HISTORY, { credential: { host: bare.url, botId: '1' } });
		await harness.activate(n8n);
		rows = ['odd', { no: 'id' }, row('7', { time: 'soon' }), row('6', { time: Date.now() })];
		await until('two have started', () => n8n.started.length > 1);
		expect(n8n.texts()).toEqual(['hi 6', 'hi 7']);
		expect(n8n.saved).toEqual([]);
	});

	test('a channel is read again after a connection error at a restart', async () => {
		const n8n = harness.n8n(HISTORY, { credential: { botId: demo.botId } });
		const first = await harness.activate(n8n);
		harness.say('m1');
		await until('it has started', () => n8n.started.length > 0);
		await first.close();
		harness.say('m2');
		harness.sandbox.faults.add({
			service: 'fanbook',
			endpoint: 'message.getMany',
			kind: 'cut',
			times: 2,
		});
		await harness.activate(n8n, 'init');
		await until('the missed one has started', () => n8n.started.length > 1);
		expect(n8n.texts()).toEqual(['m1', 'm2']);
	});

	test('Channel History waits for the ID of the bot, and the outage is saved', async () => {
		let me: Reply = { status: 503, body: '' };
		answer({ getMe: () => me, 'message/getList': () => ok([]) });
		const n8n = harness.n8n(HISTORY, { credential: { host: bare.url } });
		await harness.activate(n8n, 'init');
		await until('it is saved', () => n8n.saved.length > 0);
		const reads = calls('message/getList').length;
		me = ok({ id: 1 });
		await until('it reads', () => calls('message/getList').length > reads);
		expect(reads).toBe(1);
		expect(n8n.saved[0]?.message).toMatch(
			/^Reading the history of the chosen channels has been interrupted for/,
		);
	});

	test('circle updates are requested on demand, and a response without a list is an outage', async () => {
		const { circle } = harness.fanbook;
		harness.fanbook.settings.fullMessages = true;
		const n8n = harness.n8n({
			connectionMode: 'updateQueue',
			events: ['circlePostCreated'],
			options: { circleUpdates: true },
		});
		await harness.activate(n8n);
		circle.createPost(demo.circleChannelId, demo.userId, { title: 'Tea', text: 'at noon' });
		await until('it has started', () => n8n.started.length > 0);
		expect(n8n.started).toMatchObject([{ event: 'circlePostCreated', text: 'Tea\nat noon' }]);
		const asked = () =>
			harness.sandbox.requestLog
				.entries({ service: 'fanbook', endpoint: 'update.getMany' })
				.map(({ bodyText }) => bodyText);
		await until('it asks for both kinds', () => asked().includes('{"msg_type":"circle"}'));
		expect(asked()[0]).toBe('{}');
		answer({ 'v2/getUpdates': () => ok({ odd: true }) });
		const odd = harness.n8n(
			{ connectionMode: 'updateQueue' },
			{ credential: { host: bare.url, botId: '1' } },
		);
		await harness.activate(odd);
		await until('the outage is saved', () => odd.saved.length > 0);
		expect(odd.started).toEqual([]);
		expect(odd.saved[0]?.description).toContain(
			'Fanbook returned an object without "records" instead of a list of updates',
		);
		const { length } = calls('v2/getUpdates');
		await until('it asks on', () => calls('v2/getUpdates').length > length);
	});
});

test.each([
	['no permission', 400, '{"ok":false,"error_code":1012,"description":"No permission"}'],
	['an invalid token', 401, '{"ok":false,"error_code":901,"description":"Invalid token"}'],
])(
	'circle updates that are refused with %s do not slow down the queue, and are an outage of their own',
	async (_what, status, body) => {
		let requests: string[] = [];
		let isRefused = true;
		bare.reply = ({ url, body: text }) => {
			if (!url.endsWith('/v2/getUpdates')) return ok([]);
			requests.push(text);
			return isRefused && text.includes('circle') ? { status, body } : ok([]);
		};
		const n8n = harness.n8n(
			{ connectionMode: 'updateQueue', options: { circleUpdates: true, pollInterval: 1 } },
			{ credential: { host: bare.url, botId: demo.botId }, timing: { outageReportDelay: 50 } },
		);
		await harness.activate(n8n);
		await until('it is reported', () => n8n.saved.length > 0);
		requests = [];
		await until('the queue was read ten times', () => requests.filter(isQueue).length >= 10);
		expect(requests.filter((text) => !isQueue(text)).length).toBeLessThan(5);
		isRefused = false;
		await until('it works again', () => n8n.logs.some((log) => log.includes('works again')));
		expect(n8n.saved).toEqual([
			{
				message: expect.stringMatching(
					/^Reading the circle updates of Fanbook has been interrupted for/,
				),
				description: expect.stringContaining(
					'If Fanbook has not enabled circle updates for the bot, remove Circle Updates under Options',
				),
			},
		]);
		expect(n8n.givenUp).toEqual([]);
		expect(n8n.logs.join()).not.toContain('Reading the update queue');
	},
);

const isQueue = (text: string) => !text.includes('circle');

test('events that wait when the trigger is closed are read again later', async () => {
	let finish: () => void = () => undefined;
	const blocked = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const n8n = harness.n8n(
		{ ...HISTORY, options: { waitForFinish: true, runsAtOnce: 1, waitingEvents: 1 } },
		{ work: async ({ text }) => (text === 'm1' ? await blocked : undefined) },
	);
	const first = await harness.activate(n8n);
	for (const text of ['m1', 'm2', 'm3', 'm4']) harness.say(text);
	await until('the first has started', () => n8n.started.length > 0);
	await first.close();
	expect(n8n.texts()).toEqual(['m1']);
	finish();
	await harness.activate(n8n, 'init');
	await until('all have started', () => n8n.started.length > 3);
	expect(n8n.texts()).toEqual(['m1', 'm2', 'm3', 'm4']);
});

test('the gateway URL is taken from the credential and has a default', () => {
	const usual = 'wss://gateway-bot.fanbook.mobi/websocket';
	expect([undefined, '', '  ', 7].map(readGatewayUrl)).toEqual([usual, usual, usual, usual]);
	expect(readGatewayUrl(' wss://gateway-bot.fanbook.cn/websocket ')).toBe(
		'wss://gateway-bot.fanbook.cn/websocket',
	);
});

describe('the delivery log', () => {
	test('the delivery log is long but limited', () => {
		const log = new DeliveryLog({}, []);
		expect(log.register('first', undefined)).toBe(true);
		expect(log.register('first', undefined)).toBe(false);
		for (let number = 0; number < 20_000; number += 1) {
			expect(log.register(`message:${number}`, undefined)).toBe(true);
		}
		expect(log.register('message:1', undefined)).toBe(false);
		expect(log.register('first', undefined)).toBe(true);
	});

	test.each([
		['has been listed for less than ten seconds', { time: 1, readAt: 109_999 }, '1'],
		['has been listed for ten seconds', { time: 1, readAt: 110_000 }, '5'],
		['is not yet ten seconds old by its own time', { time: 100_001, readAt: 110_000 }, '1'],
		['has no time', { time: 0, readAt: 110_000 }, '1'],
	])(
		'a message that %s: the next reading starts where it must',
		(_what, { time, readAt }, start) => {
			const clock = jest.spyOn(Date, 'now').mockReturnValue(100_000);
			const log = new DeliveryLog({}, []);
			log.setStart('c', '1');
			const messages = [{ id: '5', time }];
			log.recordHistory('c', messages, 99_000);
			expect(log.startOf('c')).toBe('1');
			clock.mockReturnValue(200_000);
			log.recordHistory('c', messages, readAt);
			expect(log.startOf('c')).toBe(start);
		},
	);

	test('a message is passed also after the clock was set back', () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
		const log = new DeliveryLog({}, []);
		log.setStart('c', '1');
		const messages = [{ id: '5', time: 1 }];
		log.recordHistory('c', messages, 1_000_000);
		clock.mockReturnValue(100_000);
		log.recordHistory('c', messages, 100_000);
		clock.mockReturnValue(110_000);
		log.recordHistory('c', messages, 110_000);
		expect(log.startOf('c')).toBe('5');
	});

	test('emitted events are stored until they are done, at most 300, and only with a history', () => {
		const stored: IDataObject = {};
		const log = new DeliveryLog(stored, []);
		log.register('message:2', undefined);
		log.store('message:2');
		expect(stored.emitted).toEqual([]);
		log.setStart('c', '1');
		log.store('message:2');
		expect(stored.emitted).toEqual(['message:2']);
		expect(new DeliveryLog(stored, []).isKnown('message:2')).toBe(true);
		expect(new DeliveryLog(stored, []).register('message:2', undefined)).toBe(true);
		log.markStarted('message:2');
		log.store();
		expect(stored).toMatchObject({ emitted: [], done: ['message:2'] });
		const ids = Array.from({ length: 301 }, (_, index) => `message:${index + 3}`);
		for (const id of ids) {
			log.register(id, undefined);
			log.store(id);
		}
		expect(stored.emitted).toEqual(ids.slice(1));
	});

	test('an event with the same deduplication key starts again after ten seconds', () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
		const log = new DeliveryLog({}, []);
		expect(log.register(undefined, 'join:1:2')).toBe(true);
		clock.mockReturnValue(5_000);
		expect(log.register(undefined, 'join:1:3')).toBe(true);
		clock.mockReturnValue(9_999);
		expect(log.register(undefined, 'join:1:2')).toBe(false);
		clock.mockReturnValue(10_000);
		expect(log.register(undefined, 'join:1:2')).toBe(true);
		expect(log.register(undefined, 'join:1:3')).toBe(false);
	});
});

describe('the key of a join', () => {
	const KEY = 'join:1:2';

	test.each<[string, Array<[string | undefined, boolean]>]>([
		[
			'two messages are two joins',
			[
				['message:1', true],
				['message:2', true],
			],
		],
		[
			'a notice after its message is the same join',
			[
				['message:1', true],
				[undefined, false],
			],
		],
		[
			'a message after its notice is the same join',
			[
				[undefined, true],
				['message:1', false],
			],
		],
		[
			'a second message after a notice is another join',
			[
				[undefined, true],
				['message:1', false],
				['message:2', true],
				[undefined, false],
			],
		],
	])('%s', (_name, events) => {
		const log = new DeliveryLog({}, []);
		expect(events.map(([id]) => log.register(id, KEY))).toEqual(events.map(([, starts]) => starts));
	});
});

test('the duration of an outage is shown in seconds or minutes', () => {
	const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
	const messages: string[] = [];
	const reporter = {
		log: (_level: string, text: string) => void messages.push(text),
		save: (failure: NodeFailure) => void messages.push(failure.message),
		stopWithError: () => undefined,
	};
	const monitor = new ConnectionMonitor({ subject: 'Reading', reporter, reportDelay: 300_000 });
	const reason = new NodeFailure('Fanbook did not respond in time');
	monitor.restored();
	monitor.lost(reason);
	clock.mockReturnValue(119_000);
	monitor.restored();
	monitor.lost(reason);
	clock.mockReturnValue(119_000 + 299_000);
	monitor.lost(reason);
	clock.mockReturnValue(119_000 + 300_000);
	monitor.lost(reason);
	monitor.lost(reason);
	monitor.restored();
	expect(messages).toEqual([
		'Reading is interrupted: Fanbook did not respond in time',
		'Reading works again after 119 seconds',
		'Reading is interrupted: Fanbook did not respond in time',
		'Reading has been interrupted for 5 minutes',
		'Reading works again after 5 minutes',
	]);
});

describe('a history with odd rows', () => {
	/** Sends these messages, and how many rows of each page are no messages. */
	function serveHistory(messages: Array<{ id: number; time: unknown }>, oddRows = 0): void {
		bare.reply = ({ url, body }) => {
			if (!url.endsWith('/message/getList')) return ok([]);
			const parameters = new URLSearchParams(body);
			const reference = Number(parameters.get('message_id') ?? Infinity);
			const size = Number(parameters.get('size'));
			const isBefore = parameters.get('behavior') !== 'after';
			const found = messages
				.filter(({ id }) => (isBefore ? id < reference : id > reference))
				.sort((a, b) => a.id - b.id);
			const odd = size === 1 ? 0 : oddRows;
			const page = found.slice(odd - size).map(({ id, time }) => ({
				message_id: String(id),
				channel_id: demo.lobbyChannelId,
				user_id: demo.userId,
				time,
				content: JSON.stringify({ type: 'text', text: String(id) }),
			}));
			return ok([...Array<null>(odd).fill(null), ...page]);
		};
	}

	const history = (more: INodeParameters = {}) =>
		harness.n8n({ ...HISTORY, ...more }, { credential: { host: bare.url, botId: demo.botId } });

	test('rows that are no messages do not end the reading of a gap', async () => {
		const messages = [{ id: 1000, time: Date.now() }];
		serveHistory(messages, 1);
		const n8n = history();
		await harness.activate(n8n);
		const added = Array.from({ length: 250 }, (_, index) => 1001 + index);
		messages.push(...added.map((id) => ({ id, time: Date.now() })));
		await until('all have started', () => n8n.started.length >= 250);
		expect(n8n.texts()).toEqual(added.map(String));
		expect(n8n.saved).toEqual([]);
	});

	test.each([
		['two hours behind', () => Date.now() - 7_200_000],
		['in the year 1', () => -62_135_596_800_000],
		['missing', () => null],
	])('messages whose time is %s start the workflow', async (_name, time) => {
		const messages = [{ id: 1000, time: time() }];
		serveHistory(messages);
		const n8n = history({ options: { catchUpMaxAge: 1 } });
		await harness.activate(n8n);
		await until('the channel was read', () => calls('message/getList').length > 3);
		messages.push({ id: 1001, time: time() }, { id: 1002, time: time() });
		await until('both have started', () => n8n.started.length >= 2);
		expect(n8n.texts()).toEqual(['1001', '1002']);
		expect(n8n.saved).toEqual([]);
	});

	test.each([
		['in 2099', Date.UTC(2099, 0, 1)],
		['missing', null],
	])('a time that is %s does not hide a message that is listed late', async (_name, time) => {
		const messages: Array<{ id: number; time: unknown }> = [{ id: 1000, time: Date.now() }];
		serveHistory(messages);
		const n8n = history();
		await harness.activate(n8n);
		messages.push({ id: 1001, time: Date.now() }, { id: 1005, time });
		messages.push({ id: 1007, time: Date.now() });
		await until('the first have started', () => n8n.started.length >= 3);
		messages.push({ id: 1004, time: Date.now() });
		await until('the late one has started', () => n8n.started.length >= 4);
		expect(n8n.texts()).toEqual(['1001', '1005', '1007', '1004']);
	});
});

test.each<[string, string, INodeParameters]>([
	['the queue', 'v2/getUpdates', {}],
	['the queue with long polling', 'getUpdates', { longPolling: true }],
	['the queue of circles', 'v2/getUpdates', { circleUpdates: true }],
])(
	'%s is not read again before all updates of the last response have started',
	async (_what, method, options) => {
		const update = (id: number) => ({
			update_id: id,
			channel_post: {
				message_id: id,
				chat: { id: 5, guild_id: 1 },
				from: { id: 7 },
				text: `${id}`,
			},
		});
		const pages = [100, 100, 50].map((size, page) =>
			Array.from({ length: size }, (_, index) => update(page * 100 + index + 1)),
		);
		const startedBefore: number[] = [];
		answer({
			[method]: () => {
				startedBefore.push(n8n.started.length);
				return ok(pages.shift() ?? []);
			},
		});
		const n8n = harness.n8n(
			{
				connectionMode: 'updateQueue',
				options: { ...options, waitForFinish: true, waitingEvents: 1000 },
			},
			{
				credential: { host: bare.url, botId: demo.botId },
				// Each run takes as long as a request, so a request that is sent too early arrives early.
				work: async () => void (await fetch(bare.url)),
			},
		);
		await harness.activate(n8n);
		await until('all have started', () => n8n.started.length >= 250 && startedBefore.length > 3);
		expect(startedBefore.slice(0, 4)).toEqual([0, 100, 200, 250]);
		expect(n8n.texts()).toEqual(Array.from({ length: 250 }, (_, index) => `${index + 1}`));
	},
);

test('rows of the queue that are no updates are reported, and the others start the workflow', async () => {
	const update = (id: number) => ({
		update_id: id,
		channel_post: { message_id: id, chat: { id: 5, guild_id: 1 }, from: { id: 7 }, text: `${id}` },
	});
	const responses = [[null, update(1), 7, JSON.stringify(update(2)), 'odd'], [update(3)]];
	answer({ 'v2/getUpdates': () => ok(responses.shift() ?? []) });
	const n8n = harness.n8n(
		{ connectionMode: 'updateQueue' },
		{ credential: { host: bare.url, botId: demo.botId } },
	);
	await harness.activate(n8n);
	await until('the updates have started', () => n8n.started.length >= 3);
	expect(n8n.texts()).toEqual(['1', '2', '3']);
	expect(n8n.saved.map(({ message }) => message)).toEqual([
		'The update queue of Fanbook contained a row that is not an update',
	]);
});
