import type { Sandbox } from '../../../sandbox';
import { callList, IDS } from './client';
import { until } from './gatewayClient';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

const { lobbyChannelId: lobby, userId: user, botId: bot } = IDS;
const take = async (body = '{}'): Promise<unknown[]> =>
	await callList(sandbox, 'POST v2/getUpdates', body);
const mention = (text: string): void => {
	sandbox.fanbook.say(lobby, user, `\${@!${bot}} ${text}`);
};

describe('The update queue', () => {
	it('contains only joins and mentions of the bot by default', async () => {
		sandbox.fanbook.say(lobby, user, 'not for the bot');
		mention('help');
		const { id } = sandbox.fanbook.users.findOrCreate('Newcomer');
		sandbox.fanbook.join(IDS.serverId, id);
		sandbox.fanbook.createPost(IDS.circleChannelId, user, { title: 'T' });
		const updates = await take();
		expect(updates).toMatchObject([
			{ channel_post: { text: `\${@!${bot}} help`, from: { first_name: 'Bao' } } },
			{ channel_post: { new_join_members: [{ first_name: 'Newcomer' }] } },
		]);
	});

	it('contains all kinds of updates with the setting fullMessages', async () => {
		sandbox.fanbook.settings.fullMessages = true;
		const sent = sandbox.fanbook.say(lobby, user, 'hello');
		sandbox.fanbook.say(lobby, user, { type: 'image', url: 'https://cdn.example.com/x.png' });
		sandbox.fanbook.say(lobby, user, { type: 'richText', title: 't', document: '[]' });
		sandbox.fanbook.react(sent.id, user, '赞');
		sandbox.fanbook.whisper(user, 'psst');
		const post = sandbox.fanbook.createPost(IDS.circleChannelId, user, { title: 'T' });
		sandbox.fanbook.likePost(post.id, user);
		expect(await take()).toMatchObject([
			{ channel_post: { text: 'hello' } },
			{ channel_post: { photo: [{ url: 'https://cdn.example.com/x.png' }] } },
			{ channel_post: { rich_text: { title: 't' } } },
			{ channel_post: { reaction: { action: 'add', emoji: '%E8%B5%9E' } } },
			{ message: { text: 'psst', chat: { type: 'private' } } },
			{ channel_post: { circle_post: { title: 'T' } } },
			{ channel_post: { circle_like: { reaction_type: 'like' } } },
		]);
	});

	it('returns only circle updates on request', async () => {
		sandbox.fanbook.settings.fullMessages = true;
		sandbox.fanbook.say(lobby, user, 'hello');
		sandbox.fanbook.createPost(IDS.circleChannelId, user, { title: 'T' });
		expect(await take('{"msg_type":"circle"}')).toMatchObject([
			{ channel_post: { circle_post: {} } },
		]);
		expect(await take()).toMatchObject([{ channel_post: { text: 'hello' } }]);
	});

	it('removes updates when they are read, up to 100, and 10 for a limit of 0', async () => {
		for (let n = 0; n < 120; n += 1) mention(String(n));
		expect(await callList(sandbox, 'POST getUpdates', '{"limit":0}')).toHaveLength(10);
		expect(await callList(sandbox, 'GET getUpdates?limit=5&timeout=0')).toHaveLength(5);
		expect(await take()).toHaveLength(100);
		expect(await take()).toHaveLength(5);
		expect(await take()).toEqual([]);
	});

	it('counts an offset from its end', async () => {
		for (let n = 0; n < 5; n += 1) mention(String(n));
		const updates = await callList(sandbox, 'POST getUpdates', '{"offset":-2}');
		expect(updates).toMatchObject([
			{ channel_post: { text: `\${@!${bot}} 3` } },
			{ channel_post: { text: `\${@!${bot}} 4` } },
		]);
	});

	it('keeps the latest 10000 updates', async () => {
		for (let n = 0; n < 10_003; n += 1) sandbox.fanbook.updates.add('mention', { poll: { n } });
		expect(sandbox.fanbook.updates.size).toBe(10_000);
		expect((await take())[0]).toMatchObject({ poll: { n: { value: '3' } } });
	});

	it('responds to a long poll as soon as there is an update', async () => {
		const polled = callList(sandbox, 'POST getUpdates', '{"timeout":60}');
		await until(() => sandbox.fanbook.updates.waitingCount > 0);
		mention('now');
		expect(await polled).toMatchObject([{ channel_post: { text: `\${@!${bot}} now` } }]);
	});

	it('responds to a long poll with an empty list after its timeout', async () => {
		const polled = callList(sandbox, 'POST getUpdates', '{"timeout":60}');
		await until(() => sandbox.fanbook.updates.waitingCount > 0);
		sandbox.clock.advance(59_000);
		expect(sandbox.fanbook.updates.waitingCount).toBe(1);
		sandbox.clock.advance(2000);
		expect(await polled).toEqual([]);
	});

	it('has one waiting consumer, the latest one', async () => {
		const first = callList(sandbox, 'POST getUpdates', '{"timeout":60}');
		await until(() => sandbox.fanbook.updates.waitingCount > 0);
		const second = callList(sandbox, 'POST getUpdates', '{"timeout":60}');
		expect(await first).toEqual([]);
		mention('for the later one');
		expect(await second).toHaveLength(1);
	});
});
