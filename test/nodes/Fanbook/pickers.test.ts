import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const server = { guildId: byId(demo.serverId) };
const names = async (method: string, parameters: object, filter?: string) => {
	const { results } = await harness.list(method, { ...parameters }, { filter });
	return results.map(({ name }) => name);
};

describe('servers', () => {
	test('the server list contains the servers of the credential with their names', async () => {
		const credentials = harness.credential({
			serverIds: `${demo.serverId}, ${demo.secondServerId}`,
		});
		expect((await harness.list('searchServers', {}, { credentials })).results).toEqual([
			{ name: 'Lantern Town 灯笼镇', value: demo.serverId },
			{ name: expect.any(String), value: demo.secondServerId },
		]);
		const { results } = await harness.list('searchServers', {}, { credentials, filter: 'lantern' });
		expect(results.map(({ value }) => value)).toEqual([demo.serverId]);
	});

	test('a server is found by a typed ID', async () => {
		const { results } = await harness.list('searchServers', {}, { filter: demo.serverId });
		expect(results).toEqual([{ name: 'Lantern Town 灯笼镇', value: demo.serverId }]);
	});

	test('without servers in the credential the server list explains how to enter an ID', async () => {
		await expect(harness.list('searchServers')).rejects.toMatchObject({
			message: 'Fanbook cannot list the servers of a bot',
			description: expect.stringContaining('choose By ID'),
		});
	});

	test('a server without the bot is rejected without showing the token', async () => {
		const refused: unknown = await harness
			.list('searchServers', {}, { filter: demo.foreignServerId })
			.catch((error: unknown) => error);
		expect(refused).toMatchObject({ message: 'The bot is not in the server (code 1008)' });
		expect(JSON.stringify(refused)).not.toContain(demo.botToken);
	});
});

describe('channels', () => {
	test('the channel list contains the channels of the chosen server without categories', async () => {
		expect(await names('searchChannels', server)).toEqual([
			'help',
			'announcements',
			'circle 圈子 (Circle)',
			'evening talk (Voice)',
			'map (Link)',
			'lobby 大厅',
		]);
		expect(await names('searchChannels', server, 'LOBBY')).toEqual(['lobby 大厅']);
		expect(await names('searchCircleChannels', server)).toEqual(['circle 圈子 (Circle)']);
		expect(await names('searchCategories', server)).toEqual(['Town square']);
	});

	test.each([
		['the helping server', { server: byId(demo.serverId) }],
		[
			'a server by its address',
			{
				guildId: {
					__rl: true,
					mode: 'url',
					value: `https://web.fanbook.cn/channels/${demo.serverId}`,
				},
			},
		],
		['the server of a mute', { targetGuildId: byId(demo.serverId) }],
	])('the channel list contains the channels of %s', async (_what, parameters) => {
		expect(await names('searchChannels', parameters, 'help')).toEqual(['help']);
	});

	test('group chats are not in the list of channels', async () => {
		await expect(harness.list('searchChannels', { target: 'group' })).rejects.toMatchObject({
			message: 'Group chats cannot be listed',
		});
	});

	test.each([[{}], [{ guildId: byId('={{ $json.id }}') }]])(
		'the channel list requires a server: %j',
		async (parameters) => {
			await expect(harness.list('searchChannels', parameters)).rejects.toMatchObject({
				message: 'Choose the server first',
			});
			expect(harness.calls()).toEqual([]);
		},
	);
});

test('the role list contains the roles of the chosen server', async () => {
	expect(await names('searchRoles', server, 'every')).toEqual(['Everyone']);
});

describe('members', () => {
	test('the member list contains the first members, or those found by nickname or short number', async () => {
		expect((await names('searchMembers', server)).length).toBeGreaterThan(90);
		expect(await names('searchMembers', server, 'ada fox')).toEqual(['Ada Fox (1000925)']);
		expect(await names('searchMembers', server, '1000037')).toEqual(['Bao (1000037)']);
		const { results } = await harness.list('searchMembers', server, { filter: 'bao' });
		expect(results.map(({ value }) => value)).toContain(demo.userId);
	});
});

describe('circle posts', () => {
	const circle = { ...server, channelId: byId(demo.circleChannelId) };

	test('the post list is loaded page by page', async () => {
		const first = await harness.list('searchPosts', circle);
		expect(first.results).toHaveLength(20);
		expect(first.results[0]?.name).toMatch(/^Lantern diary \d+ \(.+\)$/);
		const token = String(first.paginationToken);
		const second = await harness.list('searchPosts', circle, { token });
		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('posts are searched by the service, in the first circle if none is chosen', async () => {
		const found = await names('searchPosts', { server: byId(demo.serverId) }, 'diary 3');
		expect(found.length).toBeGreaterThan(0);
		expect(found.every((name) => name.includes('diary 3'))).toBe(true);
	});
});

test('a channel URL contains the server and the channel', async () => {
	const value = `https://web.fanbook.cn/channels/${demo.serverId}/${demo.lobbyChannelId}?x=1`;
	const { error } = await harness.run('message', 'getAll', {
		channelId: { __rl: true, mode: 'url', value },
		limit: 1,
	});
	expect(error).toBeUndefined();
	await harness.run('server', 'getEmojis', { guildId: { __rl: true, mode: 'url', value } });
	expect(harness.lines()).toEqual([
		`POST message/getList channel_id=${demo.lobbyChannelId}&size=1`,
		`GET guild/emoji?guild_id=${demo.serverId}`,
	]);
});
