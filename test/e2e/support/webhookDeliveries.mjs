/** What the tests of the Fanvue Trigger under load and through crashes have in common. */
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoCredential } from '../../../host/lib/demo.mjs';
import { until } from '../../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './count.mjs';
import { PUBLISHED_CONNECTIONS } from './fanbook.mjs';
import { createChain, node } from './host.mjs';
import { countExecutions, startAfterCrash } from './recovery.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

/**
 * @typedef {object} Delivery
 * @property {string} id
 * @property {string[]} statuses of the responses, `none` without one, `200 (starting)` of an n8n that
 *   accepts everything because it is being started
 */

const TYPE = 'fanvueOAuth2Api';
const TRIGGER = 'Fanvue';
const ONCE = 'Once';
const SECRET = 'whsec_of_the_load_test';
const ACCEPTED = '200';
/** What n8n responds, with status 200, to each request before its database is migrated. */
const STARTING_TEXT = 'n8n is starting up';
const STARTING = '200 (starting)';

/**
 * Publishes a workflow that starts with deliveries.
 *
 * @param {Host} host
 * @param {string} name
 * @param {import('../../../host/lib/types.ts').WorkflowNode[]} [next] the nodes after the trigger
 * @returns {Promise<{ id: string, url: string }>}
 */
export async function publishWebhook(host, name, next = [node(ONCE, 'n8n-nodes-base.noOp')]) {
	const { data } = demoCredential(host.sandbox, TYPE);
	const credential = await host.n8n.createCredential({
		name,
		type: TYPE,
		data: { ...data, advanced: true, webhookSigningSecret: SECRET },
	});
	const webhookId = randomUUID();
	const parameters = { registration: 'manual', events: ['*'] };
	const more = { webhookId, credentials: { [TYPE]: credential } };
	const id = await createChain(host, name, [
		node(TRIGGER, 'fanvueTrigger', parameters, more),
		...next,
	]);
	await host.n8n.activate(id);
	const url = `${host.url}/webhook/${webhookId}/fanvue`;
	await until(async () => (await fetch(url)).ok, { what: 'the webhook to respond' });
	return { id, url };
}

/** @returns the nodes that let each delivery pass once, as docs/fanvueTrigger.md describes */
export function onlyOnce() {
	const parameters = {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.id }}',
		options: { historySize: 10_000 },
	};
	return [
		node('Remove Duplicates', 'n8n-nodes-base.removeDuplicates', parameters, { typeVersion: 2 }),
		node(ONCE, 'n8n-nodes-base.noOp'),
	];
}

/**
 * Sends a signed delivery once.
 *
 * @param {string} url
 * @param {string} id
 * @param {number} timeoutMs
 * @returns {Promise<string>} the status of the response, as in `Delivery`
 */
async function post(url, id, timeoutMs) {
	const body = JSON.stringify({
		id,
		type: 'creator.message.received',
		timestamp: new Date().toISOString(),
		data: {
			message: { uuid: id, text: id },
			fan: { uuid: 'fan-1' },
			creator: { uuid: 'creator-1' },
		},
	});
	const time = Math.floor(Date.now() / 1000);
	const signature = createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex');
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-fanvue-signature': `t=${time},v0=${signature}`,
			},
			body,
			signal: AbortSignal.timeout(timeoutMs),
		});
		const text = await response.text();
		return text.startsWith(STARTING_TEXT) ? STARTING : String(response.status);
	} catch {
		return 'none';
	}
}

/** @param {readonly string[]} statuses */
const isEnded = (statuses) => [ACCEPTED, STARTING].includes(statuses.at(-1) ?? '');

/**
 * Sends a delivery until it is accepted.
 *
 * @param {string} url
 * @param {string} id
 * @param {object} options
 * @param {readonly number[]} options.delaysMs before the repetitions
 * @param {number} options.timeoutMs for each attempt
 * @returns {Promise<Delivery>}
 */
export async function deliver(url, id, { delaysMs, timeoutMs }) {
	const statuses = [await post(url, id, timeoutMs)];
	for (const delay of delaysMs) {
		if (isEnded(statuses)) break;
		await sleep(delay);
		statuses.push(await post(url, id, timeoutMs));
	}
	return { id, statuses };
}

/**
 * Counts texts and joins the counts to one.
 *
 * @param {readonly string[]} texts
 */
export function tally(texts) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return [...counts].map(([text, count]) => `${count} × ${text}`).join(', ');
}

/**
 * Compares what was delivered with what n8n stored, and asserts that all deliveries were accepted, that
 * each has started an execution unless n8n was being started, and that none has started two without a
 * reason.
 *
 * @param {Host} host
 * @param {string} workflow
 * @param {Delivery[]} deliveries
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.test
 * @param {number} [options.kills]
 * @param {(statuses: string[]) => boolean} options.mayRepeat whether a delivery with these responses may
 *   have started two executions
 */
export async function judgeDeliveries(host, workflow, deliveries, options) {
	const { name, test, kills, mayRepeat } = options;
	// When n8n starts, it runs the executions that it had stored and not started.
	await startAfterCrash(host, PUBLISHED_CONNECTIONS);
	let count = -1;
	await until(
		async () => {
			const before = count;
			count = await countExecutions(host, workflow);
			if (count !== before) return false;
			const executions = await readExecutions(host, workflow, TRIGGER);
			return executions.every(({ status }) => !['running', 'new'].includes(status));
		},
		{ what: 'the executions to end', timeout: 300_000 },
	);
	const executions = await readExecutions(host, workflow, TRIGGER);
	const ids = deliveries.map(({ id }) => id);
	const statuses = new Map(deliveries.map((delivery) => [delivery.id, delivery.statuses]));
	const taken = ids.filter((id) => statuses.get(id)?.at(-1) === ACCEPTED);
	const { lost, missing, repeated, foreign } = compare(ids, executions);
	const lostTaken = compare(taken, executions).lost;
	const unexpected = repeated.filter((id) => !mayRepeat(statuses.get(id) ?? []));
	/** @type {Map<string, number>} */
	const passes = new Map();
	for (const { lastNode, ids: passed } of executions)
		if (lastNode === ONCE) for (const id of passed) passes.set(id, (passes.get(id) ?? 0) + 1);
	const passedTwice = [...passes].filter(([, times]) => times > 1).map(([id]) => id);
	const describe = (/** @type {string[]} */ list) =>
		tally(list.map((id) => (statuses.get(id) ?? []).join(' ')));
	const tries = deliveries.reduce((sum, delivery) => sum + delivery.statuses.length, 0);
	process.stdout.write(
		[
			`      ${name}:`,
			`delivered ${ids.length} in ${tries} tries`,
			`responses ${tally(deliveries.flatMap((delivery) => delivery.statuses))}`,
			`executions ${executions.length} (${tally(executions.map(({ status }) => status))})`,
			`lost ${lost} (${describe(missing)})`,
			`of these although n8n was not being started ${lostTaken}`,
			`started twice ${repeated.length} (${describe(repeated)})`,
			`of these without a reason ${unexpected.length}`,
			`passed to the last node twice ${passedTwice.length} (${describe(passedTwice)})\n`,
		].join('\n        '),
	);
	addEventRow(name, {
		tried: ids.length,
		lost: lostTaken,
		repeated: unexpected.length,
		kills,
		test,
	});
	assert.deepEqual(
		deliveries.filter((delivery) => !isEnded(delivery.statuses)),
		[],
	);
	assert.equal(lostTaken, 0);
	assert.deepEqual(unexpected, []);
	assert.deepEqual(foreign, []);
}
