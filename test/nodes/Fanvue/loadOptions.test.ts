import { fanvue } from '../../../nodes/Fanvue/service';
import { loadOptions } from '../../../nodes/Fanvue/loadOptions';
import { optionalFields } from '../../../nodes/shared/definition/naming';
import { FanvueHarness } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

test('every list of IDs is filled by a method that exists', () => {
	const used = fanvue.resources.flatMap(({ operations }) =>
		operations.flatMap((operation) =>
			[...(operation.fields ?? []), ...optionalFields(operation).fields].flatMap(({ input }) =>
				input.type === 'loadedMultiOptions' ? [input.source.method] : [],
			),
		),
	);
	// Custom lists are inside of the lists of a mass message.
	expect([...new Set([...used, 'getCustomLists'])].sort()).toEqual(Object.keys(loadOptions).sort());
	expect(used.length).toBeGreaterThan(15);
});

test('text with commas and an array from an expression mean the same fans', async () => {
	const [one, two] = [harness.uuid('felix'), harness.uuid('nolan')];
	for (const userUuids of [`${one}, ${two}`, `={{ ["${one}", "${two}"] }}`, [one, two]]) {
		const { error, items } = await harness.run('chat', 'getOnlineStatuses', { userUuids });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.userUuid)).toEqual([one, two]);
	}
});
