import { FanvueHarness, byId } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.open()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const ONE = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

describe('an update without a field', () => {
	test.each([
		['chat', { userUuid: byId(ONE) }],
		['massMessage', { messageUuid: byId(ONE) }],
		['post', { uuid: byId(ONE) }],
	])('%s: update is refused before any request', async (resource, parameters) => {
		const { error } = await harness.run(resource, 'update', { ...parameters, updateFields: {} });
		expect(error?.message).toBe(
			'Nothing to update: fill in at least one field under Update Fields',
		);
		expect(harness.calls()).toEqual([]);
	});

	test('post: update with Publish Now off only is refused as well', async () => {
		const { error } = await harness.run('post', 'update', {
			uuid: byId(ONE),
			updateFields: { publishNow: false },
		});
		expect(error?.message).toContain('Nothing to update');
		expect(harness.calls()).toEqual([]);
	});
});
