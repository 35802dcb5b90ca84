import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { EventFilter } from '../../../nodes/Fanbook/trigger/events/filter';
import { matchEvent } from '../../../nodes/Fanbook/trigger/events/filter';
import { mapUpdate } from '../../../nodes/Fanbook/trigger/events/updateMapper';
import type { JsonObject } from '../../../sandbox/core/json';
import { chosen, demo, TriggerHarness } from '../../support/fanbookTriggerHarness';
import type { TriggerHost } from '../../support/trigger';
import { until } from '../../support/trigger';

const harness = TriggerHarness.forTests();

/** Conditions that every event meets. */
const NO_FILTER: EventFilter = {
	events: ['any'],
	messageTypes: [],
	servers: [],
	channels: [],
	users: [],
	roles: [],
	ignoreBots: true,
	onlyMentions: false,
	contains: '',
	commands: [],
	pattern: undefined,
};

const MARK = 'the end of what this test is about';

/** Returns all executions that an action starts, and no later ones. */
async function during(
	parameters: INodeParameters,
	action: () => void | Promise<void>,
): Promise<IDataObject[]> {
	const events = parameters.events ?? ['any'];
	const n8n: TriggerHost = harness.n8n({ ...parameters, events });
	const marks = harness.n8n({ events: ['any'], connectionMode: parameters.connectionMode });
	if (parameters.connectionMode === 'updateQueue') {
		await action();
		await harness.activate(n8n);
		// All updates of one response are processed before the next request.
		await until('it asks again', () => harness.calls('update.getMany') > 1);
		return n8n.started;
	}
	await harness.connect(n8n);
	await harness.connect(marks);
	await action();
	harness.say(MARK);
	// The gateway pushes to its connections in the order in which they were opened.
	await until('all events have arrived', () => marks.texts().includes(MARK));
	return n8n.started.filter(({ text }) => text !== MARK);
}

const QUEUE: INodeParameters = { connectionMode: 'updateQueue' };

function fullMessages(): void {
	harness.fanbook.settings.fullMessages = true;
}

describe.each([
	['the gateway', {}],
	['the update queue', QUEUE],
])('over %s', (_name, mode: INodeParameters) => {
	const source = mode === QUEUE ? 'queue' : 'gateway';
	beforeEach(fullMessages);

	test('a text message has its thread, mentions and author', async () => {
		const { fanbook } = harness;
		let [root, child]: string[] = ['', ''];
		const started = await during(mode, () => {
			root = harness.say('root').id;
			child = fanbook.say(demo.lobbyChannelId, demo.userId, 'child', { replyTo: root }).id;
			fanbook.say(
				demo.lobbyChannelId,
				demo.userId,
				`\${@!${demo.botId}} and \${@&${demo.serverId}} look`,
				{ replyTo: child },
			);
		});
		expect(started).toMatchObject([
			{ event: 'message', source, message_id: root, quote_l1: null, quote_l2: null, text: 'root' },
			{ event: 'message', message_id: child, quote_l1: root },
			{
				event: 'botMentioned',
				mentions: [demo.botId],
				mention_roles: [demo.serverId],
				mentions_bot: true,
				user_id: demo.userId,
				author: { username: '1000037', bot: false },
			},
		]);
	});

	test.each<[string, JsonObject, string]>([
		[
			'richText',
			{
				type: 'richText',
				title: 'News',
				document: JSON.stringify([
					{ insert: 'first line\n' },
					{ insert: { _type: 'image', source: 'https://cdn.example.com/a.png' } },
					{ insert: '\n' },
				]),
			},
			'News\nfirst line',
		],
		['image', { type: 'image', url: 'https://cdn.example.com/a.png' }, ''],
		['video', { type: 'video', url: 'https://cdn.example.com/a.mp4' }, ''],
		['voice', { type: 'voice', url: 'https://cdn.example.com/a.aac' }, ''],
	])('a message of type %s has its text and content', async (type, content, text) => {
		const started = await during(mode, () => {
			harness.fanbook.say(demo.lobbyChannelId, demo.userId, content);
		});
		expect(started).toMatchObject([{ event: 'message', source, message_type: type, text }]);
		expect(started[0]?.content).toMatchObject({ type });
	});

	test('a private message has no server', async () => {
		let id = '';
		const started = await during(mode, () => {
			id = harness.fanbook.whisper(demo.userId, 'between us').id;
		});
		expect(started).toMatchObject([
			{
				event: 'privateMessage',
				source,
				message_id: id,
				guild_id: null,
				channel_type: 3,
				text: 'between us',
			},
		]);
	});

	test('a button click contains the message with the button', async () => {
		const { fanbook } = harness;
		const markup = { inline_keyboard: [[{ text: 'OK', callback_data: 'yes' }]] };
		const posted = fanbook.say(demo.lobbyChannelId, demo.userId, 'sure?', { replyMarkup: markup });
		fanbook.updates.clear();
		let callback = '';
		const started = await during(mode, () => {
			callback = fanbook.clickButton(posted.id, demo.userId, 'yes');
		});
		expect(started).toMatchObject([
			{
				event: 'buttonClicked',
				source,
				message_id: posted.id,
				user_id: demo.userId,
				author: { nickname: 'Bao' },
				details: { callback_id: callback, data: 'yes', inline_message_id: posted.id },
			},
		]);
	});

	test('a reaction contains its message and the decoded emoji', async () => {
		const posted = harness.say('nice');
		harness.fanbook.updates.clear();
		const started = await during(mode, () => {
			harness.fanbook.react(posted.id, demo.userId, '赞');
		});
		expect(started).toMatchObject([
			{
				event: 'reactionAdded',
				source,
				message_id: posted.id,
				user_id: demo.userId,
				channel_id: demo.lobbyChannelId,
				details: { action: 'add', emoji: '赞', emoji_name: '%E8%B5%9E' },
			},
		]);
	});

	test('a join starts one execution, although Fanbook reports it twice', async () => {
		const { id } = harness.fanbook.users.findOrCreate('Newcomer');
		const started = await during(mode, () => {
			harness.fanbook.join(demo.serverId, id, 'c0de');
		});
		expect(started).toMatchObject([
			{ event: 'memberJoined', source, guild_id: demo.serverId, user_id: id },
		]);
	});

	test('a new circle post and a like start executions', async () => {
		const { fanbook } = harness;
		let post = '';
		const started = await during(mode, () => {
			({ id: post } = fanbook.createPost(demo.circleChannelId, demo.userId, {
				title: 'Hello',
				text: 'circle',
			}));
			fanbook.likePost(post, demo.userId);
		});
		expect(started).toMatchObject([
			{
				event: 'circlePostCreated',
				source,
				guild_id: demo.serverId,
				channel_id: demo.circleChannelId,
				text: 'Hello\ncircle',
				details: { post_id: post },
			},
			{ event: 'circlePostLiked', source, user_id: demo.userId, details: { post_id: post } },
		]);
	});
});

describe('only over the gateway', () => {
	test('a join has its invite code if the system channel is chosen', async () => {
		const { id } = harness.fanbook.users.findOrCreate('Newcomer');
		const system = harness.fanbook.sandboxState.server(demo.serverId).systemChannelId;
		const started = await during({ channels: chosen(system) }, () => {
			harness.fanbook.join(demo.serverId, id, 'c0de');
		});
		expect(started).toMatchObject([
			{
				event: 'memberJoined',
				user_id: id,
				channel_id: system,
				details: { invite_code: 'c0de', index: expect.any(Number) },
			},
		]);
	});

	test('a join of which only the notice arrives starts one execution', async () => {
		const n8n = harness.n8n({ events: ['memberJoined'], channels: chosen(demo.helpChannelId) });
		await harness.connect(n8n);
		const notice = { method: 'userJoin', guild_id: demo.serverId, user_id: '5003' };
		harness.fanbook.gateway.push('guildNotice', notice);
		await until('it has started', () => n8n.started.length > 0);
		expect(n8n.started).toMatchObject([
			{ event: 'memberJoined', user_id: '5003', channel_id: null },
		]);
	});

	test('a member who leaves starts an execution', async () => {
		const { id } = harness.fanbook.users.findOrCreate('Leaver');
		harness.fanbook.join(demo.serverId, id);
		const started = await during({}, () => harness.fanbook.leave(demo.serverId, id));
		expect(started).toMatchObject([
			{ event: 'memberLeft', guild_id: demo.serverId, user_id: id, message_id: null },
		]);
	});

	test('a shared circle post and a shared thread start executions', async () => {
		const { fanbook } = harness;
		const post = fanbook.createPost(demo.circleChannelId, demo.userId, { title: 'Hello' });
		const root = harness.say('root');
		let [circle, topic]: string[] = ['', ''];
		const started = await during({}, () => {
			circle = fanbook.circle.sharePost(demo.lobbyChannelId, demo.userId, post.id).id;
			topic = fanbook.circle.shareTopic(demo.lobbyChannelId, demo.userId, root.id).id;
		});
		expect(started).toMatchObject([
			{
				event: 'circleShared',
				message_id: circle,
				channel_id: demo.lobbyChannelId,
				details: { post: { post_id: post.id } },
			},
			{
				event: 'topicShared',
				message_id: topic,
				details: {
					message_id: root.id,
					channel_id: demo.lobbyChannelId,
					user_id: demo.userId,
				},
			},
		]);
	});

	test('a message card is parsed into widgets and text', async () => {
		const widgets = {
			tag: 'column',
			children: [
				{ tag: 'text', data: 'Vote now' },
				{ tag: 'container', child: { tag: 'button', label: 'Yes' } },
			],
		};
		const content = {
			type: 'messageCard',
			data: JSON.stringify(widgets),
			notification: 'A vote',
		};
		const started = await during({}, () => {
			harness.fanbook.say(demo.lobbyChannelId, demo.userId, content);
		});
		expect(started).toMatchObject([
			{ message_type: 'messageCard', text: 'A vote\nVote now\nYes', content: { data: widgets } },
		]);
	});

	test('notices and unknown events start executions with Any Event only', async () => {
		const { gateway } = harness.fanbook;
		const action = () => {
			gateway.push('guildNotice', { method: 'guildUpdate', guild_id: demo.serverId });
			gateway.push('somethingNew', { channel_id: demo.lobbyChannelId, big_id: '1' });
		};
		expect(await during({}, action)).toMatchObject([
			{ event: 'notification', guild_id: demo.serverId, details: { method: 'guildUpdate' } },
			{ event: 'other', channel_id: demo.lobbyChannelId, raw: { action: 'somethingNew' } },
		]);
		expect(await during({ events: ['notification'] }, action)).toHaveLength(1);
	});
});

test('clicks on cards are reported by the update queue only', async () => {
	fullMessages();
	const content = { type: 'messageCard', data: '{"tag":"column","children":[]}' };
	const card = harness.fanbook.say(demo.lobbyChannelId, demo.userId, content);
	harness.fanbook.updates.clear();
	const started = await during(QUEUE, () => {
		harness.fanbook.users.clickCard(card.id, demo.userId, 'seat1');
	});
	expect(started).toMatchObject([
		{
			event: 'cardClicked',
			message_id: card.id,
			user_id: demo.userId,
			details: { key: 'seat1' },
		},
	]);
});

describe('the name of an event', () => {
	test('an event has the most specific name that was chosen', async () => {
		const action = () => void harness.say(`\${@!${demo.botId}} hi`);
		const event = async (events: string[]) =>
			(await during({ events }, action)).map((item) => item.event);
		expect(await event(['message'])).toEqual(['message']);
		expect(await event(['message', 'botMentioned'])).toEqual(['botMentioned']);
		expect(await event(['botMentioned'])).toEqual(['botMentioned']);
		expect(await event(['privateMessage'])).toEqual([]);
	});
});

describe('filters', () => {
	const texts = async (parameters: INodeParameters, action: () => void) =>
		(await during(parameters, action)).map(({ text }) => text);

	test('actions of the bot itself start nothing, even with Any Event', async () => {
		const { fanbook } = harness;
		const started = await during({ filters: { ignoreBots: false } }, () => {
			fanbook.say(demo.lobbyChannelId, demo.botId, 'my own');
			fanbook.react(harness.say('nice').id, demo.botId, '赞');
		});
		expect(started.map(({ text }) => text)).toEqual(['nice']);
	});

	test('other bots start nothing unless Ignore Bots is off', async () => {
		const { fanbook } = harness;
		const action = () => {
			const robot = fanbook.users.findOrCreate('Robot');
			robot.bot = true;
			fanbook.join(demo.serverId, robot.id);
			fanbook.say(demo.lobbyChannelId, robot.id, 'beep');
		};
		expect(await texts({ events: ['message'] }, action)).toEqual([]);
		expect(await texts({ events: ['message'], filters: { ignoreBots: false } }, action)).toEqual([
			'beep',
		]);
	});

	test('the server filter selects events of the chosen servers', async () => {
		const action = () => {
			const second = [...harness.fanbook.sandboxState.channels.values()].find(
				({ serverId, type }) => serverId === demo.secondServerId && type === 0,
			);
			harness.say('here');
			harness.say('there', second?.id ?? '');
			harness.fanbook.whisper(demo.userId, 'nowhere');
		};
		expect(await texts({}, action)).toEqual(['here', 'there', 'nowhere']);
		expect(await texts({ guildId: locator(demo.serverId) }, action)).toEqual(['here']);
		const url = `https://web.fanbook.cn/channels/${demo.secondServerId}/1`;
		expect(await texts({ guildId: { __rl: true, mode: 'url', value: url } }, action)).toEqual([
			'there',
		]);
		const guildIds = `${demo.serverId}, ${demo.secondServerId}`;
		expect(await texts({ filters: { guildIds } }, action)).toEqual(['here', 'there']);
	});

	test('the channel filter selects events of the chosen channels', async () => {
		const action = () => {
			harness.say('lobby');
			harness.say('help', demo.helpChannelId);
		};
		expect(await texts({ channels: chosen(demo.helpChannelId) }, action)).toEqual(['help']);
		expect(
			await texts({ channels: chosen(demo.helpChannelId, demo.lobbyChannelId) }, action),
		).toEqual(['lobby', 'help']);
	});

	const locator = (value: string) => ({ __rl: true, mode: 'id', value });
	/** A message with a button in the lobby, and a click on it, which has no server over the gateway. */
	function clickInLobby(): void {
		const { fanbook } = harness;
		const replyMarkup = { inline_keyboard: [[{ text: 'OK', callback_data: 'yes' }]] };
		const { id } = fanbook.say(demo.lobbyChannelId, demo.userId, 'sure?', { replyMarkup });
		fanbook.clickButton(id, demo.userId, 'yes');
	}

	test('a click without its server passes the server filter if its channel passes', async () => {
		const clicks = async (parameters: INodeParameters) =>
			(await during({ events: ['buttonClicked'], ...parameters }, clickInLobby)).length;
		const guildId = locator(demo.serverId);
		expect(await clicks({ guildId })).toBe(1);
		expect(await clicks({ guildId, channels: chosen(demo.lobbyChannelId) })).toBe(1);
		expect(await clicks({ guildId, channels: chosen(demo.helpChannelId) })).toBe(0);
	});

	test('a click in a private chat does not pass the server filter', () => {
		const callback = { id: '9', from: { id: '3' } };
		const click = (message: Parameters<typeof mapUpdate>[0]) =>
			mapUpdate({ callback_query: { ...callback, message } }, demo.botId);
		const settings = { ...NO_FILTER, servers: ['1'] };
		const names = (message: Parameters<typeof mapUpdate>[0]) =>
			click(message).map((event) => matchEvent(event, settings, demo.botId));
		expect(names({})).toEqual(['buttonClicked']);
		expect(names({ chat: { id: '44', guild_id: '1' } })).toEqual(['buttonClicked']);
		expect(names({ chat: { id: '44', guild_id: '2' } })).toEqual([undefined]);
		expect(names({ chat: { id: '44', type: 'private' } })).toEqual([undefined]);
	});

	test('members who join or leave pass the channel filter, and the server filter applies', async () => {
		const { fanbook } = harness;
		const events = ['memberJoined', 'memberLeft'];
		const passed = async (parameters: INodeParameters) =>
			(
				await during({ events, channels: chosen(demo.helpChannelId), ...parameters }, () => {
					const { id } = fanbook.users.findOrCreate('Guest');
					fanbook.join(demo.serverId, id);
					fanbook.leave(demo.serverId, id);
				})
			).map(({ event }) => event);
		expect(await passed({})).toEqual(events);
		expect(await passed({ guildId: locator(demo.serverId) })).toEqual(events);
		expect(await passed({ guildId: locator(demo.secondServerId) })).toEqual([]);
	});

	test('members who go online pass the channel filter if the event is chosen by name', () => {
		const chat = { id: '44', guild_id: '1' };
		const [event] = mapUpdate(
			{ channel_post: { chat, chat_members_online: [{ id: '5' }] } },
			demo.botId,
		);
		const name = (more: Partial<EventFilter>) =>
			event === undefined ? '' : matchEvent(event, { ...NO_FILTER, ...more }, demo.botId);
		const events: EventFilter['events'] = ['memberOnline'];
		expect(name({ events, channels: ['7'], servers: ['1'] })).toBe('memberOnline');
		expect(name({ events, channels: ['7'], servers: ['2'] })).toBeUndefined();
		expect(name({ events: ['any'], channels: ['7'], servers: ['1'] })).toBeUndefined();
	});

	test('the role filter excludes events without roles', async () => {
		const { fanbook } = harness;
		const filters = { roleIds: '523904175562982803' };
		const started = await during({ events: ['message', 'memberLeft'], filters }, () => {
			const { id } = fanbook.users.findOrCreate('Guest');
			fanbook.join(demo.serverId, id);
			fanbook.leave(demo.serverId, id);
			harness.say('member');
		});
		expect(started.map(({ event }) => event)).toEqual(['message']);
	});

	test('the user and role filters select events of those members', async () => {
		const { fanbook } = harness;
		const action = () => {
			const guest = fanbook.users.findOrCreate('Guest');
			fanbook.join(demo.serverId, guest.id);
			fanbook.say(demo.lobbyChannelId, guest.id, 'guest');
			harness.say('member');
		};
		const message = { events: ['message'] };
		const roleIds = '523904175562982803';
		expect(await texts({ ...message, filters: { userIds: demo.userId } }, action)).toEqual([
			'member',
		]);
		expect(await texts({ ...message, filters: { roleIds } }, action)).toEqual(['member']);
	});

	test('the message type filter selects messages of those types', async () => {
		const action = () => {
			harness.say('words');
			const image = { type: 'image', url: 'https://cdn.example.com/a.png' };
			harness.fanbook.say(demo.lobbyChannelId, demo.userId, image);
			const task = { type: 'task', content: { type: 'column', children: [] } };
			harness.fanbook.say(demo.lobbyChannelId, demo.userId, task);
		};
		const types = async (messageTypes: string[]) =>
			(await during({ messageTypes }, action)).map((item) => item.message_type);
		expect(await types(['image'])).toEqual(['image']);
		expect(await types(['other', 'text'])).toEqual(['text', 'task']);
		expect(await types([])).toEqual(['text', 'image', 'task']);
	});

	test('text, command, pattern and mention filters apply to messages only', async () => {
		const { fanbook } = harness;
		const action = () => {
			harness.say('Please HELP me');
			harness.say('/help with this');
			harness.say(`\${@!${demo.botId}} \${/help} again`);
			harness.say('/helpful');
			harness.say('order 66');
			harness.say('order 67');
			fanbook.leave(demo.serverId, fanbook.users.findOrCreate('Leaver').id);
		};
		const passed = async (filters: INodeParameters) => {
			fanbook.join(demo.serverId, fanbook.users.findOrCreate('Leaver').id);
			return (await during({ filters }, action)).map(({ event, text }) =>
				event === 'memberLeft' ? event : text,
			);
		};
		const mention = `\${@!${demo.botId}} \${/help} again`;
		expect(await passed({ contains: 'help me' })).toEqual(['Please HELP me', 'memberLeft']);
		expect(await passed({ commands: '/Help' })).toEqual(['/help with this', mention, 'memberLeft']);
		const orders = ['order 66', 'order 67', 'memberLeft'];
		expect(await passed({ pattern: '^order \\d+$' })).toEqual(orders);
		expect(await passed({ pattern: '/ORDER/gi' })).toEqual(orders);
		expect(await passed({ onlyMentions: true })).toEqual([mention, 'memberLeft']);
	});

	test('a command is split into name and arguments', async () => {
		const started = await during({ filters: { commands: 'help' } }, () => {
			harness.say(`\${@!${demo.botId}} /help  me, please `);
		});
		expect(started).toMatchObject([{ command: 'help', arguments: 'me, please' }]);
	});

	test.each([
		[{ filters: { pattern: '(' } }, /^"Text Matches Pattern" is not a valid regular expression/],
		[{ filters: { userIds: 'Bao' } }, /^"User Names or IDs" cannot contain "Bao"/],
		[{ filters: { userIds: 601200000000000513 } }, /^"User Names or IDs" is the number/],
		[{ channels: chosen('lobby') }, /^"Channel" cannot be "lobby"/],
		[{ events: [] }, /^"Events" is empty/],
	])(
		'the parameters %j are rejected with an explanation',
		async (parameters: INodeParameters, message) => {
			const n8n = harness.n8n(parameters);
			await expect(harness.activate(n8n)).rejects.toMatchObject({
				message: expect.stringMatching(message),
			});
		},
	);
});
