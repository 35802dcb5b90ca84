import { FanvueOAuth2Api } from '../../../credentials/FanvueOAuth2Api.credentials';
import { FanvuePollingTrigger } from '../../../nodes/Fanvue/FanvuePollingTrigger.node';
import { DEMO } from '../../../sandbox/demo';
import { PollHost } from '../../support/polling';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

const server = new TestServer();
const harness = FanvueHarness.forTests(server);
beforeEach(() => {
	harness.sandbox.reset();
	harness.sandbox.fanvue.settings.webhooks.retryDelaysMs = [];
});

const credentialTypes = { fanvueOAuth2Api: new FanvueOAuth2Api() };

const host = new PollHost();
beforeEach(() => host.reset());

async function poll(
	event: string,
	options: {
		mode?: 'manual' | 'trigger';
		apiRoutes?: string;
		baseUrl?: string;
		credentialId?: string;
	} = {},
) {
	const { mode, credentialId, ...more } = options;
	return await host.poll({
		node: new FanvuePollingTrigger(),
		parameters: { event },
		credentials: harness.credential('mira', more),
		credentialTypes,
		mode,
		credentialId,
	});
}

test.each(['standard', 'v1'])(
	'new messages of fans start the workflow once, oldest first, on %s routes',
	async (apiRoutes) => {
		const { simulation } = harness.sandbox.fanvue;
		expect(await poll('newMessage', { apiRoutes })).toEqual([]);
		const texts = Array.from({ length: 7 }, (_, n) => `Message ${n}`);
		for (const [n, text] of texts.entries()) {
			simulation.sendMessage({ fan: n % 2 === 0 ? 'felix' : 'tara', text });
		}
		const first = await poll('newMessage', { apiRoutes });
		expect(first.map(({ text }) => text)).toEqual(texts);
		expect(await poll('newMessage', { apiRoutes })).toEqual([]);
		simulation.sendMessage({ text: 'One more' });
		expect((await poll('newMessage', { apiRoutes })).map(({ text }) => text)).toEqual(['One more']);
	},
);

test('a message sent just before the first poll starts nothing', async () => {
	const { simulation } = harness.sandbox.fanvue;
	simulation.sendMessage({ text: 'Before' });
	expect(await poll('newMessage')).toEqual([]);
	simulation.sendMessage({ text: 'After' });
	expect((await poll('newMessage')).map(({ text }) => text)).toEqual(['After']);
});

test('a poll does not start while another one is running', async () => {
	await poll('newMessage');
	harness.sandbox.fanvue.simulation.sendMessage({ text: 'Once' });
	harness.sandbox.faults.add({ kind: 'delay', delayMs: 200 });
	const both = await Promise.all([poll('newMessage'), poll('newMessage')]);
	expect(both.map((rows) => rows.map(({ text }) => text))).toEqual([['Once'], []]);
});

test('messages of the creator start nothing', async () => {
	await poll('newMessage');
	harness.sandbox.fanvue.simulation.sendMessage({ text: 'Hello' });
	await harness.run('message', 'send', {
		userUuid: byId(harness.uuid('felix')),
		text: 'Hello back',
	});
	expect((await poll('newMessage')).map(({ text }) => text)).toEqual(['Hello']);
});

test('polling does not mark chats as read', async () => {
	await poll('newMessage');
	harness.sandbox.fanvue.simulation.sendMessage({ text: 'Unread' });
	await poll('newMessage');
	const reads = harness
		.calls()
		.filter(({ path }) => path.endsWith('/messages'))
		.map(({ query }) => query.find(([key]) => key === 'markAsRead')?.[1]);
	expect(reads.length).toBeGreaterThan(0);
	expect(new Set(reads)).toEqual(new Set(['false']));
});

test.each([
	['newFollower', 'follow'],
	['newSubscriber', 'subscribe'],
	['newSale', 'subscribe'],
	['notification', 'follow'],
] as const)('the event %s starts the workflow once', async (event, happening) => {
	const { simulation } = harness.sandbox.fanvue;
	expect(await poll(event)).toEqual([]);
	simulation[happening]({ fan: 'tara' });
	expect(await poll(event)).toHaveLength(1);
	expect(await poll(event)).toEqual([]);
});

test.each(['New Sale', '', 'constructor', 'newTip,newSale'])(
	'the event %j is refused before a request is sent',
	async (event) => {
		for (const mode of ['trigger', 'manual'] as const) {
			await expect(poll(event, { mode })).rejects.toThrow(`"Event" cannot be "${event}"`);
		}
		expect(harness.calls()).toEqual([]);
	},
);

test('a test run returns recent rows and does not change the stored position', async () => {
	expect((await poll('notification', { mode: 'manual' })).length).toBeGreaterThan(0);
	expect((await poll('newSale', { mode: 'manual' })).length).toBeGreaterThan(0);
	harness.sandbox.fanvue.simulation.sendMessage({ text: 'Sample' });
	expect((await poll('newMessage', { mode: 'manual' }))[0]).toMatchObject({ text: 'Sample' });
	expect(host.disk).not.toContain('mark');
});

test('the error of a poll contains no secrets', async () => {
	harness.sandbox.faults.add({
		service: 'fanvue',
		kind: 'status',
		status: 400,
		body: JSON.stringify({ message: `No ${DEMO.fanvue.clientSecret}` }),
	});
	await expect(poll('newSale')).rejects.toThrow(/: No \*{3}$/);
});

describe('unusual responses', () => {
	const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
	const sale = (id: string, minute: number, more: object = {}) => ({
		transactionOrderId: id,
		date: at(minute),
		gross: 999,
		source: 'tip',
		...more,
	});
	const list = (...rows: object[]) => ({ body: JSON.stringify({ data: rows, nextCursor: null }) });

	test.each(['trigger', 'manual'] as const)(
		'reversed sales start nothing in %s mode',
		async (mode) => {
			const options = { mode, apiRoutes: 'v1', baseUrl: server.url };
			server.reply = () => list(sale('s-1', 0));
			await poll('newSale', options);
			server.reply = () =>
				list(
					sale('s-4', 4, { source: 'chargeback' }),
					sale('s-3', 3, { gross: -999, reversedTransactionOrderId: 's-1' }),
					sale('s-2', 2, { source: 'post' }),
					sale('s-1', 0),
				);
			const found = await poll('newSale', options);
			expect(found.map(({ transactionOrderId }) => transactionOrderId)).toEqual(
				mode === 'trigger' ? ['s-2'] : ['s-2', 's-1'],
			);
		},
	);

	test('rows without an ID or a time are identified by their content', async () => {
		const options = { baseUrl: server.url };
		server.reply = () => list({ gross: 1 });
		expect(await poll('newSale', options)).toEqual([]);
		server.reply = () => list({ gross: 2 }, { gross: 1 });
		expect((await poll('newSale', options)).map(({ gross }) => gross)).toEqual([2]);
	});

	test('a repeated page ends a list', async () => {
		const options = { baseUrl: server.url };
		const page = (...rows: object[]) => ({
			body: JSON.stringify({ data: rows, pagination: { page: 1, size: 1, hasMore: true } }),
		});
		const row = (uuid: string, minute: number) => ({ uuid, createdAt: at(minute) });
		server.reply = () => page(row('n-1', 0));
		expect(await poll('notification', options)).toEqual([]);
		expect(server.received).toHaveLength(2);
		server.reset();
		server.reply = () => page(row('n-3', 20), row('n-2', 10));
		expect((await poll('notification', options)).map(({ uuid }) => uuid)).toEqual(['n-2', 'n-3']);
		expect(server.received.map(({ url }) => url)).toEqual([
			'/notifications?page=1&size=50',
			'/notifications?page=2&size=50',
		]);
	});

	test('an empty account starts with its first row', async () => {
		const options = { baseUrl: server.url };
		server.reply = () => list();
		expect(await poll('newSale', options)).toEqual([]);
		expect(await poll('newSale', { ...options, mode: 'manual' })).toEqual([]);
		expect(await poll('newMessage', { ...options, mode: 'manual' })).toEqual([]);
		server.reply = () => list(sale('s-1', 0));
		expect(await poll('newSale', options)).toHaveLength(1);
	});

	test('changed parameters start a new position', async () => {
		const options = { baseUrl: server.url };
		server.reply = () => list(sale('s-1', 0));
		await poll('newSale', options);
		expect(await poll('newTip', options)).toEqual([]);
		server.reply = () => list(sale('s-2', 9), sale('s-1', 0));
		expect(await poll('newTip', options)).toHaveLength(1);
		expect(server.received.at(-1)?.url).toBe('/insights/earnings?source=tip&size=50');
	});
});

describe('another account', () => {
	const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
	const followers = (prefix: string, count: number, newest: number) =>
		Array.from({ length: count }, (_, index) => ({
			uuid: `${prefix}-${index}`,
			createdAt: minutesAgo(newest + index * 60),
			eventType: 12,
		}));
	const has = (rows: object[]) => {
		server.reply = ({ url }) => {
			const page = Number(new URL(url, 'http://x').searchParams.get('page'));
			const data = rows.slice(page * 50 - 50, page * 50);
			const hasMore = rows.length > page * 50;
			return { body: JSON.stringify({ data, pagination: { page, size: 50, hasMore } }) };
		};
	};
	const options = (credentialId: string) => ({ baseUrl: server.url, credentialId });

	test('the followers of the account of another credential start nothing, later ones do', async () => {
		has(followers('a', 3, 1));
		await poll('newFollower', options('1'));
		const old = followers('b', 120, 2);
		has(old);
		expect(await poll('newFollower', options('2'))).toEqual([]);
		has([...followers('new', 1, 0), ...old]);
		expect((await poll('newFollower', options('2'))).map(({ uuid }) => uuid)).toEqual(['new-0']);
	});

	test('what an older version stored without a credential is continued', async () => {
		has(followers('a', 3, 1));
		await poll('newFollower', options('1'));
		const stored: { 'node:Node': { credentialId?: string } } = JSON.parse(host.disk);
		delete stored['node:Node'].credentialId;
		host.disk = JSON.stringify(stored);
		has([...followers('new', 1, 0), ...followers('a', 3, 1)]);
		expect((await poll('newFollower', options('1'))).map(({ uuid }) => uuid)).toEqual(['new-0']);
		expect(host.disk).toContain('"credentialId":"1"');
	});
});

test.each([
	[2, ['of-fan-1']],
	[10, ['of-fan-9']],
	[11, []],
])(
	'a test run finds the message of a fan if it is in chat number %d of at most ten',
	async (number, expected) => {
		const row = (uuid: string) => ({ lastMessageAt: '2026-01-01T00:00:00Z', user: { uuid } });
		const chats = Array.from({ length: 12 }, (_, index) => row(`fan-${index}`));
		server.reply = ({ url }) => {
			const [, , user] = new URL(url, 'http://x').pathname.split('/');
			const sender = user === `fan-${number - 1}` ? user : 'creator';
			const data = user === undefined ? chats : [{ uuid: `of-${user}`, sender: { uuid: sender } }];
			return { body: JSON.stringify({ data, pagination: { hasMore: false } }) };
		};
		const rows = await poll('newMessage', { baseUrl: server.url, mode: 'manual' });
		expect(rows.map(({ uuid }) => uuid)).toEqual(expected);
	},
);

describe('unusual rows', () => {
	const options = () => ({ baseUrl: server.url });
	const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
	const answer = (rows: object[]) => ({ body: JSON.stringify({ data: rows, nextCursor: null }) });
	const follower = (uuid: string, createdAt: unknown) => ({ uuid, createdAt, eventType: 12 });
	const uuids = (rows: object[]) =>
		rows.map((row) => Object.entries(row).find(([k]) => k === 'uuid')?.[1]);

	test.each([
		null,
		'',
		'not a date',
		'5',
		0,
		true,
		{},
		'2026-02-31T10:00:00Z',
		'1970-01-01T00:00:00.000Z',
		'0001-01-01T00:00:00Z',
		'2099-01-01T00:00:00Z',
	])(
		'a notification with the time %j starts the workflow once and does not hide later ones',
		async (createdAt) => {
			const known = follower('known', minutesAgo(10));
			server.reply = () => answer([known]);
			await poll('newFollower', options());
			const odd = follower('odd', createdAt);
			server.reply = () => answer([odd, known]);
			expect(uuids(await poll('newFollower', options()))).toEqual(['odd']);
			expect(await poll('newFollower', options())).toEqual([]);
			server.reply = () => answer([odd, follower('next', minutesAgo(1)), known]);
			expect(uuids(await poll('newFollower', options()))).toEqual(['next']);
		},
	);

	test('a notification that is listed ten minutes late starts the workflow', async () => {
		const known = [follower('b', minutesAgo(1)), follower('a', minutesAgo(30))];
		server.reply = () => answer(known);
		await poll('newFollower', options());
		server.reply = () =>
			answer([...known.slice(0, 1), follower('late', minutesAgo(11)), ...known.slice(1)]);
		expect(uuids(await poll('newFollower', options()))).toEqual(['late']);
		expect(await poll('newFollower', options())).toEqual([]);
	});

	test.each([
		['a chat that is older than the newest message', 'fan-2'],
		['a chat that nobody wrote in before', 'fan-3'],
	])('a message that is listed ten minutes late in %s starts the workflow', async (_what, fan) => {
		const chat = (uuid: string, messages: Array<ReturnType<typeof message>>) => ({
			user: { uuid },
			lastMessageAt: messages[0]?.sentAt,
			lastMessage: { uuid: messages[0]?.uuid, sentAt: messages[0]?.sentAt },
		});
		const message = (uuid: string, sender: string, sentAt: string) => ({
			uuid,
			sentAt,
			sender: { uuid: sender },
		});
		const chats: Record<string, Array<ReturnType<typeof message>>> = {
			'fan-2': [message('m-2', 'fan-2', minutesAgo(60))],
			'fan-1': [message('m-1', 'fan-1', minutesAgo(90))],
		};
		server.reply = ({ url }) => {
			const [, uuid = ''] = /^\/chats\/([^/]+)\/messages/.exec(url) ?? [];
			if (uuid !== '') return answer(chats[uuid] ?? []);
			const rows = Object.entries(chats).map(([user, messages]) => chat(user, messages));
			return answer(
				rows.toSorted((a, b) => String(b.lastMessageAt).localeCompare(String(a.lastMessageAt))),
			);
		};
		await poll('newMessage', options());
		chats['fan-1']?.unshift(message('m-3', 'fan-1', minutesAgo(1)));
		expect(uuids(await poll('newMessage', options()))).toEqual(['m-3']);
		chats[fan] = [message('late', fan, minutesAgo(11)), ...(chats[fan] ?? [])];
		expect(uuids(await poll('newMessage', options()))).toEqual(['late']);
		const { length } = server.received;
		expect(await poll('newMessage', options())).toEqual([]);
		// A chat whose last message is known is not read again.
		expect(server.received.slice(length).map(({ url }) => url.split('?')[0])).toEqual([
			'/chats',
			'/chats/fan-1/messages',
		]);
	});

	test('two sales of one order start the workflow twice, and a renamed buyer does not start it again', async () => {
		const sale = (gross: number, displayName = 'Ann') => ({
			transactionOrderId: 'order-1',
			date: minutesAgo(1).slice(0, 17).concat('00.000Z'),
			gross,
			source: 'message',
			user: { uuid: 'fan-1', displayName },
		});
		server.reply = () => answer([]);
		await poll('newSale', options());
		const sales = [sale(999), sale(499)];
		server.reply = () => answer(sales);
		expect(await poll('newSale', options())).toHaveLength(2);
		server.reply = () =>
			answer(sales.map((row) => ({ ...row, user: { ...row.user, displayName: 'Anna' } })));
		expect(await poll('newSale', options())).toEqual([]);
	});

	test.each(['order-1', undefined])(
		'a sale of order %s starts the workflow once, also after its status, net amount and buyer change',
		async (transactionOrderId) => {
			const sale = {
				transactionOrderId,
				date: minutesAgo(1),
				gross: 999,
				net: null,
				source: 'message',
				transactionOrderStatus: 'pendingBalance',
				user: { uuid: 'fan-1', displayName: 'Ann' },
			};
			server.reply = () => answer([]);
			await poll('newSale', options());
			server.reply = () => answer([sale]);
			expect(await poll('newSale', options())).toHaveLength(1);
			for (const change of [
				{ transactionOrderStatus: 'availableForPayout' },
				{ net: 799, user: { uuid: 'fan-1', displayName: 'Anna' } },
				Object.fromEntries(Object.entries(sale).toReversed()),
			]) {
				server.reply = () => answer([{ ...sale, ...change }]);
				expect(await poll('newSale', options())).toEqual([]);
			}
		},
	);

	test('the sale of a deleted buyer does not start the workflow again', async () => {
		const sale = { transactionOrderId: 'o-1', date: minutesAgo(1), gross: 5, source: 'tip' };
		server.reply = () => answer([{ ...sale, user: { uuid: 'fan-1' } }]);
		await poll('newSale', options());
		server.reply = () => answer([{ ...sale, user: null }]);
		expect(await poll('newSale', options())).toEqual([]);
	});

	test('equal sales of one order start the workflow once each, also on later pages', async () => {
		const date = minutesAgo(1);
		const tip = { transactionOrderId: 'order-1', date, gross: 500, source: 'tip' };
		server.reply = () => answer([]);
		await poll('newTip', options());
		server.reply = () => answer([tip, tip]);
		expect(await poll('newTip', options())).toHaveLength(2);
		server.reply = () => answer([tip, tip, tip]);
		expect(await poll('newTip', options())).toHaveLength(1);
		// Two of them move to the second page.
		server.reply = ({ url }) => {
			const isSecond = url.includes('cursor=');
			const first = [{ ...tip, transactionOrderId: 'order-2' }, tip];
			return {
				body: JSON.stringify({
					data: isSecond ? [tip, tip] : first,
					nextCursor: isSecond ? null : 'c-2',
				}),
			};
		};
		expect(await poll('newTip', options())).toMatchObject([{ transactionOrderId: 'order-2' }]);
		expect(await poll('newTip', options())).toEqual([]);
	});

	test('a notification without an ID starts the workflow once, also after it was read', async () => {
		const row = { createdAt: minutesAgo(1), eventType: 12, data: {}, isRead: false };
		server.reply = () => answer([]);
		await poll('notification', options());
		server.reply = () => answer([row]);
		expect(await poll('notification', options())).toHaveLength(1);
		server.reply = () => answer([{ ...row, isRead: true }]);
		expect(await poll('notification', options())).toEqual([]);
	});

	test('1,300 sales within two minutes start the workflow once each', async () => {
		const sales = Array.from({ length: 1300 }, (_, index) => ({
			transactionOrderId: `order-${index}`,
			date: new Date(Date.now() - index * 80).toISOString(),
			gross: 999,
			source: 'tip',
		}));
		const paged = (rows: object[]) => {
			server.reply = ({ url }) => {
				const start = Number(new URL(url, 'http://x').searchParams.get('cursor') ?? 0);
				const end = start + 50;
				const nextCursor = end < rows.length ? String(end) : null;
				return { body: JSON.stringify({ data: rows.slice(start, end), nextCursor }) };
			};
		};
		paged([]);
		await poll('newSale', options());
		paged(sales);
		expect(await poll('newSale', options())).toHaveLength(1300);
		expect(await poll('newSale', options())).toEqual([]);
	});

	test('a message that moves to the next page during a poll starts the workflow once', async () => {
		const chat = { user: { uuid: 'fan-1' }, lastMessageAt: minutesAgo(0) };
		const message = (uuid: string, minutes: number) => ({
			uuid,
			sentAt: minutesAgo(minutes),
			sender: { uuid: 'fan-1' },
		});
		const pages = (chats: object[], messages: object[][]) => {
			server.reply = ({ url }) => {
				const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
				const isChats = url.startsWith('/chats?');
				const data = isChats ? (page <= 2 ? chats : []) : (messages[page - 1] ?? []);
				const hasMore = isChats ? page < 2 : page < messages.length;
				return { body: JSON.stringify({ data, pagination: { page, size: 50, hasMore } }) };
			};
		};
		pages([], []);
		await poll('newMessage', options());
		const moved = message('m-1', 0.5);
		pages(
			[chat],
			[
				[message('m-2', 0.1), moved],
				[moved, message('old', 600)],
			],
		);
		expect(uuids(await poll('newMessage', options()))).toEqual(['old', 'm-1', 'm-2'].slice(-3));
		expect(await poll('newMessage', options())).toEqual([]);
	});

	test.each([
		['newFollower', 'rows'],
		['newSubscriber', 'rows'],
		['notification', 'rows'],
		['newSale', 'rows'],
		['newTip', 'rows'],
		['newMessage', 'chats'],
		['newMessage', 'messages'],
	])(
		'%s: when new %s push others to the next page while it is requested, each starts the workflow once',
		async (event, moving) => {
			const row = (name: string, time: string) => ({
				...follower(name, time),
				transactionOrderId: name,
				date: time,
				gross: 999,
				source: 'tip',
				lastMessageAt: time,
				sentAt: time,
				user: { uuid: event === 'newMessage' ? name : 'fan' },
				sender: { uuid: 'fan' },
			});
			const rows = Array.from({ length: 6 }, (_, index) => row(`r${index}`, minutesAgo(5 + index)));
			const chat = row('fan', minutesAgo(0));
			const chats = [chat];
			let isMoving = false;
			server.reply = ({ url }) => {
				const { pathname, searchParams } = new URL(url, 'http://x');
				const page = Number(searchParams.get('page') ?? searchParams.get('cursor') ?? 1);
				const isChats = pathname === '/chats';
				// A chat of its own has its own message.
				const [, , user = ''] = pathname.split('/');
				const others = [{ ...row(`of-${user}`, minutesAgo(1)), sender: { uuid: user } }];
				const list = isChats ? chats : event !== 'newMessage' || user === 'fan' ? rows : others;
				const data = list.slice(page * 2 - 2, page * 2);
				const hasMore = page * 2 < list.length;
				if (isMoving && isChats === (moving === 'chats') && list !== others) {
					const name = `new-${list.length}`;
					list.unshift(row(name, minutesAgo(0)));
					isMoving = list.length < 9;
				}
				const pages = { pagination: { page, size: 2, hasMore } };
				const cursor = { nextCursor: hasMore ? String(page + 1) : null };
				return {
					body: JSON.stringify({ data, ...(url.startsWith('/insights') ? cursor : pages) }),
				};
			};
			const known = rows.splice(0);
			chats.splice(0);
			await poll(event, options());
			rows.push(...known);
			chats.push(chat);
			for (let n = 0; n < 4; n += 1) chats.push(row(`fan-${n}`, minutesAgo(0.5)));
			isMoving = true;
			const started: string[] = [];
			for (let polls = 0; polls < 4; polls += 1) {
				started.push(...uuids(await poll(event, options())).map(String));
			}
			const expected = [
				...rows.map(({ uuid }) => uuid),
				...(event === 'newMessage'
					? chats.filter((one) => one !== chat).map(({ uuid }) => `of-${uuid}`)
					: []),
			];
			expect(started.toSorted()).toEqual(expected.toSorted());
			expect(server.received.some(({ url }) => /(page|cursor)=2/.test(url))).toBe(true);
			expect(moving === 'chats' ? chats.length : rows.length).toBe(9);
		},
	);

	test.each([
		['newest first', [5, 4, 3, 2, 1]],
		['oldest first', [1, 2, 3, 4, 5]],
		['in no order', [10, 2, 9, 1, 11]],
	])(
		'five rows with equal times, listed %s, start the workflow in the order of their IDs',
		async (_order, numbers) => {
			const time = minutesAgo(0);
			const names = numbers.map((number) => `m-${number}`);
			const sorted = numbers.toSorted((a, b) => a - b).map((number) => `m-${number}`);
			const rows = names.map((name) => ({
				...follower(name, time),
				sentAt: time,
				sender: { uuid: 'fan-1' },
			}));
			const chat = { user: { uuid: 'fan-1' }, lastMessageAt: time };
			for (const event of ['newMessage', 'newFollower', 'notification']) {
				host.reset();
				server.reply = () => answer([]);
				await poll(event, options());
				server.reply = ({ url }) => answer(url.startsWith('/chats?') ? [chat] : rows);
				expect([event, uuids(await poll(event, options()))]).toEqual([event, sorted]);
			}
		},
	);

	test.each(['{"message":"Service is being maintained"}', '{"data":null}', '{}'])(
		'a poll fails if the response is %s instead of a list',
		async (body) => {
			server.reply = () => ({ body });
			await expect(poll('newFollower', options())).rejects.toThrow(/^Fanvue returned/);
			await expect(poll('newMessage', options())).rejects.toThrow(/^Fanvue returned/);
		},
	);
});
