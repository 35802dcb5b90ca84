import type { INodeParameters } from 'n8n-workflow';
import { isObject, tryParseJson } from '../../../nodes/shared/json';
import { chosen, demo, TriggerHarness } from '../../support/fanbookTriggerHarness';
import type { ActiveTrigger, TriggerHost } from '../../support/trigger';
import { until } from '../../support/trigger';

const harness = TriggerHarness.forTests();

const LOBBY: INodeParameters = { channels: chosen(demo.lobbyChannelId) };
const SWEEPING = { timing: { sweepInterval: 40 } };

function numbered(from: number, to: number): string[] {
	return Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);
}

function sayAll(texts: string[]): void {
	for (const text of texts) harness.say(text);
}

async function all(n8n: TriggerHost, texts: string[]): Promise<void> {
	await until(
		`${texts.length} have started`,
		() => new Set(n8n.texts()).size >= texts.length,
		20_000,
	);
}

/** Closes the connection and rejects new ones until the returned function is called. */
async function cut(): Promise<() => void> {
	const { gateway } = harness.fanbook;
	gateway.faults.refuse(1_000_000);
	gateway.cut();
	await until('it is gone', () => gateway.open === 0);
	return () => gateway.faults.refuse(0);
}

const realNow = Date.now.bind(Date);
let passedMs = 0;
afterEach(() => jest.restoreAllMocks());
beforeEach(() => {
	passedMs = 0;
});

/** Lets time pass at once, for the trigger and for Fanbook. */
function pass(milliseconds: number): void {
	passedMs += milliseconds;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passedMs);
}

/** Resolves when the history of a channel has been read from a message on, which begins later than this. */
async function readFrom(id: string, channel: string = demo.lobbyChannelId): Promise<void> {
	const texts = () =>
		harness.sandbox.requestLog
			.entries({ service: 'fanbook', endpoint: 'message.getMany' })
			.map(({ bodyText }) => new URLSearchParams(bodyText))
			.filter((body) => body.get('channel_id') === channel)
			.map((body) => body.get('message_id'));
	await until('the start has moved', () => texts().at(-1) === id);
}

/** Resolves when the history has been read twice more. */
async function readTwice(): Promise<void> {
	const calls = harness.calls('message.getMany');
	await until('it has looked twice more', () => harness.calls('message.getMany') > calls + 4);
}

function onDisk(n8n: TriggerHost) {
	const data = tryParseJson(n8n.disk);
	const stored = isObject(data) ? data['node:Fanbook Trigger'] : undefined;
	return isObject(stored) ? stored : {};
}

describe('catching up', () => {
	test('messages sent while the connection was closed start executions once and in order', async () => {
		const n8n = harness.n8n(LOBBY);
		await harness.connect(n8n);
		sayAll(numbered(1, 3));
		// A frame that is on its way is lost with the connection, and its message is found in the history.
		await all(n8n, numbered(1, 3));
		const reconnect = await cut();
		sayAll(numbered(4, 9));
		reconnect();
		await all(n8n, numbered(1, 9));
		expect(n8n.texts()).toEqual(numbered(1, 9));
		expect(n8n.started.map(({ source }) => source)).toEqual([
			...Array<string>(3).fill('gateway'),
			...Array<string>(6).fill('history'),
		]);
	});

	test('a message has the same output from the gateway and from the history', async () => {
		const n8n = harness.n8n(LOBBY);
		await harness.connect(n8n);
		harness.say('the same');
		await all(n8n, ['the same']);
		const reconnect = await cut();
		harness.say('the same');
		reconnect();
		await until('both have started', () => n8n.started.length === 2);
		const shapes = n8n.started.map((item) => ({
			...item,
			...{ source: 0, message_id: 0, time: 0, raw: 0, channel_type: 0 },
		}));
		expect(shapes[1]).toEqual(shapes[0]);
		expect(Object.keys(n8n.started[1] ?? {})).toEqual(Object.keys(n8n.started[0] ?? {}));
	});

	test('messages dropped by the gateway are found in the history', async () => {
		const n8n = harness.n8n(LOBBY, SWEEPING);
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.drop(2);
		sayAll(numbered(1, 4));
		await all(n8n, numbered(1, 4));
		expect(n8n.texts().sort()).toEqual(numbered(1, 4));
	});

	test('duplicated and reordered frames start each execution once', async () => {
		const n8n = harness.n8n(LOBBY, SWEEPING);
		await harness.connect(n8n);
		harness.fanbook.gateway.faults.duplicate(3);
		sayAll(numbered(1, 3));
		harness.fanbook.gateway.faults.reorder(3);
		sayAll(numbered(4, 6));
		await all(n8n, numbered(1, 6));
		const calls = harness.calls('message.getMany');
		await until('it has looked twice more', () => harness.calls('message.getMany') > calls + 1);
		expect(n8n.texts().sort()).toEqual(numbered(1, 6));
		expect(n8n.dropped).toBe(0);
	});

	test('messages sent while n8n was stopped start executions, but none from before the activation', async () => {
		harness.say('before');
		const n8n = harness.n8n(LOBBY);
		const first = await harness.connect(n8n);
		sayAll(numbered(1, 3));
		await all(n8n, numbered(1, 3));
		await first.close();
		sayAll(numbered(4, 6));
		await harness.connect(n8n, 'init');
		await all(n8n, numbered(1, 6));
		expect(n8n.texts()).toEqual(numbered(1, 6));
	});

	test('messages missed directly after the activation are caught up', async () => {
		const n8n = harness.n8n(LOBBY);
		const first = await harness.connect(n8n);
		await first.kill();
		harness.say('missed');
		await harness.connect(n8n, 'init');
		await all(n8n, ['missed']);
	});

	test('with Catch Up off missed messages are not read', async () => {
		const n8n = harness.n8n({ ...LOBBY, catchUp: false });
		await harness.connect(n8n);
		const reconnect = await cut();
		harness.say('missed');
		reconnect();
		await until('it is back', () => harness.fanbook.gateway.open === 1);
		harness.say('received');
		await all(n8n, ['received']);
		expect(n8n.texts()).toEqual(['received']);
		expect(harness.calls('message.getMany')).toBe(0);
	});

	test.each(['next', 'newest'] as const)(
		'a gap of many pages is filled if a page holds the %s messages',
		async (afterPage) => {
			harness.fanbook.settings.afterPage = afterPage;
			const n8n = harness.n8n(LOBBY);
			await harness.connect(n8n);
			const reconnect = await cut();
			sayAll(numbered(1, 350));
			reconnect();
			await all(n8n, numbered(1, 350));
			expect(n8n.texts()).toEqual(numbered(1, 350));
		},
	);

	test('catching up is limited to the configured number and age, and the rest is reported', async () => {
		const n8n = harness.n8n({ ...LOBBY, options: { catchUpMaxCount: 5, catchUpMaxAge: 1 } });
		await harness.connect(n8n);
		let reconnect = await cut();
		sayAll(numbered(1, 150));
		reconnect();
		await all(n8n, numbered(146, 150));
		reconnect = await cut();
		harness.sandbox.clock.advance(-2 * 3_600_000);
		harness.say('two hours old');
		harness.sandbox.clock.reset();
		harness.say('new');
		reconnect();
		await until('the new one has started', () => n8n.texts().includes('new'));
		expect(n8n.texts()).toEqual([...numbered(146, 150), 'new']);
		// Skipped messages must be reported.
		expect(n8n.saved).toMatchObject([
			{ message: `Too many or too old messages were missed in channel ${demo.lobbyChannelId}` },
		]);
	});

	test('recalled messages start nothing when catching up', async () => {
		const n8n = harness.n8n(LOBBY);
		await harness.connect(n8n);
		const reconnect = await cut();
		const regretted = harness.say('regretted');
		harness.say('meant');
		harness.fanbook.recall(regretted.id, demo.userId);
		reconnect();
		await all(n8n, ['meant']);
		expect(n8n.texts()).toEqual(['meant']);
	});
});

describe.each(['gateway', 'channelHistory'])(
	'a silent channel in the mode %s',
	(connectionMode) => {
		const TWO_HOURS = 7_200_000;
		const mode: INodeParameters = { connectionMode, options: { catchUpMaxAge: 1 } };
		const open = async (n8n: TriggerHost, activation?: 'init') =>
			await (connectionMode === 'gateway'
				? harness.connect(n8n, activation)
				: harness.activate(n8n, activation));

		test('its newest message is read once more and does not count as missed later', async () => {
			const n8n = harness.n8n({ ...LOBBY, ...mode }, SWEEPING);
			await open(n8n);
			const last = harness.say('last');
			await all(n8n, ['last']);
			await readTwice();
			pass(TWO_HOURS);
			await readFrom(last.id);
			harness.say('next');
			await all(n8n, ['last', 'next']);
			expect(n8n.texts()).toEqual(['last', 'next']);
			expect(n8n.saved).toEqual([]);
		});

		test('its newest messages do not count as missed after a restart', async () => {
			const n8n = harness.n8n({ ...LOBBY, ...mode }, SWEEPING);
			for (const activation of [undefined, 'init', 'init'] as const) {
				const trigger = await open(n8n, activation);
				if (activation === undefined) {
					sayAll(numbered(1, 2));
					await all(n8n, numbered(1, 2));
				}
				await readTwice();
				await trigger.close();
				pass(TWO_HOURS);
			}
			expect(n8n.texts()).toEqual(numbered(1, 2));
			expect(n8n.saved).toEqual([]);
		});

		test('messages that the filters exclude do not count as missed', async () => {
			const filters = { contains: 'wanted' };
			const n8n = harness.n8n({ ...LOBBY, ...mode, filters }, SWEEPING);
			const trigger = await open(n8n);
			await trigger.close();
			harness.say('other');
			pass(TWO_HOURS);
			await open(n8n, 'init');
			await readTwice();
			expect(n8n.saved).toEqual([]);
		});

		test('a message that was missed and is too old is reported', async () => {
			const n8n = harness.n8n({ ...LOBBY, ...mode }, SWEEPING);
			const trigger = await open(n8n);
			await trigger.close();
			harness.say('missed');
			pass(TWO_HOURS);
			await open(n8n, 'init');
			await until('it is reported', () => n8n.saved.length > 0);
			expect(n8n.started).toEqual([]);
			expect(n8n.saved).toMatchObject([
				{ message: `Too many or too old messages were missed in channel ${demo.lobbyChannelId}` },
			]);
		});

		test('its message does not start again after a restart behind 350 of another channel', async () => {
			const n8n = harness.n8n(
				{ ...mode, channels: chosen(demo.lobbyChannelId, demo.helpChannelId), options: {} },
				{ ...SWEEPING, keepsExecutions: false },
			);
			const trigger = await open(n8n);
			const quiet = harness.say('quiet', demo.helpChannelId);
			await all(n8n, ['quiet']);
			await readTwice();
			pass(TWO_HOURS);
			await readFrom(quiet.id, demo.helpChannelId);
			sayAll(numbered(1, 350));
			await all(n8n, ['quiet', ...numbered(1, 350)]);
			await until('their runs are done', () => n8n.running === 0);
			harness.say('m351');
			await all(n8n, ['quiet', ...numbered(1, 351)]);
			await trigger.close();
			await open(n8n, 'init');
			await readTwice();
			expect(n8n.texts().filter((text) => text === 'quiet')).toEqual(['quiet']);
		});
	},
);

describe('a process that is killed', () => {
	test('killing the process before an execution exists loses no message', async () => {
		let active: ActiveTrigger | undefined;
		const n8n = harness.n8n(LOBBY, {
			beforeExecution: ({ text }) => {
				if (text === 'm2') void active?.kill();
			},
		});
		active = await harness.connect(n8n);
		harness.say('m1');
		await all(n8n, ['m1']);
		harness.say('m2');
		await until('it is dead', () => active?.isAlive === false);
		expect(n8n.texts()).toEqual(['m1']);
		active = undefined;
		await harness.connect(n8n, 'init');
		await all(n8n, numbered(1, 2));
		expect(n8n.texts()).toEqual(numbered(1, 2));
	});

	test('killing the process during an execution does not start it again', async () => {
		const n8n = harness.n8n(LOBBY, { work: async () => await new Promise(() => undefined) });
		const first = await harness.connect(n8n);
		sayAll(numbered(1, 3));
		await all(n8n, numbered(1, 3));
		await first.kill();
		await harness.connect(n8n, 'init');
		harness.say('m4');
		await all(n8n, numbered(1, 4));
		expect(n8n.texts()).toEqual(numbered(1, 4));
		expect(n8n.dropped).toBe(3);
	});

	test('without saved executions only the last message is repeated after a kill', async () => {
		const n8n = harness.n8n(LOBBY, { keepsExecutions: false });
		const first = await harness.connect(n8n);
		for (const text of numbered(1, 4)) {
			harness.say(text);
			await all(n8n, numbered(1, Number(text.slice(1))));
			await until('its run is done', () => n8n.running === 0);
		}
		await first.kill();
		await harness.connect(n8n, 'init');
		harness.say('m5');
		await until('the new one has started', () => n8n.texts().includes('m5'));
		expect(n8n.texts()).toEqual([...numbered(1, 4), 'm4', 'm5']);
	});

	test('the stored cursor stays behind events whose executions have not finished', async () => {
		let finish: () => void = () => undefined;
		const blocked = new Promise<void>((resolve) => {
			finish = resolve;
		});
		const n8n = harness.n8n(LOBBY, {
			...SWEEPING,
			work: async ({ text }) => (text === 'm1' ? await blocked : undefined),
		});
		await harness.connect(n8n);
		const cursor = () => Object(onDisk(n8n).cursors)[demo.lobbyChannelId];
		const begin: unknown = cursor();
		sayAll(numbered(1, 2));
		await all(n8n, numbered(1, 2));
		// The cursor moves only past messages that are some seconds older than the newest one.
		harness.sandbox.clock.advance(60_000);
		const third = harness.say('m3');
		await all(n8n, numbered(1, 3));
		const looks = harness.calls('message.getMany');
		await until('it has looked again', () => harness.calls('message.getMany') > looks + 1);
		harness.say('m4');
		await all(n8n, numbered(1, 4));
		expect(cursor()).toBe(begin);
		finish();
		await until('its run is done', () => n8n.running === 0);
		harness.say('m5');
		await all(n8n, numbered(1, 5));
		expect(cursor()).not.toBe(begin);
		expect(BigInt(String(cursor()))).toBeLessThan(BigInt(third.id));
	});

	test('random kills and gateway faults start each message exactly once', async () => {
		const n8n = harness.n8n(LOBBY, {
			...SWEEPING,
			work: async () => await new Promise((resolve) => setTimeout(resolve, 3)),
		});
		const { gateway } = harness.fanbook;
		const random = seeded(20_260_731);
		const sent = numbered(1, 400);
		let active = await harness.connect(n8n);
		let [cuts, kills] = [0, 0];
		for (const [index, text] of sent.entries()) {
			const chance = random();
			if (chance < 0.05) gateway.faults.drop(2);
			else if (chance < 0.1) gateway.faults.duplicate(3);
			else if (chance < 0.15) gateway.faults.reorder(3);
			else if (chance < 0.2) {
				gateway.cut();
				cuts += 1;
			} else if (chance < 0.25) gateway.faults.malform(1);
			if (index % 80 === 79) {
				await active.kill();
				kills += 1;
			}
			harness.say(text);
			if (!active.isAlive && index % 80 === 19) {
				active = await harness.activate(n8n, 'init');
			}
			if (random() < 0.2) await new Promise((resolve) => setTimeout(resolve, 10));
		}
		gateway.faults.clear();
		if (!active.isAlive) await harness.activate(n8n, 'init');
		await all(n8n, sent);
		const looks = harness.calls('message.getMany');
		await until('it has looked again', () => harness.calls('message.getMany') > looks + 2);
		const counts = new Map<string, number>();
		for (const text of n8n.texts()) counts.set(text, (counts.get(text) ?? 0) + 1);
		expect({
			sent: sent.length,
			started: n8n.started.length,
			missing: sent.filter((text) => !counts.has(text)),
			repeated: [...counts].filter(([, count]) => count > 1),
		}).toEqual({ sent: 400, started: 400, missing: [], repeated: [] });
		expect(cuts).toBeGreaterThan(10);
		expect(kills).toBe(5);
		// The data is small, because it is written with every emit.
		expect(n8n.disk.length).toBeLessThan(12_000);
	}, 60_000);
});

/** Returns a generator of the same numbers between 0 and 1 in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

describe('the queue of executions', () => {
	test('executions start without waiting for each other, at a limited rate', async () => {
		const n8n = harness.n8n(
			{},
			{ work: async () => await new Promise(() => undefined), timing: { startInterval: 60 } },
		);
		await harness.connect(n8n);
		sayAll(numbered(1, 40));
		await until('the first have started', () => n8n.started.length >= 25);
		expect(n8n.started.length).toBeLessThan(30);
		// Executions that never end do not prevent others from starting.
		await all(n8n, numbered(1, 40));
		expect(n8n.texts()).toEqual(numbered(1, 40));
	});

	test('with Wait for Finish executions start in order as others finish', async () => {
		const n8n = harness.n8n(
			{ options: { waitForFinish: true, runsAtOnce: 2 } },
			{ work: async () => await new Promise((resolve) => setTimeout(resolve, 5)) },
		);
		await harness.connect(n8n);
		sayAll(numbered(1, 20));
		await all(n8n, numbered(1, 20));
		expect(n8n.peak).toBe(2);
		expect(n8n.texts()).toEqual(numbered(1, 20));
	});

	test('a full queue is reported, and messages of chosen channels are read again later', async () => {
		const n8n = harness.n8n(
			{ ...LOBBY, options: { waitForFinish: true, runsAtOnce: 1, waitingEvents: 3 } },
			{ ...SWEEPING, work: async () => await new Promise((resolve) => setTimeout(resolve, 10)) },
		);
		await harness.connect(n8n);
		sayAll(numbered(1, 30));
		await all(n8n, numbered(1, 30));
		expect(n8n.peak).toBe(1);
		expect(n8n.texts().sort()).toEqual(numbered(1, 30).sort());
		expect(n8n.saved).toMatchObject([
			{ message: 'Fanbook events arrive faster than the workflow finishes' },
		]);
	});

	test('a failed start is retried, and reported if all retries fail', async () => {
		let refusals = 2;
		const n8n = harness.n8n(
			{},
			{
				beforeExecution: ({ text }) => {
					if (text === 'never') throw new Error('The database is locked');
					if (text === 'later' && refusals-- > 0) throw new Error('The database is locked');
				},
			},
		);
		await harness.connect(n8n);
		sayAll(['never', 'later', 'at once']);
		await until('two have started', () => n8n.started.length === 2);
		await until('it is saved', () => n8n.saved.length > 0);
		expect(n8n.texts()).toEqual(['at once', 'later']);
		expect(n8n.saved).toEqual([
			{
				message: 'n8n could not start the workflow for a Fanbook event',
				description: expect.stringContaining('The database is locked'),
			},
		]);
	});
});

describe('Channel History', () => {
	const HISTORY: INodeParameters = {
		connectionMode: 'channelHistory',
		channels: chosen(demo.lobbyChannelId, demo.helpChannelId),
	};

	test('Channel History starts on messages of all chosen channels and no others', async () => {
		harness.say('before');
		const n8n = harness.n8n(HISTORY, { credential: { botId: demo.botId } });
		await harness.activate(n8n);
		harness.say('in the lobby');
		harness.say('in help', demo.helpChannelId);
		await all(n8n, ['in the lobby', 'in help']);
		harness.say('again');
		await all(n8n, ['in the lobby', 'in help', 'again']);
		expect(n8n.texts().sort()).toEqual(['again', 'in help', 'in the lobby']);
		expect(n8n.started[0]).toMatchObject({ source: 'history', mentions_bot: false });
		// Requesting the bot would renew the token of a gateway connection.
		expect(harness.calls('bot.get')).toBe(0);
	});

	test('Channel History continues after an outage and a restart without a gap', async () => {
		const n8n = harness.n8n(HISTORY);
		const first = await harness.activate(n8n);
		harness.sandbox.faults.add({
			service: 'fanbook',
			endpoint: 'message.getMany',
			kind: 'status',
			status: 500,
			times: 12,
		});
		harness.say('m1');
		await until('it is saved', () => n8n.saved.length > 0, 20_000);
		await all(n8n, ['m1']);
		await first.kill();
		harness.say('m2');
		await harness.activate(n8n, 'init');
		await all(n8n, numbered(1, 2));
		expect(n8n.texts()).toEqual(numbered(1, 2));
		expect(n8n.saved).toHaveLength(1);
		expect(n8n.saved[0]?.message).toMatch(/^Reading the history of the chosen channels has been/);
	}, 40_000);

	test('Channel History requires a channel', async () => {
		const n8n = harness.n8n({ ...HISTORY, channels: {} });
		await expect(harness.activate(n8n)).rejects.toMatchObject({
			message: '"Channels" is empty',
		});
	});
});

describe('Update Queue', () => {
	const QUEUE: INodeParameters = { connectionMode: 'updateQueue', events: ['any'] };

	test('Update Queue starts on mentions and joins, and on all messages if Fanbook allows full messages', async () => {
		const n8n = harness.n8n(QUEUE);
		await harness.activate(n8n);
		harness.say('not for the bot');
		harness.say(`\${@!${demo.botId}} hello`);
		await until('one has started', () => n8n.started.length > 0);
		harness.fanbook.settings.fullMessages = true;
		harness.say('for everyone');
		await until('two have started', () => n8n.started.length > 1);
		expect(n8n.started).toMatchObject([
			{ event: 'botMentioned', source: 'queue', text: `\${@!${demo.botId}} hello` },
			{ event: 'message', source: 'queue', text: 'for everyone' },
		]);
	});

	test('Update Queue reads several pages and starts each update once', async () => {
		harness.fanbook.settings.fullMessages = true;
		sayAll(numbered(1, 250));
		const n8n = harness.n8n(QUEUE);
		await harness.activate(n8n);
		await all(n8n, numbered(1, 250));
		expect(n8n.texts()).toEqual(numbered(1, 250));
	});

	test('a kill loses no more of the queue than the rest of the page that was read', async () => {
		harness.fanbook.settings.fullMessages = true;
		sayAll(numbered(1, 250));
		let isHeld = true;
		const n8n = harness.n8n(
			{ ...QUEUE, options: { waitForFinish: true, waitingEvents: 1000 } },
			{
				work: async () => {
					if (n8n.started.length >= 20) await until('it may go on', () => !isHeld, 60_000);
				},
			},
		);
		const first = await harness.activate(n8n);
		await until('20 have started', () => n8n.started.length >= 20);
		await first.kill();
		isHeld = false;
		await harness.activate(n8n, 'init');
		await until('the last one has started', () => n8n.texts().includes('m250'), 20_000);
		expect(n8n.texts().slice(20)).toEqual(numbered(101, 250));
	}, 40_000);

	test('Update Queue can use long polling', async () => {
		harness.fanbook.settings.fullMessages = true;
		const n8n = harness.n8n({ ...QUEUE, options: { longPolling: true } });
		await harness.activate(n8n);
		await until('it asks', () => harness.fanbook.updates.waitingCount > 0);
		harness.say('m1');
		await all(n8n, ['m1']);
		await until('it asks again', () => harness.fanbook.updates.waitingCount > 0);
		harness.say('m2');
		await all(n8n, numbered(1, 2));
		expect(harness.calls('update.getMany')).toBe(0);
	});

	test('Update Queue continues after an outage, which is saved once', async () => {
		harness.fanbook.settings.fullMessages = true;
		const n8n = harness.n8n(QUEUE);
		await harness.activate(n8n);
		harness.sandbox.faults.add({
			service: 'fanbook',
			endpoint: 'update.getMany',
			kind: 'status',
			status: 503,
			times: 6,
		});
		harness.say('m1');
		await until('it is saved', () => n8n.saved.length > 0, 20_000);
		await all(n8n, ['m1']);
		expect(n8n.saved).toHaveLength(1);
		expect(n8n.logs.join('\n')).toContain('Reading the update queue of Fanbook works again');
	}, 40_000);
});
