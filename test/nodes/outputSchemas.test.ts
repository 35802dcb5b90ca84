/*
 * Compares `__schema__` beside the nodes, which n8n's editor shows before the first run, with what
 * the nodes return for the example responses of the contract, and the examples in the docs with the
 * same requests and results. `npm run schemas` writes the files.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { camelCase, optionValue } from '../../nodes/shared/definition/naming';
import type { Operation, Service } from '../../nodes/shared/definition/operation';
import { startSandbox, type Sandbox } from '../support/sandbox';
import { loadContract } from '../../sandbox/core/contract';
import { FanvueHarness } from '../support/fanvueHarness';
import { inferSchema } from '../support/inferSchema';
import { recordExample, type RecordedExample } from '../support/recordExample';
import { binaryFile, type RunResult } from '../support/n8n';
import { FanbookHarness } from '../support/fanbookHarness';
import { fanbookSamples, stock } from '../samples/fanbook';
import { fanfouSamples, latestOf, photoItem } from '../samples/fanfou';
import { FanfouHarness } from '../support/fanfouHarness';
import { fanvueSamples, prepareFanvueSample } from '../samples/fanvue';
import { nodeParameters } from '../samples/values';
import { FanvueClient } from '../sandbox/fanvue/client';

jest.setTimeout(300_000);

const NODES = join(__dirname, '..', '..', 'nodes');
const EXAMPLES = join(__dirname, '..', '..', 'docs', 'text', 'recorded');
const isUpdate = process.env['UPDATE_SCHEMAS'] === '1';

/** An operation of a node that can run against example responses. */
interface Call {
	resource: string;
	operation: string;
	run: () => Promise<RunResult>;
}

const locator = (value: unknown): INodeParameters => ({
	__rl: true,
	mode: 'id',
	value: String(value),
});

function operationsOf(service: Service): Map<string, Operation> {
	return new Map(
		service.resources.flatMap((resource) =>
			resource.operations.map((operation) => [
				`${optionValue(resource)}/${optionValue(operation)}`,
				operation,
			]),
		),
	);
}

/** Returns the operations whose results do not depend on the endpoint that the user enters. */
function fixedOperationsOf(service: Service): Array<[key: string, operation: Operation]> {
	return [...operationsOf(service)].filter(([, { anyEndpoint }]) => anyEndpoint !== true);
}

/** Parameters of operations with several requests; these run against the sandbox's state. */
function fanvueJobs(harness: FanvueHarness): Record<string, INodeParameters> {
	const samples = fanvueSamples(harness.sandbox);
	const { uuid } = samples.getUserMediaByUuid ?? {};
	const { userUuid, messageUuid, mediaUuids } = samples.getMessageMediaByUuids ?? {};
	const mediaUuid = Array.isArray(mediaUuids) ? String(mediaUuids[0]) : '';
	const felix = harness.uuid('felix');
	return {
		'automationContext/get': {},
		'media/upload': {},
		'media/download': { uuid: locator(uuid) },
		'message/sendToSeveral': { userUuids: felix, text: 'Hello' },
		'message/downloadMedia': {
			userUuid: locator(userUuid),
			messageUuid: String(messageUuid),
			mediaUuid,
		},
	};
}

function fanvueCalls(harness: FanvueHarness): Call[] {
	const { sandbox } = harness;
	const { examples } = sandbox;
	const jobs = fanvueJobs(harness);
	const byName = new Map(
		loadContract('fanvue').endpoints.map((endpoint) => [
			`${camelCase(endpoint.resource)}/${optionValue({ name: endpoint.operation })}`,
			endpoint,
		]),
	);
	return fixedOperationsOf(fanvue).map(([key, operation]) => {
		const [resource = '', value = ''] = key.split('/');
		const base = { resource, operation: value };
		// A file from a URL becomes the same media as a file of the item.
		const job = jobs[key === 'media/uploadFromUrl' ? 'media/upload' : key];
		if (job) {
			const name = key === 'media/uploadFromUrl' ? 'upload' : value;
			const binary = { data: binaryFile(Buffer.from('waves'), 'waves.mp4', 'video/mp4') };
			const run = async (): Promise<RunResult> => {
				examples.enabled = false;
				const items = name === 'upload' ? { items: [{ json: {}, binary }] } : {};
				return await harness.run(resource, name, job, items);
			};
			return { ...base, run };
		}
		const endpoint = byName.get(key);
		const isAgency = /^\/(agencies|creators)/.test(endpoint?.path ?? '');
		const account = isAgency ? 'agency' : 'mira';
		const run = async (): Promise<RunResult> => {
			examples.enabled = false;
			const client = new FanvueClient(sandbox, account);
			const values = await prepareFanvueSample(sandbox, endpoint?.id ?? '', client);
			examples.enabled = true;
			sandbox.requestLog.clear();
			const parameters = { ...nodeParameters(operation, values, { isFull: false }), limit: 1 };
			return await harness.run(resource, value, parameters, {
				credentials: harness.credential(account),
			});
		};
		return { ...base, run };
	});
}

function fanfouCalls(sandbox: Sandbox): Call[] {
	const harness = new FanfouHarness(() => sandbox);
	const byName = new Map(
		loadContract('fanfou').endpoints.map((endpoint) => [
			`${camelCase(endpoint.resource)}/${optionValue({ name: endpoint.operation })}`,
			endpoint,
		]),
	);
	const id = latestOf(sandbox, 'demo');
	const composed: Record<string, INodeParameters> = {
		'status/reply': { inReplyToStatusId: id, status: '好' },
		'status/repost': { repostStatusId: id, comment: '看' },
	};
	return fixedOperationsOf(fanfou).map(([key, operation]) => {
		const [resource = '', value = ''] = key.split('/');
		const endpoint = byName.get(key);
		const hasFile = endpoint?.parameters.some(({ type }) => type === 'file') ?? false;
		return {
			resource,
			operation: value,
			run: async () => {
				const values = fanfouSamples[endpoint?.id ?? '']?.values?.(sandbox) ?? {};
				const parameters = composed[key] ?? { limit: 3, ...nodeParameters(operation, values) };
				return await harness.run(
					resource,
					value,
					parameters,
					hasFile ? { items: [photoItem()] } : {},
				);
			},
		};
	});
}

async function fanbookCalls(harness: FanbookHarness): Promise<Call[]> {
	const samples = fanbookSamples(await stock(harness.sandbox));
	const { endpoints } = loadContract('fanbook');
	return fanbook.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => {
			const described = endpoints.find(
				(item) => item.resource === resource.name && item.operation === operation.name,
			);
			const sample = samples[described?.id ?? ''];
			if (sample === undefined) return [];
			const base = { resource: optionValue(resource), operation: optionValue(operation) };
			const parameters = {
				...nodeParameters(operation, sample.values),
				...(operation.paging === undefined ? {} : { returnAll: true }),
				...sample.node,
			};
			const run = async () => await harness.run(base.resource, base.operation, parameters);
			return [{ ...base, run }];
		}),
	);
}

/** Names of members that hold a time. */
const TIME_NAME = /(?:^|_)(?:time|date|timestamp|at)$|[a-z](?:Time|Date|Timestamp|At)$/;

/** Returns the paths of times that are numbers of seconds or milliseconds and not ISO 8601. */
function epochTimes(value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null) {
		const name = path.slice(path.lastIndexOf('.') + 1);
		return TIME_NAME.test(name) && /^\d{9,}$/.test(String(value)) ? [path] : [];
	}
	return Object.entries(value).flatMap(([name, member]) =>
		epochTimes(member, Array.isArray(value) ? path : `${path}.${name}`),
	);
}

/** Operations whose result depends on a person's response, or on the endpoint that is called. */
const WITHOUT_SCHEMA: Record<string, string[]> = {
	Fanbook: ['apiRequest/send', 'message/sendAndWait'],
	Fanfou: ['apiRequest/send'],
	Fanvue: ['apiRequest/send'],
};

interface Node {
	service: Service;
	sandbox: Sandbox;
	calls: Call[];
	close: () => Promise<void>;
}

const OPEN: Record<string, () => Promise<Node>> = {
	Fanvue: async () => {
		const harness = await FanvueHarness.start();
		const calls = fanvueCalls(harness);
		return { service: fanvue, sandbox: harness.sandbox, calls, close: () => harness.close() };
	},
	Fanfou: async () => {
		const sandbox = await startSandbox({ port: 0 });
		const calls = fanfouCalls(sandbox);
		return { service: fanfou, sandbox, calls, close: () => sandbox.close() };
	},
	Fanbook: async () => {
		const harness = await FanbookHarness.start();
		const calls = await fanbookCalls(harness);
		return { service: fanbook, sandbox: harness.sandbox, calls, close: () => harness.close() };
	},
};

async function filesBelow(directory: string): Promise<string[]> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
		() => [],
	);
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}

test.each(Object.keys(OPEN))(
	'%s has an output schema for every operation that matches its results',
	async (name) => {
		const directory = join(NODES, name, '__schema__', 'v1.0.0');
		const node = await OPEN[name]?.();
		if (node === undefined) throw new Error(name);
		const expected = new Map<string, string>();
		const failed: Record<string, string> = {};
		const recorded: Record<string, RecordedExample> = {};
		const epochs = new Set<string>();
		const operations = operationsOf(node.service);
		try {
			for (const { resource, operation, run } of node.calls) {
				node.sandbox.examples.enabled = true;
				node.sandbox.requestLog.clear();
				const key = `${resource}/${operation}`;
				const { items, error } = await run().catch((thrown: unknown) => {
					throw new Error(`${key} cannot be run`, { cause: thrown });
				});
				if (error !== undefined) failed[key] = `${error.message} ${error.description ?? ''}`;
				else if (items.length === 0) failed[key] = 'no items';
				if (operations.get(key)?.simplify !== undefined) {
					for (const { json } of items) for (const path of epochTimes(json, key)) epochs.add(path);
				}
				const schema = inferSchema(items.map(({ json }) => json));
				expected.set(`${key}.json`, `${JSON.stringify(schema, null, '\t')}\n`);
				recorded[key] = recordExample(node.sandbox, items);
			}
		} finally {
			await node.close();
		}
		expect(failed).toEqual({});
		const examplesFile = join(EXAMPLES, `${name.toLowerCase()}.json`);
		const examplesText = `${JSON.stringify(recorded, null, '\t')}\n`;
		// A simplified output has its times in ISO 8601.
		expect([...epochs]).toEqual([]);
		if (isUpdate) {
			await mkdir(EXAMPLES, { recursive: true });
			await writeFile(examplesFile, examplesText);
			await rm(directory, { recursive: true, force: true });
			for (const [file, text] of expected) {
				await mkdir(dirname(join(directory, file)), { recursive: true });
				await writeFile(join(directory, file), text);
			}
		}
		const uncovered = [...operationsOf(node.service).keys()].filter(
			(key) => !expected.has(`${key}.json`),
		);
		expect(uncovered).toEqual(WITHOUT_SCHEMA[name] ?? []);
		expect((await filesBelow(directory)).sort()).toEqual([...expected.keys()].sort());
		const stale: string[] = [];
		for (const [file, text] of expected) {
			if ((await readFile(join(directory, file), 'utf8')) !== text) stale.push(file);
		}
		// Run "npm run schemas" if these fail.
		expect(stale).toEqual([]);
		expect(await readFile(examplesFile, 'utf8')).toBe(examplesText);
	},
);
