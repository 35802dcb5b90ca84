import type { IExecuteFunctions } from 'n8n-workflow';
import { runNode } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';
import { TestServer } from '../../support/server';
import { SampleApi, SampleNode } from '../../support/sampleService';

/** The most that Concurrency accepts. */
const CONCURRENCY = 100;

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

async function read(count: number, more: Partial<RunOptions> = {}) {
	return await runNode({
		node: new SampleNode(),
		parameters: {
			resource: 'book',
			operation: 'get',
			bookId: { __rl: true, mode: 'id', value: '={{ $json.n }}' },
			options: { concurrency: CONCURRENCY },
		},
		items: Array.from({ length: count }, (_, n) => ({ json: { n } })),
		credentials: { sampleApi: { url: server.url, secretKey: 'key-0123456789abcdef' } },
		credentialTypes: { sampleApi: new SampleApi() },
		...more,
	});
}

/**
 * A node that states when it has ended: n8n reports a cancelled execution as ended although its node still
 * runs.
 */
class ObservedNode extends SampleNode {
	static ended: () => void = () => undefined;
	/** Called with the message that requests wait. */
	static waits: () => void = () => undefined;

	override async execute(this: IExecuteFunctions) {
		this.sendMessageToUI = () => ObservedNode.waits();
		try {
			return await new SampleNode().execute.call(this);
		} finally {
			ObservedNode.ended();
		}
	}
}

/** Returns a promise, and the function that resolves it. */
function gate(): { opened: Promise<void>; open: () => void } {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open };
}

const numberOf = (url: string) => Number(url.replace('/books/', ''));

test('100 items at a time keep the input order and their links, although they are answered in reverse', async () => {
	const total = 3 * CONCURRENCY;
	// The items of each hundred are answered from the last to the first.
	const gates = Array.from({ length: total + 1 }, gate);
	server.reply = ({ url }) => {
		const number = numberOf(url);
		const isLastOfHundred = number % CONCURRENCY === CONCURRENCY - 1;
		const after = isLastOfHundred ? Promise.resolve() : gates[number + 1]?.opened;
		return {
			body: `{"id":"${url}"}`,
			after: Promise.resolve(after).then(() => gates[number]?.open()),
		};
	};
	const { items, error } = await read(total);
	expect(error).toBeUndefined();
	expect(server.peak).toBe(CONCURRENCY);
	expect(items).toEqual(
		Array.from({ length: total }, (_, n) => ({
			json: { id: `/books/${n}` },
			pairedItem: { item: n },
		})),
	);
});

test('after the first of 100 failures no further item is started, and the error is that of the first item', async () => {
	const all = gate();
	server.reply = ({ url }) => {
		if (server.inFlight === CONCURRENCY) all.open();
		const isRejected = numberOf(url) % 10 === 7;
		return isRejected
			? { status: 404, body: `{"error":"No book ${url}"}`, after: all.opened }
			: { body: '{}', after: all.opened };
	};
	const { items, error } = await read(5 * CONCURRENCY);
	expect(items).toEqual([]);
	expect(error).toMatchObject({ message: 'No book /books/7', httpCode: '404' });
	expect(error?.context).toMatchObject({ itemIndex: 7 });
	// Items that succeed before the first failure is read make room for a few more.
	expect(server.received.length).toBeLessThan(2 * CONCURRENCY);
});

test('a node that continues on failures has each error in the place of its item', async () => {
	server.reply = ({ url }) =>
		numberOf(url) % 3 === 1
			? { status: 404, body: `{"error":"No book ${url}"}` }
			: { body: `{"id":"${url}"}` };
	const { items, error } = await read(2 * CONCURRENCY, {
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	expect(items).toEqual(
		Array.from({ length: 2 * CONCURRENCY }, (_, n) => ({
			json:
				n % 3 === 1
					? { error: `No book /books/${n}`, message: 'HTTP status 404' }
					: { id: `/books/${n}` },
			pairedItem: { item: n },
		})),
	);
});

test('cancelling the execution ends 100 running requests within a second, and starts no other', async () => {
	const never = gate();
	let cancel: () => void = () => undefined;
	let cancelledAt = 0;
	server.reply = () => {
		if (server.inFlight === CONCURRENCY) {
			cancelledAt = Date.now();
			cancel();
		}
		return { body: '{}', after: never.opened };
	};
	const end = gate();
	ObservedNode.ended = end.open;
	await read(3 * CONCURRENCY, { node: new ObservedNode(), onStart: (stop) => (cancel = stop) });
	await end.opened;
	expect(Date.now() - cancelledAt).toBeLessThan(1000);
	expect(server.received).toHaveLength(CONCURRENCY);
	never.open();
});

test('cancelling the execution ends 100 waits for a rate limit within a second', async () => {
	const all = gate();
	const waiting = gate();
	const end = gate();
	ObservedNode.waits = waiting.open;
	ObservedNode.ended = end.open;
	let cancel: () => void = () => undefined;
	server.reply = () => {
		if (server.inFlight === CONCURRENCY) all.open();
		return { status: 429, headers: { 'retry-after': '200' }, body: '{}', after: all.opened };
	};
	const running = read(2 * CONCURRENCY, {
		node: new ObservedNode(),
		onStart: (stop) => (cancel = stop),
	});
	await waiting.opened;
	const cancelledAt = Date.now();
	cancel();
	await running;
	await end.opened;
	expect(Date.now() - cancelledAt).toBeLessThan(1000);
	expect(server.received).toHaveLength(CONCURRENCY);
});
