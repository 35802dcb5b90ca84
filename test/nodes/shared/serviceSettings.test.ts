import type { Operation } from '../../../nodes/shared/definition/operation';
import type { CalledOperation } from '../../../nodes/shared/http';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { optionsField, stringListField, textField } from '../../../nodes/shared/definition/fields';
import { describeService } from '../../../nodes/shared/definition/describe';
import type { Service } from '../../../nodes/shared/definition/operation';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { runNode } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';
import { TestServer } from '../../support/server';
import { SampleNode, SampleApi, sampleService } from '../../support/sampleService';

interface MovableOperation extends Operation {
	moves?: boolean;
}

function isMovable(operation: CalledOperation & Pick<MovableOperation, 'moves'>): boolean {
	return operation.moves === true;
}

const change: MovableOperation = {
	name: 'Change',
	action: 'Change a book',
	description: 'Other values',
	endpoint: 'PATCH books/:id',
	moves: true,
	fields: [
		textField('id', 'Book', 'The book'),
		stringListField('owners', 'Owners', 'Who', { sendEmpty: true, required: false }),
	],
	updateFields: [textField('color', 'Color', 'Its color', { nullable: true })],
};

/** Settings that only some services need. */
const service: Service = {
	...sampleService,
	commonOptions: [
		optionsField(
			'shop',
			'Shop',
			'Which shop',
			[
				{ name: 'Old', value: 'old' },
				{ name: 'New', value: 'new' },
			],
			{ notSent: true, show: { '/operation': ['change'] } },
		),
	],
	rewritePath: async (path, call, operation) =>
		isMovable(operation) && call.raw('shop') === 'new' ? `new/${path}` : path,
	transformRequest: async (parts, call) =>
		call.raw('shop') === 'new' ? { ...parts, body: { ...parts.body, moved: true } } : parts,
	api: {
		...sampleService.api,
		rateLimitBucket: ({ url }) => (url.includes('/busy') ? 'busy' : 'calm'),
		readHint: ({ headers }) => headers['x-notice'],
	},
	paging: {
		...sampleService.paging,
		later: { size: 2, first: async (size) => ({ size }), next: () => undefined },
	},
	resources: [
		{
			name: 'Book',
			preferred: 'Change',
			operations: [
				change,
				{
					name: 'Get Busy',
					action: 'Get a book',
					description: 'One book',
					endpoint: 'GET :id',
					fields: [textField('id', 'Book', 'The book')],
				},
				{
					name: 'Get Later',
					action: 'Get many books',
					description: 'Books',
					endpoint: 'GET books',
					paging: 'later',
				},
				{
					name: 'Get Both',
					action: 'Get books twice',
					description: 'Books',
					endpoint: 'GET books',
					additionalFields: [],
					execute: async (call) => {
						const moving = service.resources[0]?.operations[0];
						await call.fetch('GET books');
						await call.fetch('GET books', { operation: moving });
						return { done: true };
					},
				},
			],
		},
	],
};

class HintingBookNode extends SampleNode {
	override description = { ...new SampleNode().description, properties: describeService(service) };

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, service);
	}
}

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

async function run(operation: string, parameters: object, more: Partial<RunOptions> = {}) {
	return await runNode({
		node: new HintingBookNode(),
		parameters: { resource: 'book', operation, ...parameters },
		credentials: { sampleApi: { url: server.url, secretKey: 'key-0123456789abcdef' } },
		credentialTypes: { sampleApi: new SampleApi() },
		...more,
	});
}

const bodies = () => server.received.map(({ body }) => body);
const urls = () => server.received.map(({ url }) => url);

describe('values that clear a field', () => {
	test('null and an empty list are sent if the field defines them as values', async () => {
		await run('change', { id: '1', owners: '', updateFields: { color: '={{ null }}' } });
		await run('change', { id: '1', owners: 'a,b', updateFields: { color: '' } });
		expect(bodies()).toEqual(['{"owners":[],"color":null}', '{"owners":["a","b"]}']);
	});
});

describe('routes', () => {
	test('an option can rewrite the path of the operations that have it', async () => {
		await run('change', { id: '1', owners: 'a', options: { shop: 'new' } });
		await run('change', { id: '1', owners: 'a', options: { shop: 'old' } });
		expect(urls()).toEqual(['/new/books/1', '/books/1']);
		expect(bodies()).toEqual(['{"owners":["a"],"moved":true}', '{"owners":["a"]}']);
		const options = describeService(service).at(-1)?.options ?? [];
		expect(options.find(({ name }) => name === 'shop')).toMatchObject({
			displayOptions: { show: { '/operation': ['change'] } },
		});
	});

	test('a request made for another operation uses the path of that operation', async () => {
		await run('getBoth', { options: { shop: 'new' } });
		expect(urls()).toEqual(['/books', '/books']);
	});

	test('the parameters of the first page can come from another request', async () => {
		server.reply = () => ({ body: '[{"id":"1"}]' });
		const { items } = await run('getLater', { returnAll: true });
		expect(urls()).toEqual(['/books?size=2']);
		expect(items.map(({ json }) => json)).toEqual([{ id: '1' }]);
	});
});

describe('separate rate limits', () => {
	test('an exhausted bucket does not pause another one', async () => {
		const ids = ['busy', ...Array.from({ length: 20 }, (_, index) => `calm-${index}`)];
		let refused = 0;
		server.reply = ({ url }) => {
			if (!url.startsWith('/busy') || refused > 0) return { body: `{"url":"${url}"}` };
			refused += 1;
			return { status: 429, headers: { 'retry-after': '1' }, body: '{"error":"slow down"}' };
		};
		const { items, error } = await run(
			'getBusy',
			{ id: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ json: { id } })) },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(ids.length);
		const busy = server.received.filter(({ url }) => url === '/busy');
		const calm = server.received.filter(({ url }) => url.startsWith('/calm'));
		expect(busy).toHaveLength(2);
		expect(calm).toHaveLength(20);
		expect(Math.max(...calm.map(({ at }) => at))).toBeLessThan(busy[1]?.at ?? 0);
		expect((busy[1]?.at ?? 0) - (busy[0]?.at ?? 0)).toBeGreaterThanOrEqual(950);
	});
});

test('a notice in a response is shown once', async () => {
	server.reply = () => ({ headers: { 'x-notice': 'The shop moves in May' }, body: '{}' });
	const { hints } = await run(
		'getBusy',
		{ id: '1' },
		{ items: [{ json: {} }, { json: {} }, { json: {} }] },
	);
	expect(hints).toEqual(['The shop moves in May']);
});
