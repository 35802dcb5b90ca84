import { runNode } from '../../support/n8n';
import { SampleApi, SampleNode } from '../../support/sampleService';
import { TestServer } from '../../support/server';

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const SECRET = 'key-0123456789abcdef';

async function create() {
	return await runNode({
		node: new SampleNode(),
		parameters: { resource: 'book', operation: 'create', shelfId: '1', name: 'Blocks' },
		credentials: { sampleApi: { url: server.url, secretKey: SECRET } },
		credentialTypes: { sampleApi: new SampleApi() },
	});
}

test.each(['gzip', 'br', 'deflate'])(
	'a write whose %s response cannot be decompressed is sent once, and may have been carried out',
	async (encoding) => {
		server.reply = () => ({ body: '{"item":{}}', headers: { 'content-encoding': encoding } });
		const { error } = await create();
		expect(error?.message).toBe('Book Shop sent a response that cannot be decompressed');
		expect(error?.description).toBe(
			'It may have been carried out all the same. Check before you run this item again',
		);
		expect(server.received).toHaveLength(1);
	},
);

test('a message of a service is cut after 500 characters, and no character is cut in half', async () => {
	server.reply = () => ({
		status: 400,
		body: JSON.stringify({ error: `x${'🧸'.repeat(50_000)}` }),
	});
	const { error } = await create();
	expect(error?.message).toMatch(/^x(?:🧸)+\ufffd …$/u);
	expect(error?.message.length).toBeLessThanOrEqual(502);
});
