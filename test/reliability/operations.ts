import type { INodeParameters } from 'n8n-workflow';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { optionValue } from '../../nodes/shared/definition/naming';
import type { Operation, Service } from '../../nodes/shared/definition/operation';
import { DEMO } from '../../sandbox/demo';
import { loadContract, type Endpoint, type ServiceName } from '../../sandbox/core/contract';
import { takeSnapshot } from '../../sandbox/core/snapshot';
import { startSandbox, type Sandbox } from '../../sandbox/index';
import { fanbookSamples, stock, type FanbookSample } from '../samples/fanbook';
import { fanfouSamples, photoItem } from '../samples/fanfou';
import { prepareFanvueSample } from '../samples/fanvue';
import { nodeParameters } from '../samples/values';
import { FanvueClient } from '../sandbox/fanvue/client';
import { FanbookHarness } from '../support/fanbookHarness';
import { FanfouHarness, SECRETS, TOKENS } from '../support/fanfouHarness';
import { FanvueHarness } from '../support/fanvueHarness';
import { describeResponse } from '../support/responseKinds';
import type { OperationCase } from './judge';

/** A service with all operations that its node offers, reached at an address that the caller gives. */
export interface ServiceUnderTest {
	sandbox: Sandbox;
	/** Texts that no execution may show. */
	secrets: readonly string[];
	/** Lists the operations; `route` returns the address to use instead of one of the service. */
	operations: (route: (address: string) => string) => OperationCase[];
	/**
	 * Restores the sample data of this service, in a fraction of the time that a reset of the sandbox takes.
	 * It also restores what the sandbox's own snapshots keep, such as webhooks and used rate limits.
	 */
	reset: () => void;
	close: () => Promise<void>;
}

/** Names of operations that change nothing; decided by what they are called, not by the tables. */
const READS = /^(?:Get|List|Search|Filter|Check|Find|Verify|Count|Download|Show)\b/;
/** Operations that change something although their names do not say so. */
const WRITES_BY_ID = new Set(['update.getMany', 'update.longPoll', 'oauth.access_token']);

interface Entry {
	endpoint: Endpoint;
	resource: string;
	operation: Operation;
}

/** Returns the entry of the tables for each operation of the contract that the node offers. */
function entries(service: ServiceName, { resources }: Service): Entry[] {
	const known = new Map(
		resources.flatMap((resource) =>
			resource.operations.map((operation) => [
				`${resource.name}: ${operation.name}`,
				{ resource: optionValue(resource), operation },
			]),
		),
	);
	return loadContract(service)
		.endpoints.filter(({ mirrors }) => mirrors === undefined)
		.flatMap((endpoint) => {
			const found = known.get(`${endpoint.resource}: ${endpoint.operation}`);
			return found === undefined ? [] : [{ ...found, endpoint }];
		});
}

const writes = ({ id, operation }: Endpoint): boolean =>
	WRITES_BY_ID.has(id) || !READS.test(operation);

const title = (service: string, endpoint: Endpoint): string =>
	`${service} ${endpoint.resource}: ${endpoint.operation}`;

/** The longest wait of a long poll in the sandbox, whose clock skips it. */
const MAX_WAIT_MS = 120_000;
const CHECK_INTERVAL_MS = 10;

/** Parameters that every operation gets: few rows, and no question before a write. */
const COMMON = { limit: 3, simplify: false, confirm: true };

async function openFanvue(): Promise<ServiceUnderTest> {
	const harness = await FanvueHarness.start();
	const { sandbox } = harness;
	sandbox.fanvue.settings.rateLimit.size = 1_000_000;
	return {
		sandbox,
		reset: takeSnapshot(sandbox.fanvue.sandboxState, {
			except: ['context', 'partFiles', 'abortController'],
		}),
		secrets: [DEMO.fanvue.clientSecret],
		operations: (route) =>
			entries('fanvue', fanvue).map(({ endpoint, operation, resource }) => ({
				name: title('Fanvue', endpoint),
				response: describeResponse('fanvue', endpoint),
				writes: writes(endpoint),
				prepare: async () => {
					const account = /^\/(agencies|creators)/.test(endpoint.path) ? 'agency' : 'mira';
					const client = new FanvueClient(sandbox, account);
					const sample = await prepareFanvueSample(sandbox, endpoint.id, client);
					const baseUrl = route(sandbox.urls.fanvueApi);
					return {
						parameters: { ...COMMON, ...nodeParameters(operation, sample) },
						run: async (parameters, json = {}) =>
							await harness.run(resource, optionValue(operation), parameters, {
								credentials: harness.credential(account, { baseUrl }),
								items: [{ json }],
							}),
					};
				},
			})),
		close: async () => await harness.close(),
	};
}

async function openFanfou(): Promise<ServiceUnderTest> {
	const sandbox = await startSandbox({ port: 0, savesSampleData: false });
	const harness = new FanfouHarness(() => sandbox);
	return {
		sandbox,
		reset: takeSnapshot(sandbox.fanfou.sandboxState, { except: ['clock', 'streams'] }),
		secrets: SECRETS,
		operations: (route) =>
			entries('fanfou', fanfou).map(({ endpoint, operation, resource }) => ({
				name: title('Fanfou', endpoint),
				response: describeResponse('fanfou', endpoint),
				writes: writes(endpoint),
				prepare: async () => {
					const sample = fanfouSamples[endpoint.id]?.values?.(sandbox) ?? {};
					const hasFile = endpoint.parameters.some(({ type }) => type === 'file');
					const credential = {
						...TOKENS,
						baseUrl: route(sandbox.urls.fanfouApi),
						loginUrl: route(sandbox.urls.fanfouLogin),
					};
					const file = hasFile ? photoItem() : {};
					return {
						parameters: { ...COMMON, ...nodeParameters(operation, sample) },
						run: async (parameters, json = {}) =>
							await harness.run(resource, optionValue(operation), parameters, {
								credential,
								items: [{ ...file, json }],
							}),
					};
				},
			})),
		close: async () => await sandbox.close(),
	};
}

async function openFanbook(): Promise<ServiceUnderTest> {
	const harness = await FanbookHarness.start();
	const { sandbox } = harness;
	// A hostile value can be the time of a long poll, up to two minutes.
	const longPolls = setInterval(() => {
		if (sandbox.fanbook.updates.waitingCount > 0) sandbox.clock.advance(MAX_WAIT_MS);
	}, CHECK_INTERVAL_MS);
	return {
		sandbox,
		reset: sandbox.fanbook.takeSnapshot(),
		secrets: [DEMO.fanbook.botToken],
		operations: (route) =>
			entries('fanbook', fanbook).map(({ endpoint, operation, resource }) => ({
				name: title('Fanbook', endpoint),
				response: describeResponse('fanbook', endpoint),
				writes: writes(endpoint),
				prepare: async () => {
					const samples = fanbookSamples(await stock(sandbox));
					const { values = {}, node = {} } = samples[endpoint.id] ?? {};
					const host = route(sandbox.urls.fanbook);
					if (endpoint.id === 'badge.delete')
						await harness.run('badge', 'set', badgeToDelete(samples));
					return {
						parameters: { ...COMMON, ...nodeParameters(operation, values), ...node },
						run: async (parameters, json = {}) =>
							await harness.run(resource, optionValue(operation), parameters, {
								credentials: harness.credential({ host }),
								items: [{ json }],
							}),
					};
				},
			})),
		close: async () => {
			clearInterval(longPolls);
			await harness.close();
		},
	};
}

/** The badge that the sample of Badge: Delete deletes. */
function badgeToDelete(samples: Record<string, FanbookSample>): INodeParameters {
	const found = entries('fanbook', fanbook).find(({ endpoint }) => endpoint.id === 'badge.set');
	return found === undefined
		? {}
		: nodeParameters(found.operation, samples['badge.set']?.values ?? {});
}

/** Opens each service with a sandbox of its own. */
export const SERVICES = { Fanvue: openFanvue, Fanfou: openFanfou, Fanbook: openFanbook };
