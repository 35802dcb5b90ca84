/**
 * What the Fanfou Trigger promises: 500 statuses in bursts while n8n is stopped three times and killed
 * once, and every status starts exactly one execution.
 */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';

const STATUSES = 500;
const TRIGGER = 'New in my timeline';
/** n8n wants polls at least a minute apart, but takes several clocks that are. */
const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 5} * * * * *`,
}));
const TIMELINE = 'statuses.home_timeline';

const said = [];
let workflow;

async function publish({ n8n }) {
	const credential = (await n8n.credentials()).find(({ type }) => type === 'fanfouOAuth1Api');
	const { id } = await n8n.createWorkflow({
		name: 'Fanfou bursts',
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-fanvue-fanfou-fanbook.fanfouTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					event: 'homeStatus',
					pollTimes: { item: EVERY_FIVE_SECONDS },
				},
				credentials: { fanfouOAuth1Api: { id: credential.id, name: credential.name } },
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
	return id;
}

/** Posts as somebody the account follows, up to a number. */
async function say({ sandbox }, upTo) {
	while (said.length < upTo) {
		const text = `status ${said.length}`;
		const { id } = await sandbox.act('fanfou', 'post', { user: 'moyu', text });
		said.push(id);
	}
}

/** IDs of the statuses that executions began with, the oldest execution first. */
async function startedWith({ n8n }) {
	const executions = await n8n.executionIds(workflow);
	const ids = [];
	for (const id of executions.toReversed()) {
		const execution = await n8n.finished(id);
		assert.equal(execution.status, 'success', execution.failure);
		ids.push(...execution.items(TRIGGER).map(({ json }) => json.id));
	}
	return ids;
}

/** How often the home timeline was asked for. */
async function polls({ sandbox }) {
	return (await sandbox.requests({ endpoint: TIMELINE })).length;
}

/** Waits until the last status that was posted has started an execution. */
async function caughtUp(host) {
	await until(async () => (await startedWith(host)).includes(said.at(-1)), {
		what: 'the last status to start an execution',
		timeout: 60_000,
	});
}

/** Waits for the next poll. */
async function pollEnds(host) {
	const before = await polls(host);
	await until(async () => (await polls(host)) > before, { what: 'a poll' });
}

/** Waits until a poll has asked, and lets it wait for its answer. */
async function pollWaits({ sandbox }) {
	await sandbox.fault({ endpoint: TIMELINE, kind: 'delay', delayMs: 4_000 });
	await until(async () => (await sandbox.faults()).length === 0, { what: 'a poll to ask' });
}

export const checks = {
	async 'The trigger starts from now'(host) {
		// n8n publishes in the background; the first poll finds out where to begin.
		[workflow] = await Promise.all([publish(host), pollEnds(host)]);
		await pollEnds(host);
		assert.deepEqual(await startedWith(host), []);
		await say(host, 40);
		await caughtUp(host);
	},

	async 'Statuses that are posted while n8n is down are read when it is back'(host) {
		await host.restart(() => say(host, 160));
		await caughtUp(host);
	},

	async 'n8n may be stopped while a poll is under way'(host) {
		await say(host, 200);
		await pollWaits(host);
		await host.restart(() => say(host, 300));
		await caughtUp(host);
	},

	async 'It may be killed then, too'(host) {
		await say(host, 330);
		await pollWaits(host);
		await host.process.kill();
		await host.restart(() => say(host, 400));
		await caughtUp(host);
	},

	async 'Statuses may come while n8n starts'(host) {
		await Promise.all([host.restart(), say(host, 450)]);
		await say(host, STATUSES);
		await caughtUp(host);
	},

	async 'Each of the 500 statuses has started exactly one execution'(host) {
		// One more poll, which must bring nothing.
		await pollEnds(host);
		await pollEnds(host);
		assert.deepEqual(await startedWith(host), said);
	},
};

/** The other checks want the timelines as they were. */
export async function after({ n8n, sandbox }) {
	if (workflow) await n8n.deactivate(workflow);
	for (const status of said) await sandbox.act('fanfou', 'delete', { status });
}
