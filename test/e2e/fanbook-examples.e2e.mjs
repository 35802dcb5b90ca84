/** The Fanbook example workflows, published and started by what people do in the sandbox. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { ALWAYS, listening } from './support/fanbook.mjs';

/** A member of the large server. */
const SOMEBODY = '601200000000001025';

/** Publishes an example while `use` runs. It gets a function that waits for the execution of a deed. */
async function published(host, name, use) {
	const { n8n, demo } = host;
	const id = demo.workflows[name];
	await listening(host, ALWAYS, 'only the example that always listens to do so');
	await n8n.activate(id);
	await listening(host, ALWAYS + 1, `"${name}" to listen`);
	try {
		await use(async (deed) => {
			const [last] = await n8n.executions(id, 1);
			const given = await deed();
			const started = await until(
				async () => {
					const [latest] = await n8n.executions(id, 1);
					return latest?.id === last?.id ? undefined : latest;
				},
				{ what: `"${name}" to start` },
			);
			const execution = await n8n.finished(started.id);
			assert.equal(execution.status, 'success', execution.failure);
			return { given, execution };
		});
	} finally {
		await n8n.deactivate(id);
		await listening(host, ALWAYS, `"${name}" to hang up`);
	}
}

/** The newest message of a channel. */
async function newest({ sandbox }, channelId) {
	const [message] = await sandbox.act('fanbook', 'messages', { channelId, last: 1 });
	return { ...message, content: contentOf(message) };
}

function contentOf({ content }) {
	return typeof content === 'string' ? JSON.parse(content) : content;
}

/** Says something in the lobby. */
function say({ sandbox }, text, userId = SOMEBODY) {
	const { lobbyChannelId: channelId } = sandbox.demo.fanbook;
	return sandbox.act('fanbook', 'say', { channelId, userId, text });
}

/** What of the requests since an entry of the request log broke Fanbook's contract. */
async function violations({ sandbox }, after) {
	const entries = await sandbox.requests({ service: 'fanbook', after });
	assert.ok(entries.length > 0, 'nothing was asked of Fanbook');
	return entries.flatMap((entry) =>
		entry.violations.map(({ message }) => `${entry.path}: ${message}`),
	);
}

/** Expects that what `use` makes n8n ask of Fanbook keeps to the contract. */
async function lawful(host, use) {
	const before = (await host.sandbox.requests()).at(-1)?.number ?? 0;
	await use();
	assert.deepEqual(await violations(host, before), []);
}

export const checks = {
	async 'Welcome bot: who joins is named in the channel and gets a private message'(host) {
		const { serverId, lobbyChannelId } = host.sandbox.demo.fanbook;
		await lawful(host, () =>
			published(host, 'Fanbook: welcome bot', async (after) => {
				const { given } = await after(() =>
					host.sandbox.act('fanbook', 'join', { serverId, nickname: 'Nova' }),
				);
				const greeting = await newest(host, lobbyChannelId);
				assert.ok(greeting.content.text.startsWith(`\${@!${given.userId}} Welcome!`));
				const chat = await host.sandbox.act('fanbook', 'privateChat', given);
				assert.match((await newest(host, chat.id)).content.text, /^Good to have you here!/);
			}),
		);
	},

	async 'Moderation: the message is gone, its author silent, the moderators know'(host) {
		const { lobbyChannelId, helpChannelId } = host.sandbox.demo.fanbook;
		await lawful(host, () =>
			published(host, 'Fanbook: moderation', async (after) => {
				const { given } = await after(() => say(host, 'Get your FREE COINS here'));
				const stored = await host.sandbox.act('fanbook', 'messages', {
					channelId: lobbyChannelId,
					last: 5,
				});
				assert.ok(!stored.some(({ message_id: id }) => id === given.message_id));
				await assert.rejects(say(host, 'May I speak?'));
				const report = (await newest(host, helpChannelId)).content.text;
				assert.match(report, new RegExp(`\\(${SOMEBODY}\\) wrote "Get your FREE COINS here"`));
			}),
		);
	},

	async 'Command bot: the menu comes up, a click is answered to its person and in the channel'(
		host,
	) {
		const { lobbyChannelId, userId } = host.sandbox.demo.fanbook;
		await lawful(host, () =>
			published(host, 'Fanbook: command bot', async (after) => {
				const { given: asked } = await after(() => say(host, '/menu', userId));
				const menu = await newest(host, lobbyChannelId);
				assert.equal(menu.quote_l1, asked.message_id);
				const { given: click } = await after(() =>
					host.sandbox.act('fanbook', 'clickButton', {
						messageId: menu.message_id,
						userId,
						data: 'hours',
					}),
				);
				assert.equal(
					(await newest(host, lobbyChannelId)).content.text,
					'We are open from ten to six.',
				);
				const { callbacks } = await host.sandbox.state('fanbook');
				const { answer } = callbacks.find(({ id }) => id === click.callbackId);
				assert.equal(answer, 'We are open from ten to six.');
			}),
		);
	},

	async 'Sign-in: a badge and a reaction; the next sign-in replaces the badge'(host) {
		const { userId, lobbyChannelId } = host.sandbox.demo.fanbook;
		await lawful(host, () =>
			published(host, 'Fanbook: sign-in with badge', async (after) => {
				const first = await after(() => say(host, '/签到', userId));
				const second = await after(() => say(host, '/sign-in', userId));
				const cards = [first, second].map(
					({ execution }) => execution.items('Give the badge')[0].json.card_id,
				);
				assert.match(cards[0], /^n8n-[0-9a-f]{24}$/);
				assert.equal(cards[1], cards[0]);
				const { message_id: id, reactions } = await newest(host, lobbyChannelId);
				assert.equal(id, second.given.message_id);
				assert.deepEqual(
					reactions.map(({ name, me }) => [decodeURIComponent(name), me]),
					[['赞', true]],
				);
			}),
		);
	},
};
