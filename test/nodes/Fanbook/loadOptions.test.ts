import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

let harness: FanbookHarness;
beforeAll(async () => (harness = await FanbookHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const load = async (method: string) =>
	await harness.load(method, {
		parameters: { guildId: byId(demo.serverId) },
		credentials: harness.credential({ serverIds: demo.serverId }),
	});

test('getServers loads the servers of the credential', async () => {
	expect(await load('getServers')).toEqual([{ name: 'Lantern Town 灯笼镇', value: demo.serverId }]);
});

test('getRoles loads the roles of the chosen server', async () => {
	const options = await load('getRoles');
	expect(options).toHaveLength(20);
	expect(options.slice(0, 2)).toEqual([
		{ name: 'Everyone', value: demo.serverId },
		{ name: 'Level 1', value: '523904175562982657' },
	]);
});

test('getMembers loads the members of the chosen server', async () => {
	const options = await load('getMembers');
	expect(options).toHaveLength(250);
	expect(options.slice(0, 2)).toEqual([
		{ name: 'Ada (1000000)', value: '601200000000000001' },
		{ name: 'Bao (1000037)', value: '601200000000000513' },
	]);
});

test('getMembersOrEveryone offers everyone before the members', async () => {
	const options = await load('getMembersOrEveryone');
	expect(options[0]).toEqual({ name: '(Everyone Online)', value: 'all' });
	expect(options.slice(1)).toEqual(await load('getMembers'));
});
