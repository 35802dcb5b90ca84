import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { Api } from '../../nodes/shared/client/api';
import { describeService } from '../../nodes/shared/definition/describe';
import { textField } from '../../nodes/shared/definition/fields';
import type { Service } from '../../nodes/shared/definition/operation';
import { executeOperation } from '../../nodes/shared/execution/executeOperation';
import { isJsonObject, parseJson, tryParseJson } from '../../nodes/shared/json';
import { runNode } from '../support/n8n';
import { SampleApi } from '../support/sampleService';

const api: Api = {
	name: 'Bench',
	credentialType: 'sampleApi',
	hosts: ({ url }) => ({ api: String(url) }),
	encoding: 'json',
	maxConcurrency: 50,
	readRateLimit: (headers) =>
		headers['x-ratelimit-remaining'] === undefined
			? undefined
			: {
					remaining: Number(headers['x-ratelimit-remaining']),
					resetAt: Number(headers['x-ratelimit-reset']) * 1000,
				},
	parseResponse: ({ status, text }) =>
		status === 200 ? { data: tryParseJson(text) } : { error: { message: `Status ${status}` } },
};

const limited = [
	textField('run', 'Run', 'Name of the run'),
	textField('kind', 'Kind', 'Kind of rate limit'),
	textField('item', 'Item', 'Number of the item'),
];

const service: Service = {
	api,
	preferredResource: 'Book',
	paging: {},
	resources: [
		{
			name: 'Book',
			preferred: 'Read',
			operations: [
				{
					name: 'Read',
					action: 'Read a book',
					description: 'One read',
					endpoint: 'GET 0/read',
				},
				{
					name: 'Limited Read',
					action: 'Read a book within a rate limit',
					description: 'One read',
					endpoint: 'GET limit/:run/:kind/:item',
					fields: limited,
				},
				{
					name: 'Limited Write',
					action: 'Write a book within a rate limit',
					description: 'One write',
					endpoint: 'POST limit/:run/:kind/:item',
					fields: limited,
				},
			],
		},
	],
};

/** A node of the engine for the measurement server. */
export class BenchNode implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Bench',
		name: 'bench',
		group: ['transform'],
		version: 1,
		description: 'Bench',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sampleApi', required: true }],
		properties: describeService(service),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation.call(this, service);
	}
}

/**
 * The minimum for the same result: requests one after the other, with the same helper and parser.
 */
export class PlainLoop implements INodeType {
	description: INodeType['description'] = {
		...new BenchNode().description,
		displayName: 'Plain',
		name: 'plain',
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		const { url } = await this.getCredentials<{ url: string }>('sampleApi');
		for (let index = 0; index < this.getInputData().length; index += 1) {
			const response: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'sampleApi',
				{
					url: `${url}/0/read`,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				},
			);
			const body =
				typeof response === 'object' && response !== null && 'body' in response
					? response.body
					: '';
			const json = parseJson(String(body));
			if (isJsonObject(json)) output.push({ json, pairedItem: { item: index } });
		}
		return [output];
	}
}

/**
 * Runs a node with a number of items inside n8n's execution engine.
 *
 * @returns the time in milliseconds
 * @throws when the node fails or an item is missing
 */
export async function run({
	node,
	parameters,
	count,
	url,
}: {
	node: INodeType;
	parameters: INodeParameters;
	count: number;
	url: string;
}): Promise<number> {
	const start = performance.now();
	const { items: output, error } = await runNode({
		node,
		parameters,
		items: Array.from({ length: count }, (_, n) => ({ json: { n } })),
		credentials: { sampleApi: { url, secretKey: 'key-0123456789abcdef' } },
		credentialTypes: { sampleApi: new SampleApi() },
	});
	if (error !== undefined || output.length !== count)
		throw new Error(`${node.description.name}: ${error?.message ?? `${output.length} items`}`);
	return performance.now() - start;
}
