import type { Api } from '../../nodes/shared/client/api';
import '../support/environment';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describeService } from '../../nodes/shared/definition/describe';
import { textField } from '../../nodes/shared/definition/fields';
import { isJsonObject, parseJson, tryParseJson } from '../../nodes/shared/json';
import type { Service } from '../../nodes/shared/definition/operation';
import { executeOperation } from '../../nodes/shared/execution/executeOperation';
import { runNode } from '../support/n8n';
import { SampleApi } from '../support/sampleService';
import type { Row } from './report';
import { median, seconds } from './report';

const ITEMS = 1000;
const CONCURRENCY = 10;
const ROUNDS = 5;

/** Rate limit of the measurement server: requests at once, and per minute. */
const BUCKET = 200;

const LATENCIES = [
	{ latency: 20, least: 0.6 },
	{ latency: 200, least: 0.9 },
];

const items = Array.from({ length: ITEMS }, (_, n) => ({ json: { n } }));

const api: Api = {
	name: 'Bench',
	credentialType: 'sampleApi',
	hosts: ({ url }) => ({ api: String(url) }),
	encoding: 'json',
	readRateLimit: (headers) =>
		headers['x-ratelimit-remaining'] === undefined
			? undefined
			: {
					remaining: Number(headers['x-ratelimit-remaining']),
					resetAt: Number(headers['x-ratelimit-reset']) * 1000,
				},
	parseResponse: (answer) =>
		answer.status === 200
			? { data: tryParseJson(answer.text) }
			: { error: { message: `Status ${answer.status}` } },
};

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
					endpoint: 'GET :latency/read',
					fields: [textField('latency', 'Latency', 'Milliseconds')],
				},
				{ name: 'Write', action: 'Write a book', description: 'One write', endpoint: 'POST write' },
			],
		},
	],
};

class BenchNode implements INodeType {
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
class PlainLoop implements INodeType {
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

async function startServer(): Promise<{ url: string; stop: () => void }> {
	const child = fork(join(__dirname, 'server.mjs'), { execArgv: [] });
	const port = await new Promise<unknown>((resolve) => child.once('message', resolve));
	return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.disconnect() };
}

/** Time in which a node processes all items, in milliseconds. */
async function timed(node: INodeType, parameters: INodeParameters, url: string): Promise<number> {
	const start = performance.now();
	const { items: output, error } = await runNode({
		node,
		parameters,
		items,
		credentials: { sampleApi: { url, secretKey: 'k' } },
		credentialTypes: { sampleApi: new SampleApi() },
	});
	if (error !== undefined || output.length !== ITEMS) {
		throw new Error(`${node.description.name}: ${error?.message ?? `${output.length} items`}`);
	}
	return performance.now() - start;
}

const read = (latency: number, concurrency: number): INodeParameters => ({
	resource: 'book',
	operation: 'read',
	latency: String(latency),
	options: { concurrency },
});

/** The engine in n8n's execution engine in this process, where reading a credential costs nothing. */
export async function* engineRows(): AsyncGenerator<Row> {
	const server = await startServer();
	try {
		// A first run loads and compiles everything and is not counted.
		await timed(new BenchNode(), read(0, CONCURRENCY), server.url);
		for (const { latency, least } of LATENCIES) {
			const limit = (ITEMS / CONCURRENCY) * latency;
			const times: number[] = [];
			for (let round = 0; round < 3; round += 1)
				times.push(await timed(new BenchNode(), read(latency, CONCURRENCY), server.url));
			yield {
				name: `${ITEMS} reads at ${latency} ms with ${CONCURRENCY} at a time, compared with the limit`,
				ratio: limit / median(times),
				least,
				detail: `${seconds(median(times))}, limit ${seconds(limit)}`,
			};
		}
		yield await besidePlainLoop(server.url);
	} finally {
		server.stop();
	}
}

async function besidePlainLoop(url: string): Promise<Row> {
	const pairs: Array<{ ours: number; plain: number }> = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const plain = await timed(new PlainLoop(), {}, url);
		pairs.push({ plain, ours: await timed(new BenchNode(), read(0, 1), url) });
	}
	const ours = seconds(median(pairs.map((pair) => pair.ours)));
	const plain = seconds(median(pairs.map((pair) => pair.plain)));
	return {
		name: `${ITEMS} reads one at a time, compared with a plain loop over the same n8n helper`,
		ratio: median(pairs.map((pair) => pair.ours / pair.plain)),
		most: 1.1,
		detail: `ours ${ours}, plain ${plain}, median of ${ROUNDS} pairs`,
	};
}

/** Writes to a service with a rate limit; takes more than four minutes. */
export async function writesRow(): Promise<Row> {
	const server = await startServer();
	try {
		const time = await timed(new BenchNode(), { resource: 'book', operation: 'write' }, server.url);
		// A bucket of 200 that refills by 200 a minute allows 1,000 calls in this time at best.
		const best = ((ITEMS - BUCKET) / BUCKET) * 60_000;
		const count = parseJson(await (await fetch(`${server.url}/count`)).text());
		const rejected = isJsonObject(count) ? Number(count.rejected) : NaN;
		return {
			name: `${ITEMS} writes under a bucket of ${BUCKET} a minute with headers, compared with the allowed rate`,
			ratio: best / time,
			least: 0.95,
			detail: `${seconds(time)}, at best ${seconds(best)}; none failed, ${rejected} were rejected and sent again`,
		};
	} finally {
		server.stop();
	}
}
