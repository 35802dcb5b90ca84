import { createHash } from 'node:crypto';
import type { INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { describeService } from '../../../nodes/shared/definition/describe';
import type { Service } from '../../../nodes/shared/definition/operation';
import { createEndpointSearch } from '../../../nodes/shared/execution/apiRequest/endpointSearch';
import { apiRequestResource } from '../../../nodes/shared/execution/apiRequest/resource';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { cursorPaging } from '../../../nodes/shared/execution/paginate';
import { isJsonObject } from '../../../nodes/shared/json';
import { searchList } from '../../support/lists';
import { binaryFile, runNode } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';
import { SampleApi, sampleApi, sampleService } from '../../support/sampleService';
import { TestServer } from '../../support/server';

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const SECRET = 'key-0123456789abcdef';

const service: Service = {
	...sampleService,
	api: sampleApi,
	resources: [
		...sampleService.resources,
		apiRequestResource({
			pathPlaceholder: 'e.g. /books',
			search: 'searchEndpoints',
			paging: [
				{
					name: 'Cursor',
					value: 'cursor',
					description: 'With the next cursor',
					strategy: cursorPaging({
						size: 2,
						cursorKey: 'cursor',
						sizeKey: 'limit',
						nextAt: 'next',
					}),
				},
			],
			listIn: (data) => {
				const rows = isJsonObject(data) ? data.data : data;
				return Array.isArray(rows) ? rows : undefined;
			},
		}),
	],
};

class AnyNode implements INodeType {
	description: INodeType['description'];

	methods = { listSearch: { searchEndpoints: createEndpointSearch(service) } };

	constructor(isTool = false) {
		this.description = {
			displayName: 'Book',
			name: isTool ? 'toyTool' : 'book',
			group: ['transform'],
			version: 1,
			description: 'A book',
			defaults: { name: 'Book' },
			inputs: isTool ? [] : [NodeConnectionTypes.Main],
			outputs: [isTool ? NodeConnectionTypes.AiTool : NodeConnectionTypes.Main],
			credentials: [{ name: 'sampleApi', required: true }],
			properties: describeService(service),
		};
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, service);
	}
}

const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const pairs = (...rows: Array<[string, unknown]>) => ({
	parameters: rows.map(([name, value]) => ({ name, value })),
});

async function send(path: string, parameters: object = {}, more: Partial<RunOptions> = {}) {
	return await runNode({
		node: new AnyNode(),
		parameters: {
			resource: 'apiRequest',
			operation: 'send',
			path: byPath(path),
			...parameters,
		},
		credentials: { sampleApi: { url: `${server.url}/base`, secretKey: SECRET } },
		credentialTypes: { sampleApi: new SampleApi() },
		...more,
	});
}

const lines = () =>
	server.received.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());

describe('the path', () => {
	test.each([
		['books', '/base/books'],
		['/books/1', '/base/books/1'],
		['  /books/1  ', '/base/books/1'],
		['/base/books', '/base/books'],
		['/books/a b', '/base/books/a%20b'],
		['/books/积木🧸', '/base/books/%E7%A7%AF%E6%9C%A8%F0%9F%A7%B8'],
		['/books/%E7%A7%AF', '/base/books/%E7%A7%AF'],
		['/books/100%', '/base/books/100%25'],
		['/books/\ud83e', '/base/books/%EF%BF%BD'],
		["/books/~-._:@!$&'()*+,;=", "/base/books/~-._:@!$&'()*+,;="],
		['/books/[1]"<>', '/base/books/%5B1%5D%22%3C%3E'],
		['/books/a%2Fb', '/base/books/a%2Fb'],
		['/books/..a', '/base/books/..a'],
		['/books?color=red&color=b%20lue&x=', '/base/books?color=red&color=b%20lue&x='],
	])('%j is sent as %s', async (path, sent) => {
		const { error } = await send(path);
		expect(error).toBeUndefined();
		expect(server.received.map(({ url }) => url)).toEqual([sent]);
	});

	test('may be the address of the same base, in any case of its host', async () => {
		await send(`${server.url}/base/books/1?a=1`);
		await send(`${server.url.toUpperCase()}/base/books/2`);
		expect(lines()).toEqual(['GET /base/books/1?a=1', 'GET /base/books/2']);
	});

	test.each([
		['https://evil.example/books', 'leads to another address'],
		['//evil.example/books', 'leads to another address'],
		['ftp://evil.example/books', 'leads to another address'],
		['http://127.0.0.1:1/base/books', 'leads to another address'],
		['{server}/books', 'leads to another address'],
		['{server}/basement/books', 'leads to another address'],
		['{user}/base/books', 'leads to another address'],
		['{server}.evil.example/base/books', 'leads to another address'],
		['/books/../secret', 'cannot contain ".."'],
		['..', 'cannot contain ".."'],
		['/books/.', 'cannot contain "."'],
		['/books/%2e%2e/secret', 'cannot contain "%2e%2e"'],
		['/books/.%2E/secret', 'cannot contain ".%2E"'],
		['/books/%252e%252e/secret', 'cannot contain "%252e%252e"'],
		['/books/..%2fsecret', 'cannot contain "..%2fsecret"'],
		['/books/x%2f..%5csecret', 'cannot contain "x%2f..%5csecret"'],
		['/books/%2e%2e%2f%ff', 'cannot contain "%2e%2e%2f%ff"'],
		['/books/..;/secret', 'cannot contain "..;"'],
		['/books\\..\\secret', 'has a backslash'],
		['\\\\evil.example/books', 'has a backslash'],
		['/\\evil.example/books', 'has a backslash'],
		['/books#top', 'has a "#"'],
		['/books\r\nX-Evil: 1', 'has a line break'],
		['/books\t1', 'has a line break'],
		['/books%0d%0aX-Evil:%201', 'has a line break'],
		['/books/%00', 'has a line break'],
		['/books//1', 'has an empty part'],
		['/books/', 'has an empty part'],
		['/', 'is empty'],
		['   ', 'is empty'],
		['?a=1', 'is empty'],
	])('%j is refused, and nothing is sent', async (path, reason) => {
		const address = path
			.replace('{server}', server.url)
			.replace('{user}', server.url.replace('//', '//user:pass@'));
		const { error } = await send(address);
		expect(error?.message).toContain(`"Path" ${reason}`);
		expect(lines()).toEqual([]);
	});

	test('takes its values from Path Parameters, each escaped as one part', async () => {
		const { error } = await send('/books/{book_id}/parts/:part.json', {
			pathParameters: pairs(['book_id', 'a/b?c#d'], ['part', '积 100%']),
		});
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /base/books/a%2Fb%3Fc%23d/parts/%E7%A7%AF%20100%25.json']);
	});

	test.each([
		['/books/{id}', pairs(), '"Path" has no value for "id"'],
		['/books/:id', pairs(['id', ' ']), '"Path" has no value for "id"'],
		['/books/:id', pairs(['id', '..']), '"Path Parameters" cannot contain ".."'],
		['/books/:id', pairs(['id', '%2e%2e']), '"Path Parameters" cannot contain "%2e%2e"'],
		['/books/1', pairs(['id', '1']), '"Path Parameters" has a value for "id"'],
		['/books/:id', pairs(['', '1']), '"Path Parameters" has a value without a name'],
		['/books/:id', pairs(['id', 2 ** 60]), '"Path Parameters" is the number'],
	])('%s with %j is refused', async (path, pathParameters, message) => {
		const { error } = await send(path, { pathParameters });
		expect(error?.message).toContain(message);
		expect(lines()).toEqual([]);
	});
});

describe('the query', () => {
	test('has the parameters of the path and of Query Parameters, a list once per element', async () => {
		await send('/books?a=1', {
			queryParameters: pairs(
				['b', '积 &'],
				['c', '={{ ["x", 2] }}'],
				['d', ''],
				['e', '={{ null }}'],
			),
		});
		expect(lines()).toEqual(['GET /base/books?a=1&b=%E7%A7%AF%20%26&c=x&c=2&d=']);
	});

	test('with a name in both places is refused by that name', async () => {
		const { error } = await send('/books?size=1', { queryParameters: pairs(['size', '2']) });
		expect(error?.message).toBe('"Query Parameters" has "size", which is also in the path');
		expect(lines()).toEqual([]);
	});
});

describe('the headers', () => {
	test('are sent, and override those of the service but not the credential', async () => {
		await send('/books', {
			additionalFields: { headers: pairs(['X-Book-Version', '2'], ['X-Other', ' ä ']) },
		});
		expect(server.received[0]?.headers).toMatchObject({
			'x-book-version': '2',
			'x-other': 'ä',
			'x-key': SECRET,
			accept: 'application/json',
		});
	});

	test.each([
		['Authorization', 'Bearer x', 'cannot set "authorization"'],
		['AUTHORIZATION', 'x', 'cannot set "authorization"'],
		['Cookie', 'a=b', 'cannot set "cookie"'],
		['Host', 'evil.example', 'cannot set "host"'],
		['Proxy-Authorization', 'x', 'cannot set "proxy-authorization"'],
		['Content-Length', '0', 'cannot set "content-length"'],
		['Transfer-Encoding', 'chunked', 'cannot set "transfer-encoding"'],
		['Content-Type', 'text/plain', 'cannot set "content-type"'],
		['X-A\r\nCookie', 'x', 'cannot have the name'],
		['X A', 'x', 'cannot have the name'],
		['X-A:', 'x', 'cannot have the name'],
		['X-A', 'x\r\nCookie: a', 'has a value for "x-a" with a line break'],
		['X-A', '积', 'has a value for "x-a" with a line break or a character'],
	])('%j: %j is refused', async (name, value, reason) => {
		const { error } = await send('/books', { additionalFields: { headers: pairs([name, value]) } });
		expect(error?.message).toContain(`"Headers" ${reason}`);
		expect(lines()).toEqual([]);
	});

	test('cannot have one name twice', async () => {
		const headers = pairs(['X-A', '1'], ['x-a', '2']);
		const { error } = await send('/books', { additionalFields: { headers } });
		expect(error?.message).toBe('"Headers" has "x-a" twice');
	});
});

describe('the method', () => {
	test.each(['get', ' Get '])('%j is read in any case', async (method) => {
		await send('/books', { method });
		expect(lines()).toEqual(['GET /base/books']);
	});

	test.each(['HEAD', 'TRACE', 'GET /x', ''])('%j is refused', async (method) => {
		const { error } = await send('/books', { method: `={{ ${JSON.stringify(method)} }}` });
		expect(error?.message).toContain('"Method" cannot be');
		expect(lines()).toEqual([]);
	});

	test('other than GET runs one item at a time, GET runs several', async () => {
		const items = Array.from({ length: 6 }, (_, n) => ({ json: { n } }));
		let release: (() => void) | undefined;
		server.reply = () => ({ body: '{}' });
		await send('/books', { method: 'POST' }, { items });
		expect(server.peak).toBe(1);
		server.reset();
		const blocker = new Promise<void>((resolve) => (release = resolve));
		server.reply = (_request, count) => {
			if (count >= 2) release?.();
			return { body: '{}', after: blocker };
		};
		await send('/books', { method: 'GET' }, { items });
		expect(server.peak).toBeGreaterThan(1);
	});
});

describe('the body', () => {
	test('as JSON text keeps the digits of long numbers', async () => {
		const jsonBody = '{"id":463992311181737985,"n":1.10,"list":[9007199254740993]}';
		await send('/books', { method: 'POST', bodyType: 'json', jsonBody });
		expect(lines()).toEqual([`POST /base/books ${jsonBody}`]);
		expect(server.received[0]?.headers['content-type']).toBe('application/json');
	});

	test.each([
		['[1,463992311181737985]', '[1,463992311181737985]'],
		['={{ {"name": "积", "at": [1]} }}', '{"name":"积","at":[1]}'],
		['"text"', '"text"'],
	])('may be %s', async (jsonBody, sent) => {
		const { error } = await send('/books', { method: 'PUT', bodyType: 'json', jsonBody });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`PUT /base/books ${sent}`]);
	});

	test.each([
		['{"a":', '"JSON Body" is not valid JSON'],
		['', '"JSON Body" is empty'],
		['={{ {id: 463992311181737985} }}', '"JSON Body" has the number 463992311181738000'],
	])('%j is refused', async (jsonBody, message) => {
		const { error } = await send('/books', { method: 'POST', bodyType: 'json', jsonBody });
		expect(error?.message).toContain(message);
		expect(lines()).toEqual([]);
	});

	test.each([
		['text', '{"a\\ud83d": {"b": ["\\udc00!"]}}'],
		['an object', '={{ ({ ["a\\ud83d"]: { b: ["\\udc00!"] } }) }}'],
	])('as JSON from %s has U+FFFD for half an emoji, also in names', async (_from, jsonBody) => {
		await send('/books', { method: 'POST', bodyType: 'json', jsonBody });
		expect(server.received[0]?.body).toBe('{"a\ufffd":{"b":["\ufffd!"]}}');
	});

	test.each(['null', '""', '" "', '[]', '"[]"', '"null"', '({})', '({ parameters: null })'])(
		'has no headers, parameters and fields if an expression gives %s for them',
		async (value) => {
			const nothing = `={{ ${value} }}`;
			const { error } = await send('/books', {
				queryParameters: nothing,
				pathParameters: nothing,
				additionalFields: { headers: nothing },
			});
			expect(error).toBeUndefined();
			expect(server.received[0]?.url).toBe('/base/books');
		},
	);

	test.each(['({})', '[{}]', '[["a"]]', 'NaN', 'Infinity', '9007199254740993'])(
		'is refused if an expression gives %s as the value of a query parameter',
		async (value) => {
			const { error } = await send('/books', { queryParameters: pairs(['a', `={{ ${value} }}`]) });
			expect(error?.message).toMatch(/^"Query Parameters" /);
			expect(server.received).toEqual([]);
		},
	);

	test('has parameters with the names of members of every object', async () => {
		await send('/books', {
			queryParameters: pairs(['__proto__', '1'], ['constructor', '2'], ['__proto__', '3']),
		});
		expect(server.received[0]?.url).toBe('/base/books?__proto__=1&__proto__=3&constructor=2');
	});

	test('as a form is URL-encoded', async () => {
		const formFields = pairs(['a', '1 &'], ['b', ''], ['a', '2']);
		await send('/books', { method: 'POST', bodyType: 'form', formFields });
		expect(lines()).toEqual(['POST /base/books a=1%20%26&a=2&b=']);
		expect(server.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
	});

	const bytes = Buffer.from([0, 255, 13, 10, 128]);
	const items = [{ json: {}, binary: { data: binaryFile(bytes, 'a"b.bin', 'image/png') } }];

	test('as a file is the exact bytes with their type', async () => {
		const parameters = { method: 'PUT', bodyType: 'file', binaryPropertyName: 'data' };
		const { error } = await send('/books/1/photo', parameters, { items });
		expect(error).toBeUndefined();
		expect(server.received[0]?.bytes.equals(bytes)).toBe(true);
		expect(server.received[0]?.headers['content-type']).toBe('image/png');
	});

	test('as a file in a form has the fields before it', async () => {
		const parameters = {
			method: 'POST',
			bodyType: 'file',
			binaryPropertyName: 'data',
			fileFieldName: 'photo',
			formFields: pairs(['caption', '积']),
		};
		await send('/photos', parameters, { items });
		const [request] = server.received;
		const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? '';
		expect(request?.bytes.toString('latin1')).toBe(
			[
				`--${boundary}`,
				'Content-Disposition: form-data; name="caption"',
				'',
				Buffer.from('积').toString('latin1'),
				`--${boundary}`,
				'Content-Disposition: form-data; name="photo"; filename="a%22b.bin"',
				'Content-Type: image/png',
				'',
				bytes.toString('latin1'),
				`--${boundary}--`,
				'',
			].join('\r\n'),
		);
	});

	test.each([
		'image/png\r\nX-Injected: 1',
		'image/png\n\nbody',
		'a\0b',
		'a\u0085b',
		'图片/png',
		'\ud83d',
	])('as a file with the MIME type %p is refused', async (mimeType) => {
		for (const fileFieldName of ['', 'photo']) {
			const { error } = await send(
				'/files',
				{ method: 'POST', bodyType: 'file', fileFieldName },
				{ items: [{ json: {}, binary: { data: binaryFile(Buffer.from('x'), 'a', mimeType) } }] },
			);
			expect(error?.message).toMatch(/^"Input Data Field Name" names "data", whose MIME type "/);
		}
		expect(server.received).toEqual([]);
	});

	test('in a form has names without line breaks, control characters and half emojis', async () => {
		await send(
			'/files',
			{
				method: 'POST',
				bodyType: 'file',
				fileFieldName: 'a\r\nX-Injected: 1\u0000"\ud83d',
				formFields: pairs(['b\r\n\u0085\ud83d', 'text \udc00\r\nend']),
			},
			{
				items: [
					{ json: {}, binary: { data: binaryFile(Buffer.from('x'), 'c\n\u007f\ud83d.png', '') } },
				],
			},
		);
		const body = server.received[0]?.body ?? '';
		expect(body).toContain('name="b%0D%0A%C2%85\ufffd"\r\n\r\ntext \ufffd\r\nend\r\n');
		expect(body).toContain('name="a%0D%0AX-Injected: 1%00%22\ufffd"; filename="c%0A%7F\ufffd.png"');
		expect(body).toContain('\r\nContent-Type: application/octet-stream\r\n');
	});

	test('as a whole file cannot have form fields', async () => {
		const formFields = pairs(['a', '1']);
		const { error } = await send(
			'/books',
			{ method: 'POST', bodyType: 'file', formFields },
			{ items },
		);
		expect(error?.message).toContain('"Form Fields" cannot be sent with a file');
	});

	test('cannot be sent with GET', async () => {
		const { error } = await send('/books', { bodyType: 'json', jsonBody: '{}' });
		expect(error?.message).toBe('"Body" cannot be sent with GET');
		expect(lines()).toEqual([]);
	});
});

describe('the response', () => {
	const reply = (body: string, more: object = {}) => (server.reply = () => ({ body, ...more }));
	const results = async (parameters: object = {}) =>
		(await send('/books', parameters)).items.map(({ json, pairedItem }) => ({ json, pairedItem }));
	const linked = (...rows: object[]) => rows.map((json) => ({ json, pairedItem: { item: 0 } }));

	test('that is a list gives an item per row', async () => {
		reply('[{"id":463992311181737985},"text",7]');
		expect(await results()).toEqual(
			linked({ id: '463992311181737985' }, { value: 'text' }, { value: 7 }),
		);
	});

	test('that is an object gives one item, or an item per row at Items Path', async () => {
		reply('{"data":{"rows":[{"n":1},{"n":2}],"one":{"n":3},"none":null}}');
		expect(await results()).toEqual(
			linked({ data: { rows: [{ n: 1 }, { n: 2 }], one: { n: 3 }, none: null } }),
		);
		expect(await results({ itemsPath: 'data.rows' })).toEqual(linked({ n: 1 }, { n: 2 }));
		expect(await results({ itemsPath: ' data.one ' })).toEqual(linked({ n: 3 }));
		expect(await results({ itemsPath: 'data.none' })).toEqual([]);
	});

	test('without anything at Items Path is an error with the names that there are', async () => {
		reply('{"data":1,"more":2}');
		const { error } = await send('/books', { itemsPath: 'rows.items' });
		expect(error?.message).toBe('The response has nothing at "rows.items"');
		expect(error?.description).toContain('Members of the response: data, more');
	});

	test('without content gives success', async () => {
		server.reply = () => ({ status: 204, body: '' });
		expect(await results()).toEqual(linked({ success: true }));
		expect(await results({ method: 'DELETE' })).toEqual(linked({ success: true }));
	});

	test('that is not JSON is an error, and text with Text', async () => {
		reply('<p>Hello 积</p>', { headers: { 'content-type': 'text/html' } });
		expect((await send('/books')).error?.message).toBe('No JSON came back');
		server.received.length = 0;
		expect(await results({ responseFormat: 'text' })).toEqual(linked({ data: '<p>Hello 积</p>' }));
		expect(server.received[0]?.headers.accept).toBe('*/*');
	});

	test('as a file keeps every byte, its type and its name', async () => {
		const bytes = Buffer.from([0, 1, 254, 255, 0x80]);
		server.reply = () => ({
			bytes,
			headers: {
				'content-type': 'image/png; x=1',
				'content-disposition': "attachment; filename*=UTF-8''a%2Fb%20%E7%A7%AF.png",
			},
		});
		const { items } = await send('/books', {
			responseFormat: 'file',
			additionalFields: { outputPropertyName: 'photo' },
		});
		expect(items[0]?.json).toEqual({
			fileName: 'a_b 积.png',
			mimeType: 'image/png',
			fileSize: 5,
		});
		const stored = Buffer.from(items[0]?.binary?.photo?.data ?? '', 'base64');
		expect(createHash('sha256').update(stored).digest('hex')).toBe(
			createHash('sha256').update(bytes).digest('hex'),
		);
	});

	test.each([
		[`attachment; filename="${Buffer.from('夏;天.png').toString('latin1')}"`, '夏;天.png'],
		[`attachment; filename=x.png; filename*0*=GBK''%CF; filename*1*=%C4.png`, '夏.png'],
		['attachment; filename="C:x?.png"', 'C_x_.png'],
		['attachment', 'b ks'],
	])('as a file with the header %j has the name %s', async (disposition, fileName) => {
		reply('a', { headers: { 'content-disposition': disposition } });
		const { items } = await send('/b%20ks', { responseFormat: 'file' });
		expect(items[0]?.json.fileName).toBe(fileName);
	});

	test.each(['json', 'text', 'file'])('with status 404 is an error as %s', async (format) => {
		reply('{"error":"No such book"}', { status: 404 });
		const { error } = await send('/books', { responseFormat: format });
		expect([error?.message, error?.httpCode]).toEqual(['No such book', '404']);
	});

	test('is an error without the secret, also where the service quotes it', async () => {
		reply(`{"error":"Wrong key ${SECRET}"}`, { status: 403 });
		const { error, saved } = await send('/books');
		expect(error?.message).toBe('Wrong key ***');
		expect(saved).not.toContain(SECRET);
	});

	test('of one failed item does not affect the others', async () => {
		server.reply = ({ url }) =>
			url.endsWith('2') ? { status: 404, body: '{"error":"No"}' } : { body: '{}' };
		const { items } = await send(
			'={{ "/books/" + $json.n }}',
			{},
			{
				items: [1, 2, 3].map((n) => ({ json: { n } })),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(items.map(({ json }) => json.error)).toEqual([undefined, 'No', undefined]);
	});
});

describe('retries', () => {
	test('repeat GET after a server error, and no other method', async () => {
		server.reply = (_request, count) =>
			count === 1 ? { status: 503, body: '{}' } : { body: '{}' };
		expect((await send('/books')).error).toBeUndefined();
		expect(lines()).toHaveLength(2);
		server.reset();
		server.reply = () => ({ status: 503, body: '{}' });
		const { error } = await send('/books', { method: 'POST' });
		expect(error?.description).toContain('It may have been carried out all the same');
		expect(lines()).toHaveLength(1);
	});

	test('wait after 429 with every method and format', async () => {
		for (const responseFormat of ['json', 'text', 'file']) {
			server.reset();
			server.reply = (_request, count) =>
				count === 1 ? { status: 429, headers: { 'retry-after': '0' }, body: '{}' } : { body: '{}' };
			const { error } = await send('/books', { method: 'POST', responseFormat });
			expect(error).toBeUndefined();
			expect(lines()).toHaveLength(2);
		}
	});

	test('wait after an error that only the body reports', async () => {
		server.reply = (_request, count) => ({ body: count === 1 ? '{"busy":true}' : '{"n":1}' });
		const { items } = await send('/books', { responseFormat: 'text' });
		expect(items[0]?.json).toEqual({ data: '{"n":1}' });
	});
});

describe('pagination', () => {
	const pages: Record<string, string> = {
		'': '{"data":[{"n":1},{"n":2}],"next":"b"}',
		b: '{"data":[{"n":3},{"n":4}],"next":"c"}',
		c: '{"data":[{"n":5}]}',
	};
	const byCursor = () => {
		server.reply = ({ url, body }) => {
			const sent: { cursor?: string } = body === '' ? {} : JSON.parse(body);
			const query = new URL(url, server.url).searchParams.get('cursor');
			return { body: pages[query ?? sent.cursor ?? ''] ?? '{}' };
		};
	};

	test('reads every page, or up to the limit', async () => {
		byCursor();
		const all = await send('/books?color=red', { pagination: 'cursor', returnAll: true });
		expect(all.items.map(({ json }) => json.n)).toEqual([1, 2, 3, 4, 5]);
		expect(lines()).toEqual([
			'GET /base/books?color=red&limit=2',
			'GET /base/books?color=red&limit=2&cursor=b',
			'GET /base/books?color=red&limit=2&cursor=c',
		]);
		const three = await send('/books', { pagination: 'cursor', limit: 3 });
		expect(three.items.map(({ json }) => json.n)).toEqual([1, 2, 3]);
	});

	test('of a POST sends the parameters in the body', async () => {
		byCursor();
		await send('/books', {
			method: 'POST',
			bodyType: 'json',
			jsonBody: '{"id":463992311181737985}',
			pagination: 'cursor',
			limit: 3,
		});
		expect(lines()).toEqual([
			'POST /base/books {"id":463992311181737985,"limit":2}',
			'POST /base/books {"id":463992311181737985,"limit":2,"cursor":"b"}',
		]);
	});

	test('refuses a parameter that the request has already', async () => {
		const { error } = await send('/books?limit=9', { pagination: 'cursor' });
		expect(error?.message).toBe('Pagination sets "limit", which the request has already');
		expect(lines()).toEqual([]);
	});

	test('of a response without a list is an error', async () => {
		server.reply = () => ({ body: '{"rows":[{"n":1}]}' });
		const { error } = await send('/books', { pagination: 'cursor' });
		expect(error?.message).toBe('The response holds no list');
		expect(error?.description).toContain('Members of the response: rows');
		const found = await send('/books', { pagination: 'cursor', itemsPath: 'rows' });
		expect(found.items.map(({ json }) => json)).toEqual([{ n: 1 }]);
	});

	test('of a list as the body is refused', async () => {
		const { error } = await send('/books', {
			method: 'POST',
			bodyType: 'json',
			jsonBody: '[1]',
			pagination: 'cursor',
		});
		expect(error?.message).toBe('Pagination needs a body with named members');
	});
});

describe('as a tool of an AI agent', () => {
	const asTool = { node: new AnyNode(true), typeName: 'test.toyTool' };

	test('only reads, unless Allow Writes is on', async () => {
		expect((await send('/books', {}, asTool)).error).toBeUndefined();
		const { error } = await send('/books', { method: 'delete' }, asTool);
		expect(error?.message).toBe('As a tool, API Request may not use DELETE');
		expect(lines()).toEqual(['GET /base/books']);
		await send('/books', { method: 'DELETE', allowWrites: true }, asTool);
		expect(lines()).toEqual(['GET /base/books', 'DELETE /base/books']);
	});

	test('shows Allow Writes, which only a person can set', () => {
		const field = new AnyNode().description.properties.find(({ name }) => name === 'allowWrites');
		expect(field?.displayOptions?.show?.['@tool']).toEqual([true]);
		expect(field).toMatchObject({ default: false, noDataExpression: true });
	});
});

test('the list of paths offers the known endpoints of the chosen method', async () => {
	const search = async (method: string, filter = '') =>
		await searchList({
			node: new AnyNode(),
			method: 'searchEndpoints',
			parameters: { resource: 'apiRequest', operation: 'send', method },
			credentials: { sampleApi: { url: server.url, secretKey: SECRET } },
			credentialTypes: { sampleApi: new SampleApi() },
			filter,
		});
	expect((await search('GET')).results).toEqual([
		{ name: '/books (Book: Get Many pages)', value: '/books' },
		{ name: '/books/{book_id} (Book: Get)', value: '/books/{book_id}' },
	]);
	expect((await search('POST', 'LEND')).results).toEqual([
		{ name: '/books/lend (Book: Lend)', value: '/books/lend' },
	]);
});
