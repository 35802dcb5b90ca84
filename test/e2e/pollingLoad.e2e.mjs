/**
 * The polling triggers when far more rows appear between two polls than a page holds, and others
 * disappear: each row starts the workflow once, counted by ID from n8n's database.
 */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './support/count.mjs';
import { createChain, EVERY_FIVE_SECONDS, node } from './support/host.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const FILE = 'test/e2e/pollingLoad.e2e.mjs';
const TRIGGER = 'New';
const TEST_TIMEOUT_MS = 300_000;

/** Fanfou's pages have 60 statuses, and a poll reads 30 pages; Fanvue's have 50 messages. */
const STATUSES = 1_500;
const DELETED = 200;
const MESSAGES = 600;
/** Fans who write the other half of the messages. */
const FANS = 10;

/** @type {string[]} IDs of published workflows */
const published = [];
/** @type {string[]} IDs of statuses that still exist */
let statuses = [];

/**
 * Publishes a workflow with a polling trigger, and waits for its second poll: the first one determines
 * where to begin.
 *
 * @param {Host} host
 * @param {string} type
 * @param {string} credential
 * @param {{ event: string, endpoint: string }} list
 */
async function publish(host, type, credential, { event, endpoint }) {
	const credentials = { [credential]: host.demo.credential(credential) };
	const parameters = { event, pollTimes: { item: EVERY_FIVE_SECONDS } };
	const id = await createChain(host, `Bursts for ${type}`, [
		node(TRIGGER, type, parameters, { credentials }),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	published.push(id);
	const after = await host.sandbox.lastRequestNumber();
	await host.n8n.activate(id);
	await until(async () => (await host.sandbox.requests({ endpoint, after })).length > 3, {
		what: 'the second poll',
	});
	return id;
}

/**
 * Waits until the last row has started an execution and two more polls have found nothing, and asserts
 * that each row has started exactly one.
 *
 * @param {Host} host
 * @param {string} workflow
 * @param {string[]} sent
 * @param {{ name: string, endpoint: string, mayBeMissing?: string[] }} row
 */
async function startedOnce(host, workflow, sent, { name, endpoint, mayBeMissing = [] }) {
	const optional = new Set(mayBeMissing);
	const expected = sent.filter((id) => !optional.has(id));
	const read = async () => await readExecutions(host, workflow, TRIGGER);
	await until(async () => compare(expected, await read()).lost === 0, {
		what: 'all rows to start executions',
		timeout: 120_000,
	}).catch(() => undefined);
	const after = await host.sandbox.lastRequestNumber();
	await until(async () => (await host.sandbox.requests({ endpoint, after })).length > 3, {
		what: 'two more polls',
	});
	const executions = await read();
	const { lost } = compare(expected, executions);
	const { repeated, foreign } = compare(sent, executions);
	process.stdout.write(
		`      ${name}: ${expected.length} rows, executions ${executions.length}, lost ${lost}, repeated ${repeated.length}\n`,
	);
	addEventRow(name, { tried: expected.length, lost, repeated: repeated.length, test: FILE });
	assert.equal(lost, 0);
	assert.deepEqual(repeated, []);
	assert.deepEqual(foreign, []);
}

test(
	'1,500 statuses between two polls start the workflow once each, while others are deleted',
	async (host) => {
		const { sandbox } = host;
		const endpoint = 'statuses.home_timeline';
		const list = { event: 'homeStatus', endpoint };
		const workflow = await publish(host, 'fanfouTrigger', 'fanfouOAuth1Api', list);
		const post = async (/** @type {number} */ number) => {
			const { id } = await sandbox.act('fanfou', 'post', { user: 'moyu', text: `burst ${number}` });
			return id;
		};
		const numbers = Array.from({ length: STATUSES + DELETED }, (_, number) => number);
		/** @type {string[]} */
		const sent = [];
		for (const number of numbers) sent.push(await post(number));
		const deleted = sent.filter((_, index) => index % 8 === 3).slice(0, DELETED);
		for (const status of deleted) await sandbox.act('fanfou', 'delete', { status });
		const gone = new Set(deleted);
		statuses = sent.filter((id) => !gone.has(id));
		const name = `Fanfou Trigger: ${STATUSES} statuses between two polls, ${DELETED} others deleted`;
		await startedOnce(host, workflow, sent, { name, endpoint, mayBeMissing: deleted });
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);

test(
	'600 messages of 11 fans between two polls start the workflow once each',
	async (host) => {
		const endpoint = 'listChats';
		const list = { event: 'newMessage', endpoint };
		const workflow = await publish(host, 'fanvuePollingTrigger', 'fanvueOAuth2Api', list);
		/** @type {string[]} */
		const sent = [];
		for (let number = 0; number < MESSAGES; number += 1) {
			// Half of the messages are from one fan, more than six pages of one chat.
			const other = `fan${String(1 + (((number - 1) / 2) % FANS)).padStart(3, '0')}`;
			const fan = number % 2 === 0 ? 'felix' : other;
			const message = { text: `burst ${number}`, fan };
			sent.push((await host.sandbox.act('fanvue', 'message', message)).uuid);
		}
		const name = `Fanvue Polling Trigger: ${MESSAGES} messages in ${FANS + 1} chats between two polls`;
		await startedOnce(host, workflow, sent, { name, endpoint });
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);

// Other tests expect the timelines as they were.
cleanUp(async ({ n8n, sandbox }) => {
	for (const id of published) await n8n.deactivate(id);
	for (const status of statuses) await sandbox.act('fanfou', 'delete', { status });
});
