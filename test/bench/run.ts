import '../support/environment';
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { text } from '../../nodes/shared/fields';
import { isJsonObject, readJson, tryReadJson } from '../../nodes/shared/json';
import type { Service } from '../../nodes/shared/operation';
import { describeService } from '../../nodes/shared/describe';
import { perform } from '../../nodes/shared/perform';
import { runNode } from '../support/n8n';
import { ToyApi } from '../support/toy';

/**
 * Measures the engine inside n8n's execution engine, over real HTTP to a server in another process.
 * Each row is a ratio taken in one run, so that the machine's speed cancels out.
 */
const ITEMS = 1000;
const LANES = 10;
const items = Array.from({ length: ITEMS }, (_, n) => ({ json: { n } }));

const service: Service = {
	name: 'Bench',
	credentialType: 'toyApi',
	hosts: ({ url }) => ({ api: String(url) }),
	encoding: 'json',
	paging: {},
	limits: (headers) =>
		headers['x-ratelimit-remaining'] === undefined
			? undefined
			: {
					remaining: Number(headers['x-ratelimit-remaining']),
					resetAt: Number(headers['x-ratelimit-reset']) * 1000,
				},
	read: (answer) =>
		answer.status === 200
			? { data: tryReadJson(answer.text) }
			: { refusal: { message: `Status ${answer.status}` } },
	resources: [
		{
			name: 'Toy',
			operations: [
				{
					name: 'Read',
					action: 'Read a toy',
					description: 'One read',
					endpoint: 'GET read',
					fields: [text('latency', 'Latency', 'Milliseconds')],
				},
				{ name: 'Write', action: 'Write a toy', description: 'One write', endpoint: 'POST write' },
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
		credentials: [{ name: 'toyApi', required: true }],
		properties: describeService(service),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await perform.call(this, service);
	}
}

/** The least a node can do for the same result: one after the other, the same helper and parser. */
class PlainLoop implements INodeType {
	description: INodeType['description'] = {
		...new BenchNode().description,
		displayName: 'Plain',
		name: 'plain',
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		const { url } = await this.getCredentials<{ url: string }>('toyApi');
		for (let index = 0; index < this.getInputData().length; index += 1) {
			const response: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'toyApi',
				{
					url: `${url}/read?latency=0`,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				},
			);
			const body =
				typeof response === 'object' && response !== null && 'body' in response
					? response.body
					: '';
			const json = readJson(String(body));
			if (isJsonObject(json)) output.push({ json, pairedItem: { item: index } });
		}
		return [output];
	}
}

async function startServer(): Promise<{ url: string; stop: () => void }> {
	const child = fork(join(__dirname, 'server.mjs'));
	const port = await new Promise<unknown>((resolve) => child.once('message', resolve));
	return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.disconnect() };
}

async function timed(
	node: INodeType,
	parameters: Record<string, string | number | boolean | object>,
	url: string,
) {
	const start = performance.now();
	const { items: output, error } = await runNode({
		node,
		// n8n lets its own HTTP Request node, known by this name, use any credential.
		typeName: `n8n-nodes-base.${node.description.name}`,
		parameters: JSON.parse(JSON.stringify(parameters)),
		items,
		credentials: { toyApi: { url, secretKey: 'k' } },
		credentialTypes: { toyApi: new ToyApi() },
	});
	if (error !== undefined || output.length !== ITEMS) {
		throw new Error(`${node.description.name}: ${error?.message ?? `${output.length} items`}`);
	}
	return performance.now() - start;
}

/** n8n's own HTTP Request node, from the host's n8n. */
function httpRequestNode(): INodeType | undefined {
	const folder = join(__dirname, '../../host/node_modules/n8n-nodes-base');
	if (!existsSync(folder)) return undefined;
	const loaded: unknown = createRequire(__filename)(
		join(folder, 'dist/nodes/HttpRequest/V3/HttpRequestV3.node.js'),
	);
	const base = {
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		description: 'HTTP',
	};
	if (typeof loaded !== 'object' || loaded === null || !('HttpRequestV3' in loaded))
		return undefined;
	const found: unknown = loaded.HttpRequestV3;
	if (typeof found !== 'function') return undefined;
	const node: unknown = Reflect.construct(found, [base]);
	return isNode(node) ? node : undefined;
}

function isNode(value: unknown): value is INodeType {
	return typeof value === 'object' && value !== null && 'description' in value;
}

const rows: string[] = [];
function row(name: string, ratio: number, aim: string, detail: string): void {
	rows.push(`| ${name} | ${ratio.toFixed(2)} | ${aim} | ${detail} |`);
	console.log(`${name}: ${ratio.toFixed(2)} (aim ${aim}; ${detail})`);
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
	const server = await startServer();
	const http = httpRequestNode();
	try {
		const read = (latency: number) => ({
			resource: 'toy',
			operation: 'read',
			latency: String(latency),
			options: { itemsInParallel: LANES },
		});
		await timed(new BenchNode(), read(0), server.url);
		for (const [latency, aim] of [
			[20, '≥ 0.60'],
			[200, '≥ 0.90'],
		] as const) {
			const limit = (ITEMS / LANES) * latency;
			const ours = median([
				await timed(new BenchNode(), read(latency), server.url),
				await timed(new BenchNode(), read(latency), server.url),
				await timed(new BenchNode(), read(latency), server.url),
			]);
			row(
				`${ITEMS} reads at ${latency} ms in ${LANES} lanes, beside the limit of the lanes`,
				limit / ours,
				aim,
				`${seconds(ours)}, limit ${seconds(limit)}`,
			);
			if (http === undefined) continue;
			const theirs = await timed(
				http,
				{
					method: 'GET',
					url: `${server.url}/read?latency=${latency}`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'toyApi',
					options: { batching: { batch: { batchSize: LANES, batchInterval: 0 } } },
				},
				server.url,
			);
			row(
				`… beside n8n's HTTP Request node with the same credential`,
				theirs / ours,
				latency === 20 ? '≥ 1.5' : 'none',
				`HTTP Request ${seconds(theirs)}`,
			);
		}

		const pairs: Array<{ ours: number; plain: number }> = [];
		for (let round = 0; round < 5; round += 1) {
			const plain = await timed(new PlainLoop(), {}, server.url);
			const ours = await timed(
				new BenchNode(),
				{ ...read(0), options: { itemsInParallel: 1 } },
				server.url,
			);
			pairs.push({ ours, plain });
		}
		row(
			`${ITEMS} reads one by one, beside a plain loop over the same n8n helper`,
			median(pairs.map(({ ours, plain }) => ours / plain)),
			'≤ 1.10',
			`ours ${seconds(median(pairs.map(({ ours }) => ours)))}, plain ${seconds(median(pairs.map(({ plain }) => plain)))}, median of ${pairs.length} pairs`,
		);

		if (!process.argv.includes('--quick')) {
			const fresh = await startServer();
			try {
				const time = await timed(
					new BenchNode(),
					{ resource: 'toy', operation: 'write' },
					fresh.url,
				);
				// A bucket of 200 that refills 200 a minute lets 1,000 calls through in this time at best.
				const allowed = ((ITEMS - 200) / 200) * 60_000;
				const count: unknown = await (await fetch(`${fresh.url}/count`)).json();
				row(
					`${ITEMS} writes under a token bucket of 200 a minute, beside the allowed rate`,
					allowed / time,
					'≥ 0.95',
					`${seconds(time)}, at best ${seconds(allowed)}, ${JSON.stringify(count)}`,
				);
			} finally {
				fresh.stop();
			}
		}
	} finally {
		server.stop();
	}
	const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
	writeFileSync(
		join(__dirname, '../../docs/benchmarks.md'),
		[
			'# Benchmarks',
			'',
			'Measured by `npm run bench`: real HTTP to a server in another process, inside n8n-core. Each number is a ratio taken in one run.',
			'',
			`Last run on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${processor}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}.`,
			'',
			'| what | ratio | aim | detail |',
			'| --- | --- | --- | --- |',
			...rows,
			'',
		].join('\n'),
	);
}

void main();
