/**
 * Ten minutes of messages, deliveries, polls and lost connections: afterwards n8n holds no more memory,
 * sockets, timers and listeners than after the first minutes.
 */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './support/count.mjs';
import { createChain, EVERY_FIVE_SECONDS, node } from './support/host.mjs';
import { soakProbe } from './support/soakProbe.mjs';
import { cleanUp, test } from './support/test.mjs';
import { deliver, publishWebhook } from './support/webhookDeliveries.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const FILE = 'test/e2e/soak.e2e.mjs';
const MINUTES = 10;
const TEST_TIMEOUT_MS = (MINUTES + 10) * 60_000;
const TRIGGER = 'Event';
const WEBHOOK = 'Fanvue';
const SECONDS_BETWEEN_DISCONNECTIONS = 20;
const SECONDS_BETWEEN_POSTS = 5;
/** Before a delivery that was not accepted is repeated. */
const REPEAT = { delaysMs: [2_000, 4_000, 8_000, 16_000], timeoutMs: 30_000 };
/** Samples, four a minute: two minutes after the first three are compared with the last two minutes. */
const WARM_UP_SAMPLES = 12;
const COMPARED_SAMPLES = 8;

/**
 * How much more n8n may hold at the end than after the first minutes.
 *
 * @type {Record<string, number>}
 */
const TOLERANCES = {
	heapMb: 15,
	externalMb: 15,
	/** Only printed: the system does not take back at once what n8n has freed. */
	rssMb: Infinity,
	sockets: 6,
	timers: 15,
	contexts: 2,
	listeners: 0,
	warnings: 0,
};

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * @param {Host} host
 * @returns {Promise<{ fanbook: string, webhook: string, url: string, fanfou: string, fanvue: string }>} IDs
 *   of published workflows, and the URL of the webhook
 */
async function publish(host) {
	const { demo, n8n, sandbox } = host;
	const { lobbyChannelId, helpChannelId: value } = sandbox.demo.fanbook;
	const channels = { channel: [{ channelId: { __rl: true, mode: 'id', value } }] };
	/** @param {string} type */
	const credentials = (type) => ({ credentials: { [type]: demo.credential(type) } });
	const fanbook = await createChain(host, 'Soak: Fanbook', [
		node(
			TRIGGER,
			'fanbookTrigger',
			{ events: ['message'], channels },
			credentials('fanbookBotApi'),
		),
		node(
			'Reply',
			'fanbook',
			{
				resource: 'message',
				operation: 'send',
				sendTo: 'channel',
				messageType: 'text',
				chatId: { __rl: true, mode: 'id', value: lobbyChannelId },
				text: '=seen {{ $json.message_id }}',
			},
			credentials('fanbookBotApi'),
		),
	]);
	const { id: webhook, url } = await publishWebhook(host, 'Soak: webhook');
	const pollTimes = { item: EVERY_FIVE_SECONDS };
	const fanfou = await createChain(host, 'Soak: Fanfou', [
		node(
			TRIGGER,
			'fanfouTrigger',
			{ event: 'homeStatus', pollTimes },
			credentials('fanfouOAuth1Api'),
		),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	const fanvue = await createChain(host, 'Soak: Fanvue', [
		node(
			TRIGGER,
			'fanvuePollingTrigger',
			{ event: 'newMessage', pollTimes },
			credentials('fanvueOAuth2Api'),
		),
		node('Me', 'fanvue', { resource: 'user', operation: 'getMe' }, credentials('fanvueOAuth2Api')),
	]);
	for (const id of [fanbook, fanfou, fanvue]) await n8n.activate(id);
	await until(async () => (await sandbox.act('fanbook', 'gateway')).open >= 2, {
		what: 'the trigger to connect',
	});
	return { fanbook, webhook, url, fanfou, fanvue };
}

cleanUp(() => rmSync(soakProbe.file, { force: true }));

test(
	'After ten minutes of load n8n holds no more memory, sockets, timers and listeners than before',
	async (host) => {
		const { sandbox } = host;
		const { fanbook, webhook, url, fanfou, fanvue } = await publish(host);
		const { helpChannelId: channelId, userId } = sandbox.demo.fanbook;
		/** @type {string[]} */
		const messages = [];
		/** @type {Array<ReturnType<typeof deliver>>} */
		const open = [];
		const start = Date.now();
		for (let second = 0; second < MINUTES * 60; second += 1) {
			const text = `soak ${second}`;
			messages.push((await sandbox.act('fanbook', 'say', { channelId, userId, text })).message_id);
			open.push(deliver(url, `soak-${second}`, REPEAT));
			if (second % SECONDS_BETWEEN_DISCONNECTIONS === 0)
				await sandbox.act('fanbook', 'gateway', { cut: true });
			if (second % SECONDS_BETWEEN_POSTS === 0) {
				await sandbox.act('fanfou', 'post', { user: 'moyu', text });
				await sandbox.act('fanvue', 'message', { text });
			}
			await sleep(Math.max(start + (second + 1) * 1000 - Date.now(), 0));
		}
		const deliveries = await Promise.all(open);
		const samples = readFileSync(soakProbe.file, 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		const first = samples.slice(WARM_UP_SAMPLES, WARM_UP_SAMPLES + COMPARED_SAMPLES);
		const last = samples.slice(-COMPARED_SAMPLES);
		/** @type {string[]} */
		const grown = [];
		for (const [name, tolerance] of Object.entries(TOLERANCES)) {
			const [before, after] = [first, last].map((list) => median(list.map((one) => one[name])));
			process.stdout.write(`      ${name}: ${before?.toFixed(1)} → ${after?.toFixed(1)}\n`);
			if (!((after ?? NaN) - (before ?? NaN) <= tolerance)) grown.push(name);
		}
		await until(
			async () => compare(messages, await readExecutions(host, fanbook, TRIGGER)).lost === 0,
			{ what: 'the last messages to start executions', timeout: 90_000 },
		).catch(() => undefined);
		for (const { name, workflow, trigger, sent } of [
			{
				name: `Fanbook Trigger: ${MINUTES} minutes with 30 lost connections`,
				workflow: fanbook,
				trigger: TRIGGER,
				sent: messages,
			},
			{
				name: `Fanvue Trigger: ${MINUTES} minutes`,
				workflow: webhook,
				trigger: WEBHOOK,
				sent: deliveries.map(({ id }) => id),
			},
		]) {
			const executions = await readExecutions(host, workflow, trigger);
			const { lost, repeated } = compare(sent, executions);
			addEventRow(name, { tried: sent.length, lost, repeated: repeated.length, test: FILE });
			assert.equal(lost, 0, name);
			assert.deepEqual(repeated, [], name);
		}
		for (const id of [fanbook, webhook, fanfou, fanvue]) await host.n8n.deactivate(id);
		assert.deepEqual(
			deliveries.filter(({ statuses }) => statuses.at(-1) !== '200'),
			[],
		);
		assert.ok(samples.length >= MINUTES * 3, `${samples.length} samples`);
		assert.deepEqual(grown, []);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
