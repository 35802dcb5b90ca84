import {
	booleanField,
	fileField,
	integerField,
	jsonField,
	optionsField,
	textField,
} from '../../definition/fields';
import type { Field, PagingStrategy } from '../../definition/operation';
import type { Method } from '../../endpoint';
import type { Json } from '../../json';
import { pairsField } from './pairs';

/** A way in which the service splits long lists, as the user can choose it. */
export interface ApiRequestPaging {
	name: string;
	value: string;
	description: string;
	strategy: PagingStrategy;
}

/** What API Request needs to know about a service. */
export interface ApiRequestSettings {
	/** Shown in the empty Path field, begins with "e.g.". */
	pathPlaceholder: string;
	/** Name of the list search method for the paths of known endpoints. */
	search: string;
	paging: ApiRequestPaging[];
	/** Returns the list in the response of a paged call; undefined if there is none. */
	listIn: (data: Json | undefined) => Json[] | undefined;
	/** Completes a path, e.g. by the ending that all paths of the service have. */
	completePath?: (encodedPath: string) => string;
}

export const METHODS: readonly Method[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** Returns the fields of API Request that are always on top. */
export function requestFields({ pathPlaceholder, search, paging }: ApiRequestSettings): Field[] {
	const own = { notSent: true, required: false } satisfies Partial<Field>;
	const isPaged = { pagination: paging.map(({ value }) => value) };
	return [
		optionsField(
			'method',
			'Method',
			'HTTP method. Only GET is repeated after a failure.',
			METHODS.map((method) => ({ name: method, value: method })),
			{ notSent: true, default: 'GET' },
		),
		{
			...textField(
				'path',
				'Path',
				'Path below Base URL of the credential. Each {name} is replaced by its value in Path Parameters.',
				{ notSent: true, default: { mode: 'path', value: '' } },
			),
			input: {
				type: 'custom',
				property: {
					type: 'resourceLocator',
					modes: [
						{
							displayName: 'By Path',
							name: 'path',
							type: 'string',
							placeholder: pathPlaceholder,
						},
						{
							displayName: 'From List',
							name: 'list',
							type: 'list',
							typeOptions: { searchListMethod: search, searchable: true },
						},
					],
				},
			},
		},
		pairsField('path_parameters', {
			displayName: 'Path Parameters',
			description: 'Values for the {name} parts of the path. They are percent-encoded.',
		}),
		pairsField('query_parameters', {
			displayName: 'Query Parameters',
			description: 'Parameters of the query. Repeat a name to send several values.',
		}),
		optionsField(
			'body_type',
			'Body',
			'Kind of body to send',
			[
				{ name: 'None', value: 'none' },
				{ name: 'JSON', value: 'json' },
				{ name: 'Form', value: 'form', description: 'URL-encoded fields' },
				{ name: 'File', value: 'file', description: 'A file, alone or with fields' },
			],
			{ ...own, default: 'none' },
		),
		jsonField('json_body', 'JSON Body', 'The body. Long numbers keep all their digits.', {
			...own,
			show: { bodyType: ['json'] },
		}),
		fileField('file', undefined, undefined, { ...own, show: { bodyType: ['file'] } }),
		textField(
			'file_field_name',
			'File Field Name',
			'Name of the form field for the file. Leave empty to send the file as the whole body.',
			{ ...own, show: { bodyType: ['file'] } },
		),
		pairsField('form_fields', {
			displayName: 'Form Fields',
			description: 'Fields of the form',
			row: 'Field',
			show: { bodyType: ['file', 'form'] },
		}),
		optionsField(
			'response_format',
			'Response Format',
			'Format in which to return the response',
			[
				{ name: 'JSON', value: 'json', description: 'One item per row, or one for an object' },
				{ name: 'Text', value: 'text', description: 'The text as it is, in the field data' },
				{ name: 'File', value: 'file', description: 'A binary file' },
			],
			{ ...own, default: 'json' },
		),
		textField(
			'items_path',
			'Items Path',
			'Place of the items in the response, with dots between names. Leave empty to take the response itself, or the list of a page.',
			{ ...own, show: { responseFormat: ['json'] }, placeholder: 'e.g. data.items' },
		),
		optionsField(
			'pagination',
			'Pagination',
			'Way in which the endpoint splits a long list into pages',
			[
				{ name: 'None', value: 'none' },
				...paging.map(({ name, value, description }) => ({ name, value, description })),
			],
			{ ...own, default: 'none', show: { responseFormat: ['json'] } },
		),
		booleanField(
			'return_all',
			'Return All',
			'Whether to return all results or only up to a given limit',
			{ ...own, show: { responseFormat: ['json'], ...isPaged } },
		),
		integerField('limit', 'Limit', 'Max number of results to return', {
			...own,
			min: 1,
			default: 50,
			show: { responseFormat: ['json'], ...isPaged, returnAll: [false] },
		}),
		{
			...booleanField(
				'allow_writes',
				'Allow Writes',
				'Whether to let AI agents use methods other than GET, which change data',
				{ ...own, show: { '@tool': [true] }, default: false },
			),
			// An expression would let the agent decide.
			input: { type: 'custom', property: { type: 'boolean', noDataExpression: true } },
		},
	];
}
