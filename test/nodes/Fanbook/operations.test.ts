import { loadContract } from '../../../sandbox/core/contract';
import type { Sample } from './samples';
import { samples, stock } from './samples';
import { demo, FanbookHarness } from '../../support/fanbookHarness';

jest.setTimeout(120_000);

/** A JSON number that a double cannot hold, or an ID that is not text. */
const ROUNDED = /"(?:id|[a-z_]*_ids?)":\d|:\d{16,}[,}\]]/;

test('every call runs in n8n, matches the contract, and returns linked items with IDs as text', async () => {
	const harness = await FanbookHarness.start();
	try {
		const prepared = samples(await stock(harness));
		const described = loadContract('fanbook').endpoints.map(({ id }) => id);
		expect(prepared.map(({ endpoint }) => endpoint).sort()).toEqual([...described].sort());
		const wrong: Record<string, unknown> = {};
		for (const sample of prepared) {
			const problem = await check(harness, sample);
			if (problem !== undefined) wrong[sample.endpoint] = problem;
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
	{ endpoint, resource, operation, parameters }: Sample,
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
