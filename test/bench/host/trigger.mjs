/** The Fanbook Trigger and n8n's Webhook node with the same events, in turns. */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { demoCredentials } from '../../../host/lib/demo.mjs';
import { environmentFor } from '../../../host/lib/runtime.mjs';
import { until } from '../../../host/lib/processes.mjs';
import { createChain, node } from '../../e2e/support/host.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */
/** @typedef {{ sentAt: number, startedAt: number, stoppedAt: number }} Run */

const run = promisify(execFile);
const READ_EXECUTIONS = join(import.meta.dirname, 'readExecutions.mjs');
const WEBHOOK_PATH = 'bench';

/** Requests to the webhook at the same time. */
const WEBHOOK_CONNECTIONS = 50;

/**
 * Waits until all events of a burst have run.
 *
 * @param {Host} host
 * @param {{ workflowId: string, name: string, count: number }} burst
 * @returns {Promise<Run[]>}
 */
async function runsOf({ runtime, userFolder }, { workflowId, name, count }) {
	const file = join(userFolder, '.n8n', 'database.sqlite');
	return await until(
		async () => {
			await pause(500);
			const { stdout } = await run(
				runtime.node,
				['--disable-warning=ExperimentalWarning', READ_EXECUTIONS, file, workflowId, name],
				{ env: environmentFor(runtime), maxBuffer: 2 ** 28 },
			);
			/** @type {Run[]} */
			const runs = JSON.parse(stdout);
			return runs.length >= count ? runs : undefined;
		},
		{ what: `${count} executions of ${name}`, timeout: 240_000 },
	);
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function percentile(values, share) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}

/** @param {Run[]} runs */
function summary(runs) {
	const delays = runs.map(({ sentAt, startedAt }) => startedAt - sentAt);
	const times = runs.map(({ sentAt, stoppedAt }) => stoppedAt - sentAt);
	const first = Math.min(...runs.map(({ sentAt }) => sentAt));
	const last = Math.max(...runs.map(({ stoppedAt }) => stoppedAt));
	return {
		perSecond: (runs.length * 1000) / (last - first),
		p50Ms: percentile(delays, 0.5),
		p99Ms: percentile(delays, 0.99),
		endP50Ms: percentile(times, 0.5),
	};
}

/**
 * Posts events to the webhook.
 *
 * @param {string} url
 * @param {{ name: string, count: number, perSecond?: number }} burst
 */
async function post(url, { name, count, perSecond }) {
	const start = performance.now();
	let number = 0;
	/** @param {number} current */
	const send = async (current) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				channel_id: '463992311181737001',
				guild_id: '463992311181737002',
				author: { nickname: 'Bao', username: '1234567' },
				content: { type: 'text', text: `${name} ${current} sent ${Date.now()}` },
			}),
		});
		await response.arrayBuffer();
		if (!response.ok) throw new Error(`The webhook responded with ${response.status}`);
	};
	if (perSecond === undefined) {
		const worker = async () => {
			while (number < count) {
				number += 1;
				await send(number - 1);
			}
		};
		await Promise.all(Array.from({ length: WEBHOOK_CONNECTIONS }, worker));
		return;
	}
	/** @type {Array<Promise<void>>} */
	const sent = [];
	for (; number < count; number += 1) {
		const left = start + (number * 1000) / perSecond - performance.now();
		if (left > 0) await pause(left);
		sent.push(send(number));
	}
	await Promise.all(sent);
}

/**
 * @param {Host} host
 * @param {{ rounds: number, burst: number, perSecond: number, seconds: number }} input
 */
export async function measureTrigger(host, { rounds, burst, perSecond, seconds }) {
	const source = fork(join(import.meta.dirname, '../eventSource.ts'), {
		execArgv: ['--import', 'tsx'],
	});
	try {
		const [{ urls }] = await once(source, 'message');
		/** @param {object} message */
		const ask = async (message) => {
			source.send(message);
			const [reply] = await once(source, 'message');
			return reply;
		};
		const demo = demoCredentials({ ...host.sandbox, urls }).find(
			({ type }) => type === 'fanbookBotApi',
		);
		if (!demo) throw new Error('There is no credential for Fanbook');
		const made = await host.n8n.createCredential({ ...demo, name: 'Fanbook (events)' });
		const last = node('Last', 'n8n-nodes-base.noOp');
		const triggerId = await createChain(host, 'Events of Fanbook', [
			node(
				'Fanbook Trigger',
				'fanbookTrigger',
				{ connectionMode: 'gateway', events: ['message'], options: {} },
				{ credentials: { fanbookBotApi: { id: made.id, name: made.name } } },
			),
			last,
		]);
		const webhookId = await createChain(host, 'Events of a webhook', [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				{ httpMethod: 'POST', path: WEBHOOK_PATH, responseMode: 'onReceived', options: {} },
				{ typeVersion: 2, webhookId: WEBHOOK_PATH },
			),
			last,
		]);
		await host.n8n.activate(triggerId);
		await host.n8n.activate(webhookId);
		await until(async () => (await ask({})).open > 0, { what: 'the trigger to connect' });
		const url = `${host.url}/webhook/${WEBHOOK_PATH}`;

		/**
		 * @param {'trigger' | 'webhook'} side
		 * @param {{ name: string, count: number, perSecond?: number }} events
		 */
		const measure = async (side, events) => {
			if (side === 'trigger') await ask(events);
			else await post(url, events);
			const workflowId = side === 'trigger' ? triggerId : webhookId;
			return summary(await runsOf(host, { workflowId, ...events }));
		};
		for (const side of /** @type {const} */ (['trigger', 'webhook']))
			await measure(side, { name: `warmup-${side}`, count: 20 });
		/** @type {Record<'trigger' | 'webhook', { bursts: object[], paced: object[] }>} */
		const results = {
			trigger: { bursts: [], paced: [] },
			webhook: { bursts: [], paced: [] },
		};
		for (let round = 0; round < rounds; round += 1) {
			for (const side of /** @type {const} */ (['trigger', 'webhook'])) {
				const name = `${side}-${round}`;
				results[side].bursts.push(await measure(side, { name: `burst-${name}`, count: burst }));
				results[side].paced.push(
					await measure(side, { name: `paced-${name}`, count: perSecond * seconds, perSecond }),
				);
			}
		}
		await host.n8n.deactivate(triggerId);
		await host.n8n.deactivate(webhookId);
		return results;
	} finally {
		source.disconnect();
	}
}
