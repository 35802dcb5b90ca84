import type { INodeParameters } from 'n8n-workflow';
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
	expect(options).toHaveLength(24);
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

describe('before a server is chosen', () => {
	const entry = {
		name: 'Choose the server first',
		value: '',
		description: 'The list requires a server that is selected or entered as ID, not an expression',
	};

	test.each([
		['getRoles', {}],
		['getMembers', { guildId: byId('') }],
		['getRoles', { server: byId('={{ $json.id }}') }],
	])('%s has one entry that says what to do, for %j', async (method, parameters) => {
		expect(await harness.load(method, { parameters })).toEqual([entry]);
		expect(harness.calls()).toEqual([]);
	});

	test('getMembersOrEveryone also offers everyone', async () => {
		const everyone = { name: '(Everyone Online)', value: 'all' };
		expect(await harness.load('getMembersOrEveryone', {})).toEqual([everyone, entry]);
	});

	test('that entry counts as nothing when it is chosen', async () => {
		const { error } = await harness.run('member', 'setRoles', {
			guildId: byId(demo.serverId),
			userId: byId(demo.userId),
			roles: [entry.value],
		});
		expect(error?.message).toBe('"Role Names or IDs" is empty');
		expect(harness.calls()).toEqual([]);
	});
});

describe('filters of the trigger', () => {
	const both = `${demo.serverId}, ${demo.secondServerId}`;
	const loadFor = async (
		method: string,
		parameters: INodeParameters,
		serverIds: string = both,
	): Promise<string[]> => {
		const credentials = harness.credential({ serverIds });
		const options = await harness.load(method, { parameters, credentials });
		return options.map(({ name }) => name);
	};

	test('offer the roles and members of the chosen server', async () => {
		const parameters = { guildId: byId(demo.serverId) };
		expect(await loadFor('getRolesOfServers', parameters)).toHaveLength(24);
		expect((await loadFor('getMembersOfServers', parameters))[0]).toBe('Ada (1000000)');
	});

	test('offer those of the servers in the filter, each with the name of its server', async () => {
		const parameters = { filters: { guildIds: [demo.serverId, demo.secondServerId] } };
		const roles = await loadFor('getRolesOfServers', parameters, '');
		expect(roles[0]).toBe('Everyone, Lantern Town 灯笼镇');
		expect(new Set(roles.map((name) => name.replace(/^.*, /, '')))).toHaveProperty('size', 2);
	});

	test('offer those of the servers in the credential if no server is chosen', async () => {
		const members = await loadFor('getMembersOfServers', {}, demo.serverId);
		expect(members).toHaveLength(250);
		expect(await loadFor('getRolesOfServers', {})).toContain('Level 1, Lantern Town 灯笼镇');
	});

	test.each(['getServers', 'getRolesOfServers', 'getMembersOfServers'])(
		'%s names the ways to choose a server if there is none',
		async (method) => {
			const credentials = harness.credential({ serverIds: '' });
			expect(await harness.load(method, { credentials })).toEqual([
				{
					name: 'Fanbook cannot list the servers of a bot',
					value: '',
					description: 'List Server IDs in the credential, or use an expression',
				},
			]);
		},
	);
});
