/**
 * What the Fanbook Trigger promises for chosen channels: 2,000 messages, the gateway cut at random,
 * n8n killed twice, and every message starts exactly one execution.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { parseFlatted } from '../../host/lib/flatted.mjs';
import { until } from '../../host/lib/processes.mjs';
import { ALWAYS } from './support/fanbook.mjs';

/** Two thousand executions take their time on a slow machine. */
export const longest = 1_200_000;

const MESSAGES = 2_000;
const CUTS = 20;
const TRIGGER = 'Everything said';
const LISTENERS = ALWAYS + 1;
/** Asked for at once: each is one execution with its data. */
const LANES = 10;

const sent = [];
let workflow;

/** The same numbers every time, from 0 to 1. */
function seeded(seed) {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

const random = seeded(20_260_731);
const cuts = new Set();
while (cuts.size < CUTS) cuts.add(Math.floor(random() * MESSAGES));

async function publish({ n8n, sandbox }) {
	const { lobbyChannelId, helpChannelId } = sandbox.demo.fanbook;
	const credential = (await n8n.credentials()).find(({ type }) => type === 'fanbookBotApi');
	const channel = [lobbyChannelId, helpChannelId].map((value) => ({
		channelId: { __rl: true, mode: 'id', value },
	}));
	const { id } = await n8n.createWorkflow({
		name: 'Recovery',
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-fanvue-fanfou-fanbook.fanbookTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { events: ['message'], channels: { channel } },
				credentials: { fanbookBotApi: { id: credential.id, name: credential.name } },
			},
			{
				id: 'end',
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	});
	await n8n.activate(id);
	// n8n answers before it has started the trigger, which begins with what comes after.
	await until(async () => (await listeners({ sandbox })) >= LISTENERS, {
		what: 'the trigger to listen',
	});
	return id;
}

/** How many gateway connections there are. */
async function listeners({ sandbox }) {
	return (await sandbox.act('fanbook', 'gateway')).open;
}

/** Says messages up to a number, in two channels, and cuts the gateway where it is due. */
async function say({ sandbox }, upTo) {
	const { lobbyChannelId, helpChannelId, userId } = sandbox.demo.fanbook;
	while (sent.length < upTo) {
		const number = sent.length;
		if (cuts.has(number)) await sandbox.act('fanbook', 'gateway', { cut: true });
		const channelId = number % 3 === 0 ? helpChannelId : lobbyChannelId;
		const text = `message ${number}`;
		const { message_id } = await sandbox.act('fanbook', 'say', { channelId, userId, text });
		sent.push(message_id);
	}
}

/**
 * Starts n8n until it stays up, as a supervisor does: after a crash n8n 2.41 goes through what was
 * running, and gives up on executions that had no start time yet.
 */
async function startAgain(host) {
	for (let attempt = 1; ; attempt += 1) {
		try {
			await host.restart();
			// Before it starts the triggers, n8n runs what was created and not begun.
			await until(async () => host.process.ended() || (await listeners(host)) >= LISTENERS, {
				what: 'the triggers to listen',
				timeout: 600_000,
			});
			if (!host.process.ended()) return;
		} catch (thrown) {
			if (!host.process.ended()) throw thrown;
		}
		if (attempt === 8) throw new Error(`n8n ended ${attempt} times while it started`);
	}
}

/** Kills n8n in the middle of its work, and starts it while people go on talking. */
async function killAndStart(host, upTo) {
	await host.process.kill();
	await Promise.all([startAgain(host), say(host, upTo)]);
}

/** The message each execution of the workflow began with, crashed ones included. */
async function startedWith({ n8n }) {
	const waiting = await n8n.executionIds(workflow);
	const messages = [];
	const lane = async () => {
		for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
			const { data, status } = await n8n.call('GET', `/rest/executions/${id}`);
			const { resultData, executionData } = parseFlatted(data);
			const items = [
				resultData?.runData?.[TRIGGER]?.[0]?.data?.main?.[0]?.[0],
				executionData?.nodeExecutionStack?.[0]?.data?.main?.[0]?.[0],
			].filter(Boolean);
			// What the trigger itself saves, such as a long outage, has no item. Of an execution that
			// n8n died in, its recovery may have put an item of its own in the place of the message.
			const real = items.find(({ json }) => !json.isArtificialRecoveredEventItem);
			if (items.length > 0) messages.push({ id: real?.json.message_id, status });
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	return messages;
}

/** How many executions there are. Asked seldom and for one row only: n8n is busy enough. */
async function countOf({ n8n }) {
	await pause(1_000);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
	const { count } = await n8n.call('GET', `/rest/executions?filter=${filter}&limit=1`);
	return count;
}

export const checks = {
	async 'A thousand messages are said, ten times without a gateway and once without n8n'(host) {
		workflow = await publish(host);
		await say(host, 600);
		await killAndStart(host, 800);
		await say(host, 1_000);
	},

	async 'Another thousand, and n8n is killed once more'(host) {
		await say(host, 1_400);
		await killAndStart(host, 1_600);
		await say(host, MESSAGES);
	},

	async 'Every message has started exactly one execution'(host) {
		await until(async () => (await countOf(host)) >= MESSAGES, {
			what: 'all executions',
			timeout: longest - 60_000,
		}).catch(() => undefined);
		const started = await startedWith(host);
		const known = started.filter(({ id }) => id !== undefined);
		const counts = new Map();
		for (const { id } of known) counts.set(id, (counts.get(id) ?? 0) + 1);
		const missing = sent.filter((id) => !counts.has(id));
		const repeated = [...counts].filter(([, times]) => times > 1);
		const crashed = started.filter(({ status }) => status !== 'success');
		// Executions whose message n8n's recovery has overwritten stand for one message each.
		const overwritten = started.length - known.length;
		console.log(
			`      sent ${sent.length}, started ${started.length} (${crashed.length} of them crashed with n8n, which overwrote the message of ${overwritten}), missing ${missing.length - overwritten}, repeated ${repeated.length}`,
		);
		assert.deepEqual(repeated, []);
		assert.equal(missing.length, overwritten, `missing: ${missing.join(', ')}`);
		assert.equal(started.length, MESSAGES);
	},
};
