import fc from 'fast-check';
import { runNode } from '../../support/n8n';
import { SampleApi, SampleNode } from '../../support/sampleService';
import type { Received } from '../../support/server';
import { TestServer } from '../../support/server';

/** Every way of paging returns the first rows of a list of any length, and asks for no page twice. */

const server = new TestServer();
beforeAll(async () => {
	await server.start();
});
afterAll(async () => await server.close());

const rowsOf = (total: number) => Array.from({ length: total }, (_, n) => ({ id: `book-${n}` }));
const valueOf = ({ url }: Received, name: string) =>
	new URL(url, server.url).searchParams.get(name);

/** Responds to one page of a list, as the service of each kind of paging does. */
const KINDS = {
	pages: (request: Received, total: number) => {
		const size = Number(valueOf(request, 'size'));
		const start = (Number(valueOf(request, 'page')) - 1) * size;
		const data = rowsOf(total).slice(start, start + size);
		return { data, more: start + size < total };
	},
	cursor: (request: Received, total: number) => {
		const start = Number(valueOf(request, 'cursor') ?? 0);
		const end = start + Number(valueOf(request, 'limit'));
		return { data: rowsOf(total).slice(start, end), next: end < total ? String(end) : null };
	},
	last: (request: Received, total: number) => {
		const last = valueOf(request, 'max_id');
		const start = last === null ? 0 : Number(last.replace('book-', '')) + 1;
		return { data: rowsOf(total).slice(start, start + Number(valueOf(request, 'count'))) };
	},
	getRange: ({ body }: Received, total: number) => {
		const [{ start, end }] = JSON.parse(body).ranges;
		return { total, rows: rowsOf(total).slice(start, end + 1) };
	},
} as const;

test.each(Object.entries(KINDS))(
	'%s: lists of any length are read up to any limit',
	async (operation, respond) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 14 }),
				fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
				async (total, limit) => {
					server.reset();
					server.reply = (request) => ({ body: JSON.stringify(respond(request, total)) });
					const { items, error } = await runNode({
						node: new SampleNode(),
						parameters: {
							resource: 'book',
							operation,
							...(limit === undefined ? { returnAll: true } : { returnAll: false, limit }),
						},
						credentials: { sampleApi: { url: server.url, secretKey: 'key-0123456789abcdef' } },
						credentialTypes: { sampleApi: new SampleApi() },
					});
					expect(error).toBeUndefined();
					expect(items.map(({ json }) => json.id)).toEqual(
						rowsOf(total)
							.slice(0, limit ?? total)
							.map(({ id }) => id),
					);
					const requests = server.received.map(({ url, body }) => `${url} ${body}`);
					expect(new Set(requests).size).toBe(requests.length);
				},
			),
			{ numRuns: 40 },
		);
	},
);
