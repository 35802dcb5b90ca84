import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { textField } from '../../definition/fields';
import type {
	ItemContext,
	Operation,
	PageParameters,
	PagingStrategy,
	Resource,
} from '../../definition/operation';
import type { Method } from '../../endpoint';
import { NodeFailure, invalidParameter } from '../../errors';
import type { RequestParts, ResponseFormat } from '../../http';
import { collectPages } from '../paginate';
import { shown } from '../shownValue';
import { readBody } from './body';
import { METHODS, requestFields, type ApiRequestSettings } from './fields';
import { readHeaders } from './headers';
import { pairsField, readPairs, toRecord } from './pairs';
import { readPath } from './path';
import { dataItems, fileItem, pageRows, rowItems } from './results';

/**
 * Returns the resource API Request, which calls any endpoint of a service with the node's credential,
 * rate limits, retries and pagination.
 */
export function apiRequestResource(settings: ApiRequestSettings): Resource {
	const send: Operation = {
		name: 'Send',
		action: 'Send an API request',
		description: 'Call any endpoint of the API, including those that this node does not know',
		endpoint: 'GET :path',
		anyEndpoint: true,
		writesForItem: (context, index) => methodOf(methodParameter(context, index)) !== 'GET',
		fields: requestFields(settings),
		additionalFields: [
			pairsField('headers', {
				displayName: 'Headers',
				row: 'Header',
				description:
					'Headers of the request. The credential, the host and the content type cannot be set.',
			}),
			textField(
				'output_property_name',
				'Put Output File in Field',
				'Name of the binary field for the file of the response',
				{ notSent: true, default: 'data' },
			),
		],
		execute: async (item) => await execute(item, settings),
	};
	return { name: 'API Request', preferred: 'Send', operations: [send] };
}

function methodParameter(context: IExecuteFunctions, index: number): unknown {
	return context.getNodeParameter('method', index, 'GET');
}

/** @throws NodeFailure for anything but a known method, in any case */
function readMethod(given: unknown): Method {
	const method = methodOf(given);
	if (method !== undefined) return method;
	throw invalidParameter('Method', `cannot be "${shown(given)}"`, `Use ${METHODS.join(', ')}`);
}

function methodOf(given: unknown): Method | undefined {
	const name = typeof given === 'string' ? given.trim().toUpperCase() : '';
	return METHODS.find((method) => method === name);
}

function readFormat(item: ItemContext): ResponseFormat {
	const format = item.raw('responseFormat') ?? 'json';
	if (format === 'json' || format === 'text' || format === 'file') return format;
	throw invalidParameter('Response Format', `cannot be "${shown(format)}"`, 'Choose from the list');
}

async function execute(
	item: ItemContext,
	settings: ApiRequestSettings,
): Promise<INodeExecutionData[]> {
	const { client, context, itemIndex } = item;
	const method = readMethod(methodParameter(context, itemIndex));
	checkMayWrite(item, method);
	const { encodedPath, parts } = await readRequest(item, method, settings);
	const { responseFormat } = parts;
	const endpoint = `${method} ${encodedPath}` as const;
	const strategy = responseFormat === 'json' ? pagingOf(item, settings) : undefined;
	if (strategy !== undefined) {
		const first = await strategy.first(1, item);
		checkPageParameters(method === 'GET' ? parts.query : parts.body, first);
		return await collectPages(item, {
			strategy,
			limit: item.limit(),
			fetchPage: async (page, signal) =>
				(await client.send(endpoint, { ...withPage(parts, method, page), signal })).data,
			convert: (rows) => rowItems(item, rows),
		});
	}
	// A path that cannot be used is rejected before a write, not after it.
	const itemsPath = item.text('itemsPath').trim();
	const sent = await client.send(endpoint, parts);
	if (responseFormat === 'text') return [item.outputItem({ data: sent.response.text })];
	if (responseFormat === 'file') return [await fileItem(item, sent, encodedPath)];
	return dataItems(item, sent.data, { itemsPath, wasWrite: method !== 'GET' });
}

/** @throws NodeFailure when an AI agent uses a method that it may not use */
function checkMayWrite(item: ItemContext, method: Method): void {
	const isTool = item.context.getNode().type.endsWith('Tool');
	if (!isTool || method === 'GET' || item.isEnabled('allowWrites')) return;
	throw new NodeFailure(`As a tool, API Request may not use ${method}`, {
		description: 'Use GET. A person can turn on "Allow Writes" in the tool',
	});
}

async function readRequest(
	item: ItemContext,
	method: Method,
	{ completePath }: ApiRequestSettings,
): Promise<{ encodedPath: string; parts: RequestParts }> {
	const values = readPairs(item, {
		parameter: 'pathParameters',
		displayName: 'Path Parameters',
	});
	const path = readPath(pathParameter(item), {
		baseUrl: await item.client.baseUrl(),
		values: new Map(values),
	});
	const query = readPairs(item, {
		parameter: 'queryParameters',
		displayName: 'Query Parameters',
	});
	const twice = path.query.find(([name]) => query.some(([other]) => other === name));
	if (twice !== undefined) {
		throw invalidParameter(
			'Query Parameters',
			`has "${shown(twice[0])}", which is also in the path`,
			'Remove one of the two',
		);
	}
	const encodedPath = completePath?.(path.encodedPath) ?? path.encodedPath;
	const headers = readPairs(item, { parameter: 'headers', displayName: 'Headers' });
	const parts: RequestParts = {
		encodedPath,
		query: toRecord([...path.query, ...query]),
		headers: readHeaders(headers),
		responseFormat: readFormat(item),
		writes: method !== 'GET',
		...(await readBody(item, method)),
	};
	return { encodedPath, parts };
}

function pathParameter(item: ItemContext): string {
	const given = item.raw('path');
	const value =
		typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw invalidParameter('Path', 'is empty', 'Enter the path of the endpoint');
}

/** Returns the chosen strategy; undefined if the response is not one page of a list. */
function pagingOf(
	item: ItemContext,
	{ paging, listIn }: ApiRequestSettings,
): PagingStrategy | undefined {
	const chosen = item.raw('pagination') ?? 'none';
	if (chosen === 'none') return undefined;
	const found = paging.find(({ value }) => value === chosen);
	if (found === undefined) {
		throw invalidParameter('Pagination', `cannot be "${shown(chosen)}"`, 'Choose from the list');
	}
	return { ...found.strategy, rows: (data) => pageRows(item, data, listIn) };
}

/** @throws NodeFailure for a parameter that both the user and Pagination set */
function checkPageParameters(given: Record<string, unknown> = {}, first: PageParameters): void {
	const twice = Object.keys(first).find((name) => given[name] !== undefined);
	if (twice === undefined) return;
	throw new NodeFailure(`Pagination sets "${twice}", which the request has already`, {
		description: `Remove "${twice}" from the request, or set Pagination to None`,
	});
}

function withPage(parts: RequestParts, method: Method, page: PageParameters): RequestParts {
	if (method === 'GET') return { ...parts, query: { ...parts.query, ...page } };
	if (parts.jsonBody !== undefined || parts.fileBody !== undefined) {
		throw new NodeFailure('Pagination needs a body with named members', {
			description: 'Use an object as JSON Body, or set Pagination to None',
		});
	}
	return { ...parts, body: { ...parts.body, ...page } };
}
