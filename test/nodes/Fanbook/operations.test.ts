import type { INodeParameters } from 'n8n-workflow';
import { fanbook } from '../../../nodes/Fanbook/service';
import { optionValue } from '../../../nodes/shared/definition/naming';
import { loadContract } from '../../../sandbox/core/contract';
import { fanbookSamples, stock } from '../../samples/fanbook';
import { findSampleProblems, nodeParameters } from '../../samples/values';
import { demo, FanbookHarness } from '../../support/fanbookHarness';

jest.setTimeout(120_000);

const { endpoints } = loadContract('fanbook');
/** The operations of the tables with their resource, by the id of the contract. */
const operations = new Map(
	fanbook.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => {
			const described = endpoints.find(
				(item) => item.resource === resource.name && item.operation === operation.name,
			);
			return described
				? [[described.id, { resource: optionValue(resource), operation }] as const]
				: [];
		}),
	),
);

/** A JSON number that a double cannot hold, or an ID that is not text. */
const ROUNDED = /"(?:id|[a-z_]*_ids?)":\d|:\d{16,}[,}\]]/;

test('every call runs in n8n, matches the contract, and returns linked items with IDs as text', async () => {
	const harness = await FanbookHarness.start();
	try {
		const samples = fanbookSamples(await stock(harness.sandbox));
		const problems = findSampleProblems(endpoints, samples, 'test/samples/fanbook.ts');
		expect(problems).toEqual([]);
		harness.sandbox.requestLog.clear();
		const wrong: Record<string, unknown> = {};
		for (const [id, { values, node = {} }] of Object.entries(samples)) {
			const called = operations.get(id);
			if (called === undefined) continue;
			const { resource, operation } = called;
			const parameters = {
				...nodeParameters(operation, values),
				...(operation.paging === undefined ? {} : { returnAll: true }),
				...(operation.simplify === undefined ? {} : { simplify: false }),
				...node,
			};
			const problem = await check(harness, id, resource, optionValue(operation), parameters);
			if (problem !== undefined) wrong[id] = problem;
		}
		expect(wrong).toEqual({});
		expect(harness.sandbox.requestLog.coverage('fanbook').missing).toEqual([]);
		expect(harness.calls().filter(({ violations }) => violations.length > 0)).toEqual([]);
	} finally {
		await harness.close();
	}
});

async function check(
	harness: FanbookHarness,
	endpoint: string,
	resource: string,
	operation: string,
	parameters: INodeParameters,
) {
	const before = harness.calls().length;
	const { error, items, saved } = await harness.run(resource, operation, parameters);
	if (error !== undefined) return { error: error.message, description: error.description };
	const reached = harness.calls().slice(before);
	const last = reached.at(-1);
	if (last?.endpoint !== endpoint) return { reached: last?.endpoint };
	if (items.length === 0 && !endpoint.startsWith('update.')) return 'no items';
	if (items.some(({ pairedItem }) => JSON.stringify(pairedItem) !== '{"item":0}')) return 'links';
	const rounded = ROUNDED.exec(JSON.stringify(items));
	if (rounded !== null) return { rounded: rounded[0] };
	if (saved.includes(demo.botToken)) return 'the token is in the saved execution';
	return undefined;
}
