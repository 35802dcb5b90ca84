/** The Fanbook example workflows, published and started by what members do in the sandbox. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { connections, PUBLISHED_CONNECTIONS } from './support/fanbook.mjs';
import { channelMessages, contractViolations } from './support/host.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').Json} Json */

/**
 * @callback StartedBy runs an action and waits for the execution that it starts
 * @param {() => Promise<Json>} action
 * @returns {Promise<{ result: Json, execution: import('../../host/lib/rest.mjs').Execution }>}
 */

/** A member of the large server. */
const MEMBER = '601200000000001025';

/**
 * Publishes an example while `use` runs, and asserts that its requests follow Fanbook's contract.
 *
 * @param {Host} host
 * @param {string} name of the example
 * @param {(startedBy: StartedBy) => Promise<void>} use
 */
async function whilePublished(host, name, use) {
	const { n8n, demo } = host;
	const id = demo.workflowId(name);
	const lastRequest = await host.sandbox.lastRequestNumber();
	await connections(host, PUBLISHED_CONNECTIONS, 'only one example to be connected');
	await n8n.activate(id);
	await connections(host, PUBLISHED_CONNECTIONS + 1, `"${name}" to connect`);
	try {
		await use(async (action) => {
			const [last] = await n8n.executions(id, 1);
			const result = await action();
			const started = await until(
				async () => {
					const [latest] = await n8n.executions(id, 1);
					return latest?.id === last?.id ? undefined : latest;
				},
				{ what: `"${name}" to start` },
			);
			const execution = await n8n.finished(started.id);
			assert.equal(execution.status, 'success', execution.failure);
			return { result, execution };
		});
	} finally {
		await n8n.deactivate(id);
		await connections(host, PUBLISHED_CONNECTIONS, `"${name}" to disconnect`);
	}
	assert.deepEqual(await contractViolations(host, 'fanbook', lastRequest), []);
}

/**
 * @param {Host} host
 * @param {string} channelId
 * @returns {Promise<Json>} the latest message of a channel
 */
async function latestMessage(host, channelId) {
	const [message] = await channelMessages(host, channelId);
	return message;
}

/**
 * Sends a message to the lobby.
 *
 * @param {Host} host
 * @param {string} text
 * @param {string} [userId]
 * @returns {Promise<Json>}
 */
function sendMessage({ sandbox }, text, userId = MEMBER) {
	const { lobbyChannelId: channelId } = sandbox.demo.fanbook;
	return sandbox.act('fanbook', 'say', { channelId, userId, text });
}

test(
	'The welcome bot mentions a new member in the channel and sends a private message',
	async (host) => {
		const { serverId, lobbyChannelId } = host.sandbox.demo.fanbook;
		await whilePublished(host, 'Fanbook: welcome bot', async (startedBy) => {
			const { result } = await startedBy(() =>
				host.sandbox.act('fanbook', 'join', { serverId, nickname: 'Nova' }),
			);
			const greeting = await latestMessage(host, lobbyChannelId);
			assert.ok(greeting.content.text.startsWith(`\${@!${result.userId}} Welcome!`));
			const chat = await host.sandbox.act('fanbook', 'privateChat', result);
			assert.match((await latestMessage(host, chat.id)).content.text, /^Good to have you here!/);
		});
	},
	{ requires: ['webSocket'] },
);

test(
	'The moderation example deletes a message, mutes its author and informs the moderators',
	async (host) => {
		const { lobbyChannelId, helpChannelId } = host.sandbox.demo.fanbook;
		await whilePublished(host, 'Fanbook: moderation', async (startedBy) => {
			const { result } = await startedBy(() => sendMessage(host, 'Get your FREE COINS here'));
			const stored = await channelMessages(host, lobbyChannelId, 5);
			assert.ok(!stored.some(({ message_id: id }) => id === result.message_id));
			await assert.rejects(sendMessage(host, 'May I speak?'));
			const report = (await latestMessage(host, helpChannelId)).content.text;
			assert.match(report, new RegExp(`\\(${MEMBER}\\) wrote "Get your FREE COINS here"`));
		});
	},
	{ requires: ['webSocket'] },
);

test(
	'The command bot shows a menu and responds to a click for its user and in the channel',
	async (host) => {
		const { lobbyChannelId, userId } = host.sandbox.demo.fanbook;
		await whilePublished(host, 'Fanbook: command bot', async (startedBy) => {
			const { result: command } = await startedBy(() => sendMessage(host, '/menu', userId));
			const menu = await latestMessage(host, lobbyChannelId);
			assert.equal(menu.quote_l1, command.message_id);
			const { result: click } = await startedBy(() =>
				host.sandbox.act('fanbook', 'clickButton', {
					messageId: menu.message_id,
					userId,
					data: 'hours',
				}),
			);
			const { content } = await latestMessage(host, lobbyChannelId);
			assert.equal(content.text, 'We are open from ten to six.');
			/** @type {{ callbacks: Array<{ id: string, answer: string }> }} */
			const { callbacks } = await host.sandbox.state('fanbook');
			const callback = callbacks.find(({ id }) => id === click.callbackId);
			assert.equal(callback?.answer, 'We are open from ten to six.');
		});
	},
	{ requires: ['webSocket'] },
);

test(
	'The sign-in example gives a badge and a reaction, and the next sign-in replaces the badge',
	async (host) => {
		const { userId, lobbyChannelId } = host.sandbox.demo.fanbook;
		await whilePublished(host, 'Fanbook: sign-in with badge', async (startedBy) => {
			const first = await startedBy(() => sendMessage(host, '/签到', userId));
			const second = await startedBy(() => sendMessage(host, '/sign-in', userId));
			const cards = [first, second].map(
				({ execution }) => execution.firstItem('Give the badge').json.card_id,
			);
			assert.match(cards[0], /^n8n-[0-9a-f]{24}$/);
			assert.equal(cards[1], cards[0]);
			const { message_id: id, reactions } = await latestMessage(host, lobbyChannelId);
			assert.equal(id, second.result.message_id);
			assert.deepEqual(
				reactions.map((/** @type {{ name: string, me: boolean }} */ { name, me }) => [
					decodeURIComponent(name),
					me,
				]),
				[['赞', true]],
			);
		});
	},
	{ requires: ['webSocket'] },
);
