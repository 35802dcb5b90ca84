import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { describeService } from '../../../nodes/shared/definition/describe';
import { textField } from '../../../nodes/shared/definition/fields';
import type { Operation, Service } from '../../../nodes/shared/definition/operation';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { percentEncode } from '../../../nodes/shared/client/request';
import { toWireValue } from '../../../nodes/shared/execution/parameterValues';
import { runNode } from '../../support/n8n';
import { TestServer } from '../../support/server';
import { SampleNode, SampleApi, sampleService } from '../../support/sampleService';

const get: Operation = {
	name: 'Get',
	action: 'Get a book',
	description: 'One book',
	endpoint: 'GET books/:book_id',
	fields: [textField('book_id', 'Book', 'The book')],
};

const service: Service = {
	...sampleService,
	api: { ...sampleService.api, refreshOn: [401], canRefresh: ({ fixed }) => fixed !== 'yes' },
	resources: [
		{ name: 'Book', preferred: 'Get', operations: [get] },
		{ name: 'Auth', preferred: 'Get', operations: [{ ...get, canRefreshToken: false }] },
	],
};

class StrictBookNode extends SampleNode {
	override description = { ...new SampleNode().description, properties: describeService(service) };

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, service);
	}
}

/** A credential whose key is requested, and requested again when it is rejected. */
class FetchedApi implements ICredentialType {
	fetches = 0;
	name = 'sampleApi';
	displayName = 'Book API';
	properties: INodeProperties[] = [
		{
			displayName: 'Key',
			name: 'secretKey',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];
	authenticate = new SampleApi().authenticate;
	preAuthentication = async (): Promise<IDataObject> => {
		this.fetches += 1;
		return { secretKey: `key-${this.fetches}` };
	};
}

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

async function run(resource: string, more: Record<string, string> = {}) {
	const type = new FetchedApi();
	const result = await runNode({
		node: new StrictBookNode(),
		parameters: { resource, operation: 'get', bookId: '1' },
		credentials: { sampleApi: { url: server.url, ...more } },
		credentialTypes: { sampleApi: type },
	});
	return { ...result, fetches: type.fetches };
}

const keys = () => server.received.map(({ headers }) => headers['x-key']);

test('a rejected key is fetched again and the request is repeated', async () => {
	server.reply = ({ headers }) =>
		headers['x-key'] === 'key-2' ? { body: '{"id":"1"}' } : { status: 401, body: '{}' };
	const { items, credentials } = await run('book');
	expect(keys()).toEqual(['key-1', 'key-2']);
	expect(items.map(({ json }) => json)).toEqual([{ id: '1' }]);
	expect(credentials.saves).toBe(2);
});

test('a rejected sign-in refreshes nothing and is not repeated', async () => {
	server.reply = () => ({ status: 401, body: '{"error":"No such user"}' });
	const { error, fetches } = await run('auth');
	expect(server.received).toHaveLength(1);
	expect(fetches).toBe(1);
	expect(error?.message).toBe('No such user');
});

test('a credential that cannot be refreshed is rejected once', async () => {
	server.reply = () => ({ status: 401, body: '{"error":"Unknown key"}' });
	const { error } = await run('book', { fixed: 'yes', secretKey: 'typed-in' });
	expect(keys()).toEqual(['typed-in']);
	expect(error?.message).toBe('Unknown key');
});

test('an ID taken from a URL is percent-decoded', () => {
	const field = {
		...textField('id', 'User', 'Who'),
		input: {
			type: 'resourceLocator' as const,
			picker: { idPlaceholder: '', url: { regex: '/u/([^/]+)', placeholder: '' } },
		},
	};
	const read = (value: string) => toWireValue(field, { mode: 'url', value }, 'UTC');
	expect(read('https://books/u/%E6%B5%8B%E8%AF%95')).toBe('测试');
	expect(read('https://books/u/100%')).toBe('100%');
});

test('half an emoji does not prevent a request', () => {
	expect(percentEncode('a\uD83D')).toBe('a%EF%BF%BD');
	expect(percentEncode('🎉')).toBe('%F0%9F%8E%89');
});
