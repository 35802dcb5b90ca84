import type {
	IAuthenticate,
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describeService } from '../../nodes/shared/describe';
import {
	choice,
	date,
	file,
	flag,
	int64,
	int64List,
	integer,
	json,
	list,
	locator,
	longText,
	text,
} from '../../nodes/shared/fields';
import { isJsonObject, tryReadJson } from '../../nodes/shared/json';
import type { Service } from '../../nodes/shared/operation';
import { cursor, lastId, pageNumber, range, rowsAt } from '../../nodes/shared/paginate';
import { perform } from '../../nodes/shared/perform';

/** An invented service that has one of everything the engine knows. */
export const toyService: Service = {
	name: 'Toy Shop',
	credentialType: 'toyApi',
	hosts: (credential) => ({ api: String(credential.url) }),
	encoding: 'json',
	headers: { 'x-toy-version': '1' },
	paging: {
		pages: pageNumber({ size: 3, pageKey: 'page', sizeKey: 'size', more: 'more' }),
		cursor: cursor({ size: 3, cursorKey: 'cursor', sizeKey: 'limit', nextAt: 'next' }),
		last: lastId({ size: 3, idKey: 'max_id', rowId: 'id', sizeKey: 'count' }),
		range: range({
			size: 3,
			window: (start, end) => ({ ranges: [{ start, end }] }),
			total: (data) => (isJsonObject(data) ? Number(data.total) : undefined),
			rows: (data) => rowsAt(data, 'rows'),
		}),
	},
	limits: (headers) =>
		headers['x-remaining'] === undefined
			? undefined
			: { remaining: Number(headers['x-remaining']), resetAt: Number(headers['x-reset']) },
	read: (answer) => {
		const data = tryReadJson(answer.text);
		if (answer.status >= 400) {
			return {
				refusal: {
					message:
						isJsonObject(data) && typeof data.error === 'string'
							? data.error
							: `Toy Shop answered with status ${answer.status}`,
				},
			};
		}
		if (answer.text === '') return { data: undefined };
		if (data === undefined) return { refusal: { message: 'No JSON came back', unclear: true } };
		if (isJsonObject(data) && data.busy === true) {
			return { refusal: { message: 'Toy Shop is busy', tooMany: true } };
		}
		return { data };
	},
	resources: [
		{
			name: 'Toy',
			operations: [
				{
					name: 'Get',
					action: 'Get a toy',
					description: 'One toy',
					endpoint: 'GET toys/:toy_id',
					fields: [
						locator('toy_id', 'Toy', 'The toy', {
							idPlaceholder: 'e.g. 12',
							url: { regex: 'toys/([0-9]+)', placeholder: 'e.g. https://toys/12' },
						}),
					],
				},
				{
					name: 'Create',
					action: 'Create a toy',
					description: 'A new toy',
					endpoint: 'POST toys',
					fields: [
						int64('shelf_id', 'Shelf', 'Where it stands'),
						longText('name', 'Name', 'What it is called', { length: { max: 10 } }),
					],
					options: [
						integer('price', 'Price', 'In cents', { min: 300 }),
						flag('fragile', 'Fragile', 'Whether it breaks'),
						list('tags', 'Tags', 'Words', { items: { max: 2 } }),
						int64List('owners', 'Owners', 'Who owns it'),
						json('extra', 'Extra', 'Anything'),
						date('made_at', 'Made At', 'When it was made'),
						text('photo.Url', 'Photo URL', 'Its picture'),
						choice('size', 'Size', 'How big', [
							{ name: 'Big', value: 'big' },
							{ name: 'Small', value: 'small' },
						]),
					],
				},
				{
					name: 'Lend',
					action: 'Lend a toy',
					description: 'Gives it to a child',
					endpoint: 'POST toys/lend',
					oneOf: [['child', 'school']],
					fields: [
						int64('lender', 'Lender', 'Whose it is', {
							required: false,
							otherwise: async (call) => (await call.session.settings()).keeper,
						}),
						text('child', 'Child', 'Who gets it', { required: false }),
						text('school', 'School', 'Which school gets it', { required: false }),
					],
				},
				{
					name: 'Delete',
					action: 'Delete a toy',
					description: 'Throws it away',
					endpoint: 'DELETE toys/:toy_id',
					receipt: 'deleted',
					fields: [text('toy_id', 'Toy', 'The toy')],
				},
				{
					name: 'Upload',
					action: 'Upload a picture',
					description: 'A picture of a toy',
					endpoint: 'POST pictures',
					fields: [file('picture'), text('caption', 'Caption', 'Below it', { in: 'multipart' })],
				},
				...(['pages', 'cursor', 'last'] as const).map((kind) => ({
					name: `Get Many ${kind}`,
					value: kind,
					action: 'Get many toys',
					description: 'Toys',
					endpoint: 'GET toys' as const,
					paging: kind,
					output: 'data',
					options: [list('color', 'Color', 'Only these')],
				})),
				{
					name: 'Get Range',
					action: 'Get a range of toys',
					description: 'Toys',
					endpoint: 'POST toys/range',
					writes: false,
					paging: 'range',
				},
			],
		},
	],
};

/** Signs with a header, so that tests see who adds it. */
export class ToyApi implements ICredentialType {
	name = 'toyApi';
	displayName = 'Toy API';
	properties = [];
	authenticate: IAuthenticate = async (credentials, options) => ({
		...options,
		headers: { ...options.headers, 'x-key': String(credentials.secretKey) },
	});
}

export class Toy implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Toy',
		name: 'toy',
		group: ['transform'],
		version: 1,
		description: 'A toy',
		defaults: { name: 'Toy' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'toyApi', required: true }],
		properties: describeService(toyService),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await perform.call(this, toyService);
	}
}
