import { startSandbox, type Sandbox } from '../../support/sandbox';
import type { JsonObject } from '../../../sandbox/core/json';
import { DEMO } from '../../../sandbox/demo';
import { act, get, list, record, send } from './client';

const { lobbyChannelId: channelId, userId, serverId, foreignServerId } = DEMO.fanbook;
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
});

async function view(path: string): Promise<Record<string, unknown>> {
	return record(await get(sandbox, path));
}

describe('Fanbook, as a person sees it', () => {
	const channel = async (
		id: string = channelId,
		user: string = userId,
	): Promise<Record<string, unknown>> =>
		await view(`fanbook/channel?channelId=${id}&userId=${user}`);

	it('has servers with the channels that the person may see', async () => {
		const { servers } = await view(`fanbook/home?userId=${userId}`);
		const [town] = list(servers);
		expect(town).toMatchObject({ id: serverId, isMember: true, isBotMember: true });
		expect(list(town?.channels)).toContainEqual(
			expect.objectContaining({ id: channelId, kind: 'text', isVisible: true }),
		);
		await act(sandbox, 'fanbook/leave', { serverId, userId });
		const after = await view(`fanbook/home?userId=${userId}`);
		expect(list(after.servers)[0]).toMatchObject({ isMember: false });
		expect(list(list(after.servers)[0]?.channels).every(({ isVisible }) => !isVisible)).toBe(true);
		expect((await channel()).writeProblem).toBe('Join Lantern Town 灯笼镇 to write here.');
	});

	it('shows a message with author, mentions, reply and reactions', async () => {
		const first = sandbox.fanbook.say(channelId, userId, 'first');
		const reply = { replyTo: first.id };
		const second = sandbox.fanbook.say(channelId, userId, `\${@!${userId}} second`, reply);
		sandbox.fanbook.react(second.id, userId, '👍');
		const message = list((await channel()).messages).at(-1);
		expect(message).toMatchObject({
			id: second.id,
			author: { id: userId, isBot: false },
			type: 'text',
			replyTo: { id: first.id, text: 'first' },
			reactions: [{ name: '👍', count: 1, isMine: true }],
			names: { [userId]: expect.any(String) },
			isMine: true,
			mentionsMe: true,
		});
	});

	it('shows keyboards and cards, and the presses of their buttons', async () => {
		const card = { tag: 'column', children: [{ tag: 'button', label: 'Yes', key: 'yes' }] };
		const content = { type: 'messageCard', data: JSON.stringify(card) };
		const open = { text: 'Open', url: 'https://example.com' };
		const replyMarkup: JsonObject = {
			inline_keyboard: [[open, { text: 'Go', callback_data: 'go' }]],
		};
		const options = { replyMarkup };
		const { id: messageId } = sandbox.fanbook.say(channelId, userId, content, options);
		await act(sandbox, 'fanbook/clickCard', { messageId, userId, key: 'yes' });
		expect(list((await channel()).messages).at(-1)).toMatchObject({
			type: 'messageCard',
			content: { data: card },
			keyboard: [[open, { text: 'Go', data: 'go' }]],
			slots: [{ key: 'yes', count: 1, isMine: true }],
			callbackAnswer: null,
		});
	});

	it('hides channels that the person may not see', async () => {
		const moderators = '523904175562981395';
		sandbox.fanbook.say(moderators, userId, 'for moderators');
		const guest = sandbox.fanbook.users.findOrCreate('Guest').id;
		sandbox.fanbook.join(serverId, guest);
		expect(list((await channel(moderators)).messages)).toHaveLength(1);
		expect((await channel(moderators, guest)).messages).toEqual([]);
	});

	it('has the private chat with the bot after the first message', async () => {
		await act(sandbox, 'fanbook/whisper', { userId, text: 'psst' });
		const { chats } = await view(`fanbook/home?userId=${userId}`);
		const chat = list(chats).find(({ kind }) => kind === 'private');
		expect(chat).toMatchObject({ name: 'Lantern Bot', isVisible: true });
		expect(list((await channel(String(chat?.id))).messages)).toHaveLength(1);
	});

	it('has a circle with posts, likes and comments', async () => {
		const circle = DEMO.fanbook.circleChannelId;
		await act(sandbox, 'fanbook/createPost', { channelId: circle, userId, text: 'my post' });
		const read = async (): Promise<Record<string, unknown> | undefined> =>
			list((await view(`fanbook/circle?channelId=${circle}&userId=${userId}`)).posts)[0];
		const postId = (await read())?.id;
		await act(sandbox, 'fanbook/likePost', { postId, userId });
		await act(sandbox, 'fanbook/commentPost', { postId, userId, text: 'my comment' });
		expect(await read()).toMatchObject({
			text: 'my post',
			likes: 1,
			isLiked: true,
			comments: [{ text: 'my comment' }],
		});
	});

	it('finds people by name and by ID, without bots', async () => {
		const { people } = await view(`fanbook/people?search=${userId}`);
		expect(list(people)).toMatchObject([{ id: userId, isBot: false }]);
		expect(list((await view('fanbook/people?search=quiz')).people)).toEqual([]);
	});

	it('names the servers without the bot', async () => {
		const { servers } = await view(`fanbook/home?userId=${userId}`);
		const foreign = list(servers).find(({ id }) => id === foreignServerId);
		expect(foreign).toMatchObject({ isBotMember: false });
	});
});

describe('Fanvue, as a fan sees it', () => {
	const relation = async (fan = 'tara'): Promise<Record<string, unknown>> =>
		await view(`fanvue/relation?creator=mira&fan=${fan}`);
	const people = { creator: 'mira', fan: 'tara' };

	it('changes with follow, subscribe, cancel and end', async () => {
		expect(await relation()).toMatchObject({ subscription: null });
		await act(sandbox, 'fanvue/follow', people);
		expect(await relation()).toMatchObject({ isFollowing: true });
		await act(sandbox, 'fanvue/subscribe', people);
		expect(await relation()).toMatchObject({ subscription: { autoRenewal: true, price: 999 } });
		await act(sandbox, 'fanvue/autoRenewal', { ...people, autoRenewal: false });
		expect(await relation()).toMatchObject({ subscription: { autoRenewal: false } });
		await act(sandbox, 'fanvue/unsubscribe', people);
		expect(await relation()).toMatchObject({ subscription: null });
		await act(sandbox, 'fanvue/unfollow', people);
		expect(await relation()).toMatchObject({ isFollowing: false });
	});

	it('shows messages, tips and reactions', async () => {
		await act(sandbox, 'fanvue/message', { ...people, text: 'Hi Mira' });
		await act(sandbox, 'fanvue/reply', { ...people, text: 'Hi Tara' });
		const answer = list((await relation()).messages).at(-1);
		await act(sandbox, 'fanvue/react', { ...people, messageUuid: answer?.uuid, emoji: '🔥' });
		await act(sandbox, 'fanvue/tip', { ...people, amount: 700 });
		expect(list((await relation()).messages).slice(-3)).toMatchObject([
			{ text: 'Hi Mira', isFromFan: true, tip: null },
			{ text: 'Hi Tara', isFromFan: false, reactions: ['🔥'] },
			{ type: 'TIP', tip: 700 },
		]);
		expect(await relation()).toMatchObject({ spent: 700 });
	});

	it('locks posts until the fan subscribes or buys, and shows blurred pictures before', async () => {
		const posts = async (): Promise<Array<Record<string, unknown>>> =>
			list((await relation()).posts);
		const locked = (await posts()).find(({ lock }) => lock === 'subscribe');
		expect(locked).toBeDefined();
		const paid = (await posts()).find(({ lock }) => lock === 'buy');
		expect(paid).toMatchObject({ isPaid: false });
		const [picture] = list(paid?.media ?? []);
		if (picture?.pictureUrl) expect(picture).toMatchObject({ isLocked: true });
		await act(sandbox, 'fanvue/subscribe', people);
		await act(sandbox, 'fanvue/buyPost', { ...people, postUuid: paid?.uuid });
		const after = await posts();
		expect(after.find(({ uuid }) => uuid === locked?.uuid)).toMatchObject({ lock: null });
		expect(after.find(({ uuid }) => uuid === paid?.uuid)).toMatchObject({
			isPaid: true,
			lock: null,
		});
	});

	it('counts likes and comments of the fan', async () => {
		const [post] = list((await relation()).posts);
		const input = { ...people, postUuid: post?.uuid };
		await act(sandbox, 'fanvue/likePost', input);
		await act(sandbox, 'fanvue/likePost', input);
		await act(sandbox, 'fanvue/commentPost', { ...input, text: 'Lovely' });
		expect(list((await relation()).posts)[0]).toMatchObject({
			isLiked: true,
			likes: Number(post?.likes) + 1,
		});
		expect(list(list((await relation()).posts)[0]?.comments).at(-1)).toMatchObject({
			text: 'Lovely',
		});
	});

	it('has pictures that the page may load from its own address', async () => {
		const media = list((await relation('felix')).posts).flatMap((post) => list(post.media));
		const url = media.find(({ pictureUrl }) => pictureUrl !== null)?.pictureUrl;
		expect(url).toMatch(/^\/fanvue-storage\//);
		const picture = await send(sandbox, 'GET', String(url));
		expect(picture).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
	});
});

describe('Fanfou, as a user sees it', () => {
	const timeline = async (query: string): Promise<Array<Record<string, unknown>>> =>
		list((await view(`fanfou/timeline?${query}`)).statuses);

	it('has timelines with replies, reposts and favorites', async () => {
		await act(sandbox, 'fanfou/post', { user: 'moyu', text: 'first' });
		const [first] = await timeline('user=demo&timeline=home');
		await act(sandbox, 'fanfou/reply', { from: 'demo', status: first?.id, text: 'second' });
		await act(sandbox, 'fanfou/favorite', { user: 'demo', status: first?.id });
		const [reply, original] = await timeline('user=demo&timeline=home');
		expect(reply).toMatchObject({ isMine: true, replyTo: { id: first?.id, author: '摸鱼达人' } });
		expect(original).toMatchObject({ isFavorite: true, favoriteCount: 1, text: 'first' });
		const [mention] = await timeline('user=moyu&timeline=mentions');
		expect(mention?.id).toBe(reply?.id);
		expect((await timeline('user=demo&timeline=profile&of=moyu'))[0]?.id).toBe(first?.id);
	});

	it('hides the statuses of protected users from others', async () => {
		expect(await timeline('user=xiaoming&timeline=profile&of=secret')).toEqual([]);
		expect(await view('fanfou/profile?user=xiaoming&of=secret')).toMatchObject({
			isReadable: false,
			isFollowing: false,
		});
	});

	it('has follow requests and direct messages', async () => {
		const me = await view('fanfou/profile?user=demo');
		expect(list(me.requests).map(({ id }) => id)).toContain('xiaoming');
		await act(sandbox, 'fanfou/accept', { owner: 'demo', from: 'xiaoming' });
		expect(await view('fanfou/profile?user=xiaoming&of=demo')).toMatchObject({ isFollowing: true });
		await act(sandbox, 'fanfou/dm', { from: 'moyu', to: 'demo', text: 'psst' });
		const { chats, messages } = await view('fanfou/chats?user=demo&with=moyu');
		expect(list(chats)[0]).toMatchObject({ person: { id: 'moyu' }, lastText: 'psst' });
		expect(list(messages).at(-1)).toMatchObject({ text: 'psst', isMine: false });
	});
});

it('refuses unknown views and inherited members', async () => {
	for (const path of ['fanbook/nothing', 'fanbook/constructor', 'nobody/home']) {
		expect((await send(sandbox, 'GET', `/_admin/${path}`)).status).toBe(400);
	}
	expect((await send(sandbox, 'POST', '/_admin/fanbook/toString')).status).toBe(400);
});
