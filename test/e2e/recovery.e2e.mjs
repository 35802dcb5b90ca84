/**
 * The Fanbook Trigger starts exactly one execution for each of 2,000 messages in chosen channels, while
 * the gateway is disconnected at random and n8n is killed twice.
 */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './support/count.mjs';
import { PUBLISHED_CONNECTIONS } from './support/fanbook.mjs';
import { createChain, node } from './support/host.mjs';
import { countExecutions, openConnections, startAfterCrash } from './support/recovery.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

/** Two thousand executions take long on a slow machine. */
const TEST_TIMEOUT_MS = 1_200_000;

const MESSAGES = 2_000;
const DISCONNECTIONS = 20;
const TRIGGER = 'Everything said';
const CREDENTIAL = 'fanbookBotApi';
const CONNECTIONS = PUBLISHED_CONNECTIONS + 1;

/**
 * IDs of the messages that were sent, the oldest first.
 *
 * @type {string[]}
 */
const sent = [];
let workflow = '';

/**
 * Returns a generator of the same numbers between 0 and 1 in every run.
 *
 * @param {number} seed
 */
function seededRandom(seed) {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

const random = seededRandom(20_260_731);
/** @type {Set<number>} */
const disconnections = new Set();
while (disconnections.size < DISCONNECTIONS) disconnections.add(Math.floor(random() * MESSAGES));

/** @param {Host} host */
async function publish(host) {
	const { lobbyChannelId, helpChannelId } = host.sandbox.demo.fanbook;
	const channel = [lobbyChannelId, helpChannelId].map((value) => ({
		channelId: { __rl: true, mode: 'id', value },
	}));
	const parameters = { events: ['message'], channels: { channel } };
	const credentials = { [CREDENTIAL]: host.demo.credential(CREDENTIAL) };
	const id = await createChain(host, 'Recovery', [
		node(TRIGGER, 'fanbookTrigger', parameters, { credentials }),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	await host.n8n.activate(id);
	// n8n responds before it has started the trigger, which reports only later messages.
	await until(async () => (await openConnections(host)) >= CONNECTIONS, {
		what: 'the trigger to connect',
	});
	return id;
}

/**
 * Sends messages to two channels, and disconnects the gateway before some of them.
 *
 * @param {Host} host
 * @param {number} total of messages that are sent afterwards
 */
async function sendUpTo({ sandbox }, total) {
	const { lobbyChannelId, helpChannelId, userId } = sandbox.demo.fanbook;
	while (sent.length < total) {
		const number = sent.length;
		if (disconnections.has(number)) await sandbox.act('fanbook', 'gateway', { cut: true });
		const channelId = number % 3 === 0 ? helpChannelId : lobbyChannelId;
		const text = `message ${number}`;
		const { message_id: id } = await sandbox.act('fanbook', 'say', { channelId, userId, text });
		sent.push(id);
	}
}

/**
 * Kills n8n during its work, and starts it while further messages are sent.
 *
 * @param {Host} host
 * @param {number} total of messages that are sent afterwards
 */
async function killAndStart(host, total) {
	await host.process.kill();
	await Promise.all([startAfterCrash(host, CONNECTIONS), sendUpTo(host, total)]);
}

test(
	'A thousand messages are sent, through ten disconnections and one crash of n8n',
	async (host) => {
		workflow = await publish(host);
		await sendUpTo(host, 600);
		await killAndStart(host, 800);
		await sendUpTo(host, 1_000);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);

test(
	'Another thousand messages are sent through a second crash of n8n',
	async (host) => {
		await sendUpTo(host, 1_400);
		await killAndStart(host, 1_600);
		await sendUpTo(host, MESSAGES);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);

test(
	'Each of the 2,000 messages started exactly one execution',
	async (host) => {
		await until(async () => (await countExecutions(host, workflow)) >= MESSAGES, {
			what: 'all executions',
			timeout: TEST_TIMEOUT_MS - 60_000,
		}).catch(() => undefined);
		const all = await readExecutions(host, workflow, TRIGGER);
		// An execution that the trigger itself saves, for example for a long outage, has no message.
		const executions = all.filter(({ ids, isReplaced }) => ids.length > 0 || isReplaced);
		const { lost, repeated, foreign } = compare(sent, executions);
		const crashed = executions.filter(({ status }) => status !== 'success').length;
		const replaced = executions.filter(({ isReplaced }) => isReplaced).length;
		process.stdout.write(
			`      sent ${sent.length}, started ${executions.length} (${crashed} crashed with n8n, which replaced the message of ${replaced}), lost ${lost}, repeated ${repeated.length}\n`,
		);
		addEventRow(`Fanbook Trigger, gateway: ${DISCONNECTIONS} disconnections, n8n killed twice`, {
			tried: MESSAGES,
			lost,
			repeated: repeated.length,
			kills: 2,
			test: 'test/e2e/recovery.e2e.mjs',
		});
		assert.equal(lost, 0);
		assert.deepEqual(repeated, []);
		assert.deepEqual(foreign, []);
		assert.equal(executions.length, MESSAGES);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
