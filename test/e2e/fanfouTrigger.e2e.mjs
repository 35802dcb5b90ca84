/**
 * The Fanfou Trigger starts exactly one execution for each of 500 statuses that are posted in bursts,
 * while n8n is stopped three times and killed once.
 */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { createChain, EVERY_FIVE_SECONDS, node } from './support/host.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const STATUSES = 500;
const TRIGGER = 'New in my timeline';
const TIMELINE = 'statuses.home_timeline';
const CREDENTIAL = 'fanfouOAuth1Api';

/**
 * IDs of the statuses that were posted, the oldest first.
 *
 * @type {string[]}
 */
const posted = [];
/**
 * ID of the published workflow.
 *
 * @type {string | undefined}
 */
let workflow;

/** @param {Host} host */
async function publish(host) {
	const credentials = { [CREDENTIAL]: host.demo.credential(CREDENTIAL) };
	const parameters = { event: 'homeStatus', pollTimes: { item: EVERY_FIVE_SECONDS } };
	const id = await createChain(host, 'Fanfou bursts', [
		node(TRIGGER, 'fanfouTrigger', parameters, { credentials }),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	await host.n8n.activate(id);
	return id;
}

/**
 * Posts statuses as a user whom the account follows.
 *
 * @param {Host} host
 * @param {number} total of statuses that are posted afterwards
 */
async function postUpTo({ sandbox }, total) {
	while (posted.length < total) {
		const text = `status ${posted.length}`;
		const { id } = await sandbox.act('fanfou', 'post', { user: 'moyu', text });
		posted.push(id);
	}
}

/**
 * @param {Host} host
 * @returns {Promise<string[]>} IDs of the statuses that executions started with, the oldest execution first
 */
async function startedIds({ n8n }) {
	const executions = await n8n.executionIds(workflow);
	/** @type {string[]} */
	const ids = [];
	for (const id of executions.reverse()) {
		const execution = await n8n.finished(id);
		assert.equal(execution.status, 'success', execution.failure);
		ids.push(...execution.items(TRIGGER).map(({ json }) => json.id));
	}
	return ids;
}

/**
 * @param {Host} host
 * @returns {Promise<number>} how often the home timeline was requested
 */
async function countPolls({ sandbox }) {
	return (await sandbox.requests({ endpoint: TIMELINE })).length;
}

/**
 * Waits until the last status that was posted has started an execution.
 *
 * @param {Host} host
 */
async function lastStatusStarted(host) {
	await until(async () => (await startedIds(host)).includes(posted.at(-1) ?? ''), {
		what: 'the last status to start an execution',
		timeout: 60_000,
	});
}

/**
 * Waits for the next poll.
 *
 * @param {Host} host
 */
async function nextPoll(host) {
	const before = await countPolls(host);
	await until(async () => (await countPolls(host)) > before, { what: 'a poll' });
}

/**
 * Waits until a poll has sent its request, and delays the response.
 *
 * @param {Host} host
 */
async function delayedPoll({ sandbox }) {
	await sandbox.fault({ endpoint: TIMELINE, kind: 'delay', delayMs: 4_000 });
	await until(async () => (await sandbox.faults()).length === 0, { what: 'a request of a poll' });
}

test('A published Fanfou Trigger ignores the statuses that exist already', async (host) => {
	// n8n publishes in the background; the first poll determines where to begin.
	[workflow] = await Promise.all([publish(host), nextPoll(host)]);
	await nextPoll(host);
	assert.deepEqual(await startedIds(host), []);
	await postUpTo(host, 40);
	await lastStatusStarted(host);
});

test('Statuses that are posted while n8n is stopped start executions after its restart', async (host) => {
	await host.restart(() => postUpTo(host, 160));
	await lastStatusStarted(host);
});

test('No status is lost if n8n is stopped during a poll', async (host) => {
	await postUpTo(host, 200);
	await delayedPoll(host);
	await host.restart(() => postUpTo(host, 300));
	await lastStatusStarted(host);
});

test('No status is lost if n8n is killed during a poll', async (host) => {
	await postUpTo(host, 330);
	await delayedPoll(host);
	await host.process.kill();
	await host.restart(() => postUpTo(host, 400));
	await lastStatusStarted(host);
});

test('No status is lost that is posted while n8n starts', async (host) => {
	await Promise.all([host.restart(), postUpTo(host, 450)]);
	await postUpTo(host, STATUSES);
	await lastStatusStarted(host);
});

test('Each of the 500 statuses started exactly one execution', async (host) => {
	// Further polls must not start anything.
	await nextPoll(host);
	await nextPoll(host);
	assert.deepEqual(await startedIds(host), posted);
});

// Other tests expect the timelines as they were.
cleanUp(async ({ n8n, sandbox }) => {
	if (workflow) await n8n.deactivate(workflow);
	for (const status of posted) await sandbox.act('fanfou', 'delete', { status });
});
