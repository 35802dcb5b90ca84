import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { describeService } from '../../../nodes/shared/definition/describe';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { collectPages } from '../../../nodes/shared/execution/paginate';
import type {
	Operation,
	PagingStrategy,
	Service,
} from '../../../nodes/shared/definition/operation';
import type { JsonObject } from '../../../nodes/shared/json';
import { isJsonObject, valueAtPath } from '../../../nodes/shared/json';
import { runNode } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';
import { SampleApi, SampleNode, sampleService } from '../../support/sampleService';
import type { Received, Reply } from '../../support/server';
import { TestServer } from '../../support/server';

// A request beyond the end can arrive after its test, so each test has a server of its own.
let server: TestServer;
beforeEach(async () => {
	server = await new TestServer().start();
});
afterEach(async () => await server.close());

const SIZE = 3;

/** Page numbers that are known in advance. */
const numbered: PagingStrategy = {
	size: SIZE,
	first: (size) => ({ page: 1, size }),
	next: ({ data, parameters }) =>
		valueAtPath(data, 'more') === true
			? { ...parameters, page: Number(parameters.page) + 1 }
			: undefined,
	ahead: ({ data, parameters }, steps) =>
		valueAtPath(data, 'more') === true
			? { ...parameters, page: Number(parameters.page) + steps }
			: undefined,
};

/** Signals that were passed to the pages of `getSignals`. */
const signals = new Map<unknown, AbortSignal | undefined>();

const operations: Operation[] = [
	{
		name: 'Get Numbered',
		action: 'Get numbered pages',
		description: 'Numbered pages',
		endpoint: 'GET books',
		paging: 'numbered',
		resultPath: 'data',
	},
	{
		name: 'Get Signals',
		action: 'Get pages without requests',
		description: 'Pages that exist up to the third',
		endpoint: 'GET books',
		paging: 'numbered',
		execute: async (item): Promise<JsonObject[]> =>
			await collectPages(item, {
				strategy: numbered,
				limit: Infinity,
				fetchPage: async ({ page }, signal) => {
					signals.set(page, signal);
					await Promise.resolve();
					if (Number(page) > 3) {
						return await new Promise((_resolve, reject) =>
							signal?.addEventListener('abort', () => reject(new Error('Aborted'))),
						);
					}
					return { data: [{ id: String(page) }], more: page !== 3 };
				},
				convert: (rows) => rows.filter(isJsonObject),
			}),
	},
];

const service: Service = {
	...sampleService,
	paging: { ...sampleService.paging, numbered },
	resources: sampleService.resources.map((resource) => ({
		...resource,
		operations: [
			...resource.operations,
			...operations.map((operation) => ({ resultPath: 'data', ...operation })),
		],
	})),
};

class PagingNode extends SampleNode {
	override description = { ...new SampleNode().description, properties: describeService(service) };

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, service);
	}
}

async function run(operation: string, parameters: object, more: Partial<RunOptions> = {}) {
	return await runNode({
		node: new PagingNode(),
		parameters: { resource: 'book', operation, ...parameters },
		credentials: { sampleApi: { url: server.url, secretKey: 'key-0123456789abcdef' } },
		credentialTypes: { sampleApi: new SampleApi() },
		...more,
	});
}

const pageOf = ({ url }: Received) => Number(/[?&]page=(\d+)/.exec(url)?.[1]);
const books = (page: number) =>
	Array.from({ length: SIZE }, (_, n) => ({ id: String((page - 1) * SIZE + n) }));
const page = (number: number, pages: number, headers: Record<string, string> = {}): Reply => ({
	headers,
	body: JSON.stringify({ data: books(number), more: number < pages }),
});
const allBooks = (pages: number) => Array.from({ length: pages }, (_, n) => books(n + 1)).flat();

test('numbered pages are requested ahead, at most three at a time, and their rows stay in order', async () => {
	let open: () => void = () => undefined;
	const second = new Promise<void>((resolve) => (open = resolve));
	server.reply = (request) => {
		const number = pageOf(request);
		if (number === 3) open();
		// The second page is answered after the third one was requested.
		return { ...page(number, 8), ...(number === 2 ? { after: second } : {}) };
	};
	const { items, error } = await run('getNumbered', { returnAll: true });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual(allBooks(8));
	expect(server.peak).toBeLessThanOrEqual(3);
	const requested = server.received.map(pageOf);
	expect(new Set(requested).size).toBe(requested.length);
	expect(Math.max(...requested)).toBeLessThanOrEqual(10);
});

test('no page is requested ahead of the first, nor when it shows that no more follow', async () => {
	server.reply = (request) => page(pageOf(request), 1);
	await run('getNumbered', { returnAll: true });
	expect(server.received.map(pageOf)).toEqual([1]);
});

test('a limit requests no page that it does not need', async () => {
	server.reply = (request) => page(pageOf(request), 99);
	const { items } = await run('getNumbered', { limit: 10 });
	expect(items.map(({ json }) => json)).toEqual(allBooks(4).slice(0, 10));
	expect(server.received.map(pageOf).sort()).toEqual([1, 2, 3, 4]);
});

test('lists with a cursor are requested page after page', async () => {
	server.reply = (_request, count) => ({
		body: JSON.stringify({ data: books(count), next: count < 4 ? `c${count}` : null }),
	});
	const { items } = await run('cursor', { returnAll: true });
	expect(items).toHaveLength(4 * SIZE);
	expect(server.peak).toBe(1);
});

test('ranges are requested ahead, and none beyond the total', async () => {
	let open: () => void = () => undefined;
	const second = new Promise<void>((resolve) => (open = resolve));
	server.reply = ({ body }) => {
		const start = Number(/"start":(\d+)/.exec(body)?.[1]);
		if (start === 2 * SIZE) open();
		return {
			body: JSON.stringify({ total: 5 * SIZE, rows: books(start / SIZE + 1) }),
			...(start === SIZE ? { after: second } : {}),
		};
	};
	const { items } = await run('getRange', { returnAll: true });
	expect(items.map(({ json }) => json)).toEqual(allBooks(5));
	expect(server.received).toHaveLength(5);
});

test('no page is requested ahead while few calls remain', async () => {
	const resetAt = String(Date.now() + 60_000);
	server.reply = (request) =>
		page(pageOf(request), 4, {
			'x-remaining': String(10 - pageOf(request)),
			'x-reset': resetAt,
		});
	const { items } = await run('getNumbered', { returnAll: true });
	expect(items).toHaveLength(4 * SIZE);
	expect(server.peak).toBe(1);
	expect(server.received.map(pageOf)).toEqual([1, 2, 3, 4]);
});

test('with Concurrency 1 each page waits for the one before it', async () => {
	server.reply = (request) => page(pageOf(request), 5);
	const { items } = await run('getNumbered', { returnAll: true, options: { concurrency: 1 } });
	expect(items.map(({ json }) => json)).toEqual(allBooks(5));
	expect(server.peak).toBe(1);
	expect(server.received).toHaveLength(5);
});

test('a page that fails ends the list, though later pages were answered', async () => {
	server.reply = (request) =>
		pageOf(request) === 3
			? { status: 404, body: '{"error":"No page 3"}' }
			: page(pageOf(request), 9);
	const { items, error } = await run('getNumbered', { returnAll: true });
	expect(error?.message).toBe('No page 3');
	expect(items).toEqual([]);
});

test('the failure of a page beyond the end is ignored', async () => {
	server.reply = (request) =>
		pageOf(request) > 3 ? { status: 404, body: '{"error":"No page"}' } : page(pageOf(request), 3);
	const { items, error } = await run('getNumbered', { returnAll: true });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual(allBooks(3));
});

test('requests beyond the end are aborted', async () => {
	const { items, error } = await run('getSignals', { returnAll: true });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
	expect([...signals.keys()]).toEqual([1, 2, 3, 4, 5]);
	expect(signals.get(5)?.aborted).toBe(true);
});

test('an aborted request is not repeated', async () => {
	// The fourth page asks to wait, and the third one is answered only after that.
	let open: () => void = () => undefined;
	const third = new Promise<void>((resolve) => (open = resolve));
	server.reply = (request) => {
		const number = pageOf(request);
		if (number === 4) {
			open();
			return { status: 503, body: '{}' };
		}
		return { ...page(number, 3), ...(number === 3 ? { after: third } : {}) };
	};
	const { items } = await run('getNumbered', { returnAll: true });
	expect(items).toHaveLength(3 * SIZE);
	expect(server.received.filter((request) => pageOf(request) === 4)).toHaveLength(1);
});
