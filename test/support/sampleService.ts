import type {
	IAuthenticate,
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describeService } from '../../nodes/shared/definition/describe';
import {
	optionsField,
	dateTimeField,
	fileField,
	booleanField,
	int64Field,
	int64ListField,
	integerField,
	jsonField,
	stringListField,
	locatorField,
	longTextField,
	textField,
} from '../../nodes/shared/definition/fields';
import { isJsonObject, tryParseJson } from '../../nodes/shared/json';
import type { Api } from '../../nodes/shared/client/api';
import type { PagingStrategy, Service } from '../../nodes/shared/definition/operation';
import {
	cursorPaging,
	lastIdPaging,
	rangePaging,
	rowsAt,
} from '../../nodes/shared/execution/paginate';
import { executeOperation } from '../../nodes/shared/execution/executeOperation';

/** Page numbers, and a flag that is true while more pages follow. */
const numberedPages: PagingStrategy = {
	size: 3,
	first: (size) => ({ page: 1, size }),
	next: ({ data, rows, parameters }) =>
		isJsonObject(data) && data.more === true && rows.length > 0
			? { ...parameters, page: Number(parameters.page) + 1 }
			: undefined,
};

export const sampleApi: Api = {
	name: 'Book Shop',
	credentialType: 'sampleApi',
	hosts: (credential) => ({ api: String(credential.url) }),
	encoding: 'json',
	headers: { 'x-book-version': '1' },
	readRateLimit: (headers) =>
		headers['x-remaining'] === undefined
			? undefined
			: { remaining: Number(headers['x-remaining']), resetAt: Number(headers['x-reset']) },
	parseResponse: (answer) => {
		const data = tryParseJson(answer.text);
		if (answer.status >= 400) {
			return {
				error: {
					message:
						isJsonObject(data) && typeof data.error === 'string'
							? data.error
							: `Book Shop answered with status ${answer.status}`,
				},
			};
		}
		if (answer.text === '') return { data: undefined };
		if (data === undefined)
			return { error: { message: 'No JSON came back', outcomeUnknown: true } };
		if (isJsonObject(data) && data.busy === true) {
			return { error: { message: 'Book Shop is busy', isRateLimited: true } };
		}
		return { data };
	},
};

/** An invented service that uses all features of the engine. */
export const sampleService: Service = {
	api: sampleApi,
	preferredResource: 'Book',
	paging: {
		pages: numberedPages,
		cursor: cursorPaging({ size: 3, cursorKey: 'cursor', sizeKey: 'limit', nextAt: 'next' }),
		last: lastIdPaging({ size: 3, idKey: 'max_id', rowId: 'id', sizeKey: 'count' }),
		range: rangePaging({
			size: 3,
			window: (start, end) => ({ ranges: [{ start, end }] }),
			total: (data) => (isJsonObject(data) ? Number(data.total) : undefined),
			rows: (data) => rowsAt(data, 'rows'),
		}),
	},
	resources: [
		{
			name: 'Book',
			preferred: 'Get',
			operations: [
				{
					name: 'Get',
					action: 'Get a book',
					description: 'One book',
					endpoint: 'GET books/:book_id',
					fields: [
						locatorField('book_id', 'Book', 'The book', {
							idPlaceholder: 'e.g. 12',
							url: { regex: 'books/([0-9]+)', placeholder: 'e.g. https://books/12' },
						}),
					],
				},
				{
					name: 'Create',
					action: 'Create a book',
					description: 'A new book',
					endpoint: 'POST books',
					fields: [
						int64Field('shelf_id', 'Shelf', 'Where it stands'),
						longTextField('name', 'Name', 'What it is called', { length: { max: 10 } }),
					],
					additionalFields: [
						integerField('price', 'Price', 'In cents', { min: 300 }),
						booleanField('fragile', 'Fragile', 'Whether it breaks'),
						stringListField('tags', 'Tags', 'Words', { items: { max: 2 } }),
						int64ListField('owners', 'Owners', 'Who owns it'),
						jsonField('extra', 'Extra', 'Anything'),
						dateTimeField('made_at', 'Made At', 'When it was made'),
						textField('photo.Url', 'Photo URL', 'Its picture'),
						optionsField('size', 'Size', 'How big', [
							{ name: 'Big', value: 'big' },
							{ name: 'Small', value: 'small' },
						]),
					],
				},
				{
					name: 'Lend',
					action: 'Lend a book',
					description: 'Gives it to a child',
					endpoint: 'POST books/lend',
					oneOf: [['child', 'school']],
					fields: [
						int64Field('lender', 'Lender', 'Whose it is', {
							required: false,
							resolveDefault: async (call) => (await call.client.credentialSettings()).keeper,
						}),
						textField('child', 'Child', 'Who gets it', { required: false }),
						textField('school', 'School', 'Which school gets it', { required: false }),
					],
				},
				{
					name: 'Delete',
					action: 'Delete a book',
					description: 'Throws it away',
					endpoint: 'DELETE books/:book_id',
					emptyResult: 'deleted',
					fields: [textField('book_id', 'Book', 'The book')],
				},
				{
					name: 'Upload',
					action: 'Upload a picture',
					description: 'A picture of a book',
					endpoint: 'POST pictures',
					fields: [
						fileField('picture'),
						textField('caption', 'Caption', 'Below it', { in: 'multipart' }),
					],
				},
				...(['pages', 'cursor', 'last'] as const).map((kind) => ({
					name: `Get Many ${kind}`,
					value: kind,
					action: 'Get many books',
					description: 'Books',
					endpoint: 'GET books' as const,
					paging: kind,
					resultPath: 'data',
					filters: [stringListField('color', 'Color', 'Only these')],
				})),
				{
					name: 'Get Range',
					action: 'Get a range of books',
					description: 'Books',
					endpoint: 'POST books/range',
					writes: false,
					paging: 'range',
				},
			],
		},
	],
};

/** Signs with a header that tests can recognize. */
export class SampleApi implements ICredentialType {
	name = 'sampleApi';
	displayName = 'Book API';
	properties = [];
	authenticate: IAuthenticate = async (credentials, options) => ({
		...options,
		headers: { ...options.headers, 'x-key': String(credentials.secretKey) },
	});
}

export class SampleNode implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Book',
		name: 'book',
		group: ['transform'],
		version: 1,
		description: 'A book',
		defaults: { name: 'Book' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sampleApi', required: true }],
		properties: describeService(sampleService),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, sampleService);
	}
}
