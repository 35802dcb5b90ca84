/**
 * Forty tasks in the words of users, for an AI agent that has a tool for each of them at once. The model
 * on this machine has no knowledge: it chooses the tool whose name and description share the most words
 * with the task, so wrong choices show names and descriptions that a model could confuse. A first call is
 * right if the sandbox received the expected request, or if the tool returned the expected preview.
 */
import assert from 'node:assert/strict';
import { node } from './support/host.mjs';
import { startModel } from './support/model.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('./support/model.mjs').Tool} Tool */

/**
 * @typedef {object} Task
 * @property {string} say what the user writes
 * @property {string} tool resource and operation of the expected tool, e.g. `fanvue chat getAll`
 * @property {string} name the tool's name as n8n proposes it: the action and the node
 * @property {Record<string, unknown>} [fixed] parameters that the workflow sets
 * @property {Record<string, string>} [input] parameters that the model fills in, with its values
 * @property {string} [request] method and end of the path of the expected request
 * @property {string} [previews] the request that must not be sent, because the tool returns a preview
 */

/** @param {string} value an ID for a resource locator */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** Parameters of tools that are resource locators. */
const LOCATORS = new Set([
	'userUuid',
	'uuid',
	'messageUuid',
	'id',
	'user',
	'guildId',
	'server',
	'chatId',
	'channelId',
	'userId',
	'targetGuildId',
	'targetUid',
]);

/**
 * @param {Host} host
 * @returns {Promise<Task[]>}
 */
async function createTasks({ sandbox }) {
	const { demo } = sandbox;
	/** @type {{ users: Array<{ uuid: string, handle: string }>, posts: Array<{ uuid: string }> }} */
	const { users, posts } = await sandbox.state('fanvue');
	const felix = users.find(({ handle }) => handle === 'felix')?.uuid ?? '';
	const post = posts[0]?.uuid ?? '';
	/** @type {{ statuses: Array<{ id: string }> }} */
	const { statuses } = await sandbox.state('fanfou');
	const status = statuses.find((one) => JSON.stringify(one).includes('"demo"'))?.id ?? '';
	const { serverId, lobbyChannelId, userId } = demo.fanbook;
	const lobby = { server: serverId, chatId: lobbyChannelId };
	/** @type {Task[]} */
	const fanvue = [
		{
			say: 'Send Felix a message on Fanvue: Good morning!',
			tool: 'fanvue message send',
			name: 'Send a message',
			input: { userUuid: felix, text: 'Good morning!' },
			request: `POST /chats/${felix}/message`,
		},
		{
			say: 'Post "New set tonight" on Fanvue for my subscribers, create it now',
			tool: 'fanvue post create',
			name: 'Create a post',
			fixed: { audience: 'subscribers' },
			input: { text: 'New set tonight' },
			previews: 'POST /posts',
		},
		{
			say: 'Who are my subscribers on Fanvue?',
			tool: 'fanvue fan getSubscribers',
			name: 'Get subscribers',
			request: 'GET /subscribers',
		},
		{
			say: 'List my followers on Fanvue',
			tool: 'fanvue fan getFollowers',
			name: 'Get followers',
			request: 'GET /followers',
		},
		{
			say: 'Show all my chats on Fanvue',
			tool: 'fanvue chat getAll',
			name: 'Get many chats',
			request: 'GET /chats',
		},
		{
			say: 'How many unread things do I have on Fanvue, the unread counts?',
			tool: 'fanvue chat getUnreadCounts',
			name: 'Get unread counts',
			request: 'GET /chats/unread',
		},
		{
			say: 'What did Felix write to me on Fanvue?',
			tool: 'fanvue message getAll',
			name: 'Get many messages',
			input: { userUuid: felix },
			request: `GET /chats/${felix}/messages`,
		},
		{
			say: 'Show my top spenders on Fanvue',
			tool: 'fanvue insight getTopSpenders',
			name: 'Get top spenders',
			request: 'GET /insights/top-spenders',
		},
		{
			say: 'Give me a summary of my Fanvue earnings',
			tool: 'fanvue insight getEarningsSummary',
			name: 'Get an earnings summary',
			request: 'GET /insights/earnings/summary',
		},
		{
			say: 'List the posts that I have on Fanvue',
			tool: 'fanvue post getAll',
			name: 'Get many posts',
			request: 'GET /posts',
		},
		{
			say: 'Delete my newest Fanvue post',
			tool: 'fanvue post delete',
			name: 'Delete a post',
			input: { uuid: post },
			previews: `DELETE /posts/${post}`,
		},
		{
			say: 'Which media are in my Fanvue vault?',
			tool: 'fanvue media getAll',
			name: 'Get many media',
			input: {},
			request: 'GET /media',
		},
		{
			say: 'Create a tracking link on Fanvue named spring',
			tool: 'fanvue trackingLink create',
			name: 'Create a tracking link',
			fixed: { externalSocialPlatform: 'other' },
			input: { name: 'spring' },
			request: 'POST /tracking-links',
		},
		{
			say: 'Which account is connected to Fanvue?',
			tool: 'fanvue user getMe',
			name: 'Get the connected account',
			request: 'GET /users/me',
		},
	];
	/** @type {Task[]} */
	const fanfou = [
		{
			say: 'Post a status on Fanfou: 今天天气真好',
			tool: 'fanfou status create',
			name: 'Post a status',
			input: { status: '今天天气真好' },
			previews: 'POST /statuses/update.json',
		},
		{
			say: 'What is new on my Fanfou home timeline?',
			tool: 'fanfou timeline getHome',
			name: 'Get the home timeline',
			request: 'GET /statuses/home_timeline.json',
		},
		{
			say: 'Who mentioned me on Fanfou? Get my mentions',
			tool: 'fanfou timeline getMentions',
			name: 'Get mentions',
			request: 'GET /statuses/mentions.json',
		},
		{
			say: 'Search Fanfou statuses for 读书',
			tool: 'fanfou search searchStatuses',
			name: 'Search statuses',
			input: { q: '读书' },
			request: 'GET /search/public_timeline.json',
		},
		{
			say: 'Find the user named moyu on Fanfou, search users',
			tool: 'fanfou search searchUsers',
			name: 'Search users',
			input: { q: 'moyu' },
			request: 'GET /search/users.json',
		},
		{
			say: 'Send a direct message on Fanfou to moyu: 晚上好',
			tool: 'fanfou directMessage send',
			name: 'Send a direct message',
			input: { user: 'moyu', text: '晚上好' },
			request: 'POST /direct_messages/new.json',
		},
		{
			say: 'Which direct messages did I get on Fanfou? The received ones',
			tool: 'fanfou directMessage getManyReceived',
			name: 'Get many received direct messages',
			request: 'GET /direct_messages/inbox.json',
		},
		{
			say: 'Follow the user moyu on Fanfou',
			tool: 'fanfou friendship follow',
			name: 'Follow a user',
			input: { id: 'moyu' },
			previews: 'POST /friendships/create.json',
		},
		{
			say: 'Block the user moyu on Fanfou',
			tool: 'fanfou block create',
			name: 'Block a user',
			input: { id: 'moyu' },
			previews: 'POST /blocks/create.json',
		},
		{
			say: 'Delete this status from Fanfou',
			tool: 'fanfou status delete',
			name: 'Delete a status',
			input: { id: status },
			previews: 'POST /statuses/destroy.json',
		},
		{
			say: 'Add this status to my Fanfou favorites as a favorite',
			tool: 'fanfou favorite create',
			name: 'Add a favorite',
			input: { id: status },
			previews: 'POST /favorites/create',
		},
		{
			say: 'Show the trends on Fanfou',
			tool: 'fanfou trend getAll',
			name: 'Get many trends',
			request: 'GET /trends/list.json',
		},
		{
			say: 'Show the profile of the user moyu on Fanfou',
			tool: 'fanfou user get',
			name: 'Get a user',
			input: { id: 'moyu' },
			request: 'GET /users/show.json',
		},
	];
	/** @type {Task[]} */
	const fanbook = [
		{
			say: 'Send a message to the lobby on Fanbook: Hello all',
			tool: 'fanbook message send',
			name: 'Send a message',
			fixed: { sendTo: 'channel' },
			input: { ...lobby, text: 'Hello all' },
			request: 'POST /sendMessage',
		},
		{
			say: 'Read the newest messages of the lobby on Fanbook',
			tool: 'fanbook message getAll',
			name: 'Get many messages',
			input: { server: serverId, channelId: lobbyChannelId },
			request: 'POST /message/getList',
		},
		{
			say: 'Which channels does the Fanbook server have?',
			tool: 'fanbook channel getAll',
			name: 'Get many channels',
			input: { guildId: serverId },
			request: 'POST /channel/list',
		},
		{
			say: 'List the roles of the Fanbook server',
			tool: 'fanbook role getAll',
			name: 'Get many roles',
			input: { guildId: serverId },
			request: 'POST /getGuildRoles',
		},
		{
			say: 'How many members does the Fanbook server have? The member count',
			tool: 'fanbook server getMemberCount',
			name: 'Get the member count of a server',
			input: { guildId: serverId },
			request: 'POST /getGuildMembersCount',
		},
		{
			say: 'Search the Fanbook members by the nickname Ada',
			tool: 'fanbook member searchByNickname',
			name: 'Search members by nickname',
			input: { guildId: serverId, query: 'Ada' },
			request: 'POST /searchGuildMember',
		},
		{
			say: 'Kick this member from the Fanbook server',
			tool: 'fanbook member kick',
			name: 'Kick a member',
			input: { guildId: serverId, userId },
			previews: 'POST /kickChatMember',
		},
		{
			say: 'Mute this member on Fanbook for an hour',
			tool: 'fanbook member mute',
			name: 'Mute a member',
			fixed: { durationInSecond: 3600 },
			input: { targetGuildId: serverId, targetUid: userId },
			previews: 'POST /forbidden',
		},
		{
			say: 'Get the Fanbook server with its name',
			tool: 'fanbook server get',
			name: 'Get a server',
			input: { guildId: serverId },
			request: 'POST /guild',
		},
		{
			say: 'Which emojis does the Fanbook server have?',
			tool: 'fanbook server getEmojis',
			name: 'Get the emojis of a server',
			input: { guildId: serverId },
			request: 'GET /guild/emoji',
		},
		{
			say: 'Which invites does the Fanbook server have?',
			tool: 'fanbook invite getAll',
			name: 'Get many invites',
			input: { guildId: serverId },
			request: 'POST /invite/guildList',
		},
		{
			say: 'Who are you on Fanbook? Get the bot',
			tool: 'fanbook bot get',
			name: 'Get the bot',
			request: 'GET /getMe',
		},
		{
			say: 'Which commands does the bot have on Fanbook?',
			tool: 'fanbook bot getCommands',
			name: 'Get the commands of the bot',
			request: 'GET /getMyCommands',
		},
	];
	return [...fanvue, ...fanfou, ...fanbook];
}

/** @type {Record<string, string>} */
const SERVICES = { fanvue: 'Fanvue', fanfou: 'Fanfou', fanbook: 'Fanbook' };
/** @type {Record<string, string>} */
const CREDENTIALS = {
	fanvue: 'fanvueOAuth2Api',
	fanfou: 'fanfouOAuth1Api',
	fanbook: 'fanbookBotApi',
};

/** @param {Task} task */
function partsOf({ tool, name }) {
	const [type = '', resource = '', operation = ''] = tool.split(' ');
	const title = `${name} in ${SERVICES[type] ?? ''}`;
	return { type, resource, operation, title, called: title.replace(/[^A-Za-z0-9_-]/g, '_') };
}

/**
 * Returns the tool of a task: each parameter that the model fills in is a `$fromAI` of its name.
 *
 * @param {Host} host
 * @param {Task} task
 */
function toolNode({ demo }, task) {
	const { type, resource, operation, title } = partsOf(task);
	const filled = Object.keys(task.input ?? {}).map((name) => {
		const expression = `={{ $fromAI('${name}', '', 'string') }}`;
		return [name, LOCATORS.has(name) ? byId(expression) : expression];
	});
	const parameters = { resource, operation, ...task.fixed, ...Object.fromEntries(filled) };
	const credential = CREDENTIALS[type] ?? '';
	const credentials = { [credential]: demo.credential(credential) };
	return node(title, `${type}Tool`, parameters, { credentials });
}

/**
 * Words of users that every model understands as these words of the tools.
 *
 * @type {Record<string, string[]>}
 */
const MEANINGS = {
	list: ['get', 'many'],
	show: ['get'],
	which: ['get', 'many'],
	who: ['get'],
	read: ['get', 'many'],
	write: ['many', 'message'],
};

const COMMON = new Set(
	'a an and the of to on in is my me it for this that what do does with have i you'.split(' '),
);

/** @param {string} text */
function wordsOf(text) {
	const words = text.toLowerCase().match(/[a-z]{1,30}/g) ?? [];
	return new Set(words.map((word) => word.replace(/s$/, '')).filter((word) => !COMMON.has(word)));
}

/**
 * Chooses the tool that shares the most words with a task; rare words count more, and the name twice.
 *
 * @param {string} text
 * @param {Tool[]} tools
 * @returns {string} the name of the tool
 */
function chooseTool(text, tools) {
	const described = tools.map(({ name, description = '' }) => ({
		name,
		inName: wordsOf(name.replaceAll('_', ' ')),
		all: wordsOf(`${name.replaceAll('_', ' ')} ${description}`),
	}));
	const wanted = [...wordsOf(text)].flatMap((word) => [word, ...(MEANINGS[word] ?? [])]);
	/** @param {string} word */
	const weight = (word) => 1 / (1 + described.filter(({ all }) => all.has(word)).length);
	const scored = described.map(({ name, inName, all }) => ({
		name,
		score: wanted.reduce(
			(sum, word) =>
				sum + (all.has(word) ? weight(word) : 0) + (inName.has(word) ? weight(word) : 0),
			// Of equal tools, the one with fewer other words is meant.
			-inName.size / 1000,
		),
	}));
	scored.sort((a, b) => b.score - a.score);
	return scored[0]?.name ?? '';
}

/** @type {Array<Awaited<ReturnType<typeof startModel>>>} */
const models = [];

test('An AI agent calls the right tool first in at least 38 of 40 tasks', async (host) => {
	const { n8n, sandbox } = host;
	const tasks = await createTasks(host);
	assert.equal(tasks.length, 40);
	const before = await sandbox.lastRequestNumber();
	/** @type {Map<string, { chosen: string, result: string }>} */
	const calls = new Map();
	const model = await startModel(({ messages, definitions }) => {
		const said = JSON.stringify(messages.findLast(({ role }) => role === 'user')?.content);
		const task = tasks.find(({ say }) => said.includes(JSON.stringify(say).slice(1, -1)));
		assert.ok(task, said);
		const call = calls.get(task.say);
		if (call === undefined) {
			const chosen = chooseTool(task.say, definitions);
			calls.set(task.say, { chosen, result: '' });
			return { tool: chosen, input: task.input ?? {} };
		}
		call.result = String(messages.at(-1)?.content);
		return 'Done.';
	});
	models.push(model);
	const { id: credential, name } = await n8n.createCredential({
		name: 'Model of the tasks',
		type: 'openAiApi',
		data: { apiKey: 'no secret', url: model.url },
	});
	const tools = tasks.map((task) => toolNode(host, task));
	/** @type {(name: string, kind: string) => object} */
	const to = (target, kind) => ({ [kind]: [[{ node: target, type: kind, index: 0 }]] });
	const { id } = await n8n.createWorkflow({
		name: 'Tasks',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node(
				'List',
				'n8n-nodes-base.set',
				{ mode: 'raw', jsonOutput: JSON.stringify({ tasks: tasks.map(({ say }) => say) }) },
				{ typeVersion: 3.4 },
			),
			node('Tasks', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'tasks', options: {} }),
			node(
				'Agent',
				'@n8n/n8n-nodes-langchain.agent',
				{ promptType: 'define', text: '={{ $json.tasks }}' },
				{ typeVersion: 3 },
			),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				{},
				{ typeVersion: 1.2, credentials: { openAiApi: { id: credential, name } } },
			),
			...tools,
		],
		connections: {
			Start: to('List', 'main'),
			List: to('Tasks', 'main'),
			Tasks: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			...Object.fromEntries(tools.map((tool) => [tool.name, to('Agent', 'ai_tool')])),
		},
	});
	const execution = await n8n.runToEnd(id, 'Start', 120_000);
	assert.equal(execution.status, 'success', execution.failure);
	const wrong = [];
	for (const task of tasks) {
		const { chosen = '', result = '' } = calls.get(task.say) ?? {};
		const { type, called } = partsOf(task);
		const requests = await sandbox.requests({ service: type, after: before });
		/** @param {string} expected */
		const isSent = (expected) => {
			const [method = '', path = ''] = expected.split(' ');
			return requests.some(
				(one) => one.method === method && one.path.endsWith(path) && one.status < 300,
			);
		};
		const isRight =
			task.previews === undefined
				? isSent(task.request ?? '')
				: /needs_confirmation|需要确认/.test(result) && !isSent(task.previews);
		if (chosen !== called || !isRight) {
			wrong.push(`${task.say} -> ${chosen}: ${result.slice(0, 300)}`);
		}
	}
	const right = tasks.length - wrong.length;
	const lines = [`${right} of ${tasks.length} first calls are right`, ...wrong];
	process.stdout.write(lines.map((line) => `    ${line}\n`).join(''));
	assert.ok(right >= 38, wrong.join('\n'));
});

cleanUp(async () => {
	await Promise.all(models.map((model) => model.close()));
});
