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

test.each([
	[
		'getCustomLists',
		'mira',
		[
			['Nobody yet (0)', 'b85e0b1b-8090-48a9-9e11-048c44545006'],
			['Photographers (12)', '65c520f1-7efc-45d1-91d4-035b9aeadd67'],
			['Early supporters (64)', 'f0e0f63f-ff3f-40fb-bcd9-edcfb85c2454'],
		],
	],
	[
		'getCollections',
		'mira',
		[
			['Harbour', '9a7c4ae7-7f73-4f32-ad2d-43e8d04c5370'],
			['Black and white', 'fbb1d1a8-8bb3-4dde-8d25-d81b1d98e057'],
			['Behind the lens', '005c14bc-ad45-4a3c-996a-ca3faa9a7331'],
		],
	],
	[
		'getCreators',
		'agency',
		[
			['Mira Solano (@mira)', '4169e769-f64f-41ea-98e9-afe420027e72'],
			['Nolan Reyes (@nolan)', 'a1774d6c-d8fd-47e5-99fa-020a88cdd92a'],
			['Oriane Petit (@oriane)', 'd2a52bf7-eed2-4d5d-9afc-ef3986d971ac'],
		],
	],
	[
		'getTeamMembers',
		'agency',
		[
			['Northlight Agency', '81e6450d-0f58-4022-9c99-0a3b5fe41dd1'],
			['Night shift', 'c83be2c3-579d-468a-bcb9-4c4eee865230'],
		],
	],
])('%s loads names and IDs', async (method, account, expected) => {
	const options = await harness.load(method, { credentials: harness.credential(account) });
	expect(options).toEqual(expected.map(([name, value]) => ({ name, value })));
});

test('getFans loads the fans of chats and all pages of subscribers, each fan once', async () => {
	const options = await harness.load('getFans');
	expect(options).toHaveLength(121);
	expect(new Set(options.map(({ value }) => value)).size).toBe(121);
	expect(options).toContainEqual({ name: 'Felix Berg (@felix)', value: harness.uuid('felix') });
	expect(options).toContainEqual({
		name: 'The one from Lisbon (@fan004)',
		value: harness.uuid('fan004'),
	});
	expect(harness.lines()).toContain('GET /subscribers?page=3&size=50');
});

test('getChatMedia loads the media of the chosen chat', async () => {
	await expect(harness.load('getChatMedia')).rejects.toThrow('"Fan" is empty');
	await harness.load('getChatMedia', {
		parameters: { userUuid: { __rl: true, mode: 'list', value: harness.uuid('felix') } },
	});
	expect(harness.calls().at(-1)?.path).toBe(`/fanvue/chats/${harness.uuid('felix')}/media`);
});

test('getMedia loads the media that can be attached', async () => {
	const options = await harness.load('getMedia');
	expect(options).toHaveLength(42);
	expect(options).toContainEqual({
		name: expect.stringMatching(/^Mira video 40: Light of day 40 \(video, \d{4}-\d\d-\d\d\)$/),
		value: 'ea210dba-7627-4588-8036-5db9d127c0b7',
	});
});
