/**
 * Fanvue in a real n8n: a token that many items share, the webhook from publishing to unpublishing, and the
 * polling trigger, both also across a restart.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { demoCredential } from '../../host/lib/demo.mjs';
import { connectOAuth2 } from '../../host/lib/oauthLogin.mjs';
import { until } from '../../host/lib/processes.mjs';
import { webhooksFor, webhooksOf } from './support/fanvue.mjs';
import { createChain, EVERY_FIVE_SECONDS, node } from './support/host.mjs';
import { collectSecrets, filesBelow, findInFile } from './support/secrets.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').Json} Json */
/** @typedef {import('../../host/lib/types.ts').CredentialReference} CredentialReference */

/** @typedef {'webhook' | 'polling'} TriggerKind */

const TYPE = 'fanvueOAuth2Api';
const ITEMS = 50;
const RECEIVED = 'creator.message.received';
const PAID = 'creator.payment.succeeded';
/** Every signing secret of Fanvue begins with this. */
const SIGNING_SECRET = 'whsec_';

/**
 * IDs of the workflows with the two triggers, once they are published.
 *
 * @type {Record<TriggerKind, string>}
 */
const published = { webhook: '', polling: '' };
/**
 * UUIDs of the messages that were sent since each trigger was published.
 *
 * @type {Record<TriggerKind, string[]>}
 */
const sent = { webhook: [], polling: [] };

/**
 * Creates a workflow that gets the signed-in Fanvue account for each of many items.
 *
 * @param {Host} host
 * @param {CredentialReference} credential
 * @param {number} items
 */
function createGetMe(host, { id, name }, items) {
	return createChain(host, `Fanvue: ${items} × ${name}`, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Items',
			'n8n-nodes-base.code',
			{ jsCode: `return Array.from({ length: ${items} }, (_, n) => ({ json: { n } }));` },
			{ typeVersion: 2 },
		),
		node(
			'Me',
			'fanvue',
			{ resource: 'user', operation: 'getMe', options: { concurrency: 50 } },
			{ credentials: { [TYPE]: { id, name } } },
		),
	]);
}

/**
 * Creates and publishes a workflow that a trigger starts.
 *
 * @param {Host} host
 * @param {TriggerKind} kind
 * @param {string} type of the trigger node
 * @param {object} parameters
 */
async function publish(host, kind, type, parameters) {
	const credentials = { [TYPE]: host.demo.credential(TYPE) };
	published[kind] = await createChain(host, `Fanvue ${kind}`, [
		node('Fanvue', type, parameters, { webhookId: randomUUID(), credentials }),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	await host.n8n.activate(published[kind]);
}

/**
 * Delivers an event to the webhook.
 *
 * @param {Host} host
 * @param {object} delivery
 * @returns {Promise<number[]>} the status codes of n8n's responses
 */
async function deliver({ sandbox }, delivery) {
	/** @type {Array<{ statuses: number[] }>} */
	const deliveries = await sandbox.act('fanvue', 'deliver', {
		type: RECEIVED,
		once: true,
		...delivery,
	});
	return deliveries.flatMap(({ statuses }) => statuses);
}

/**
 * Sends a message as a fan.
 *
 * @param {Host} host
 * @param {string} text
 * @param {string} [fan]
 * @returns {Promise<string>} the UUID of the message
 */
async function sendMessage({ sandbox }, text, fan = 'felix') {
	const { uuid } = await sandbox.act('fanvue', 'message', { text, fan });
	if (published.webhook) sent.webhook.push(uuid);
	if (published.polling) sent.polling.push(uuid);
	return uuid;
}

/**
 * @param {Host} host
 * @param {TriggerKind} kind
 * @returns {Promise<Json[]>} the items that executions of a published workflow started with, the oldest
 *   first
 */
async function startedItems({ n8n }, kind) {
	const executions = await n8n.executions(published[kind], 100);
	/** @type {Json[]} */
	const items = [];
	for (const { id } of executions.reverse()) {
		const execution = await n8n.finished(id);
		// The trigger saves a failed execution for a delivery that it rejects.
		if (execution.failure?.includes('A delivery of Fanvue was rejected')) continue;
		assert.equal(execution.status, 'success', execution.failure);
		items.push(...execution.items('Fanvue').map(({ json }) => json));
	}
	return items;
}

/**
 * Waits until executions have started with at least this number of items.
 *
 * @param {Host} host
 * @param {TriggerKind} kind
 * @param {number} count
 */
function itemsStarted(host, kind, count) {
	return until(
		async () => {
			const items = await startedItems(host, kind);
			return items.length >= count ? items : undefined;
		},
		{ what: `${count} items to start executions` },
	);
}

test('Fifty items with an expired token refresh it once', async (host) => {
	const { n8n, sandbox, demo } = host;
	const id = await createGetMe(host, demo.credential(TYPE), ITEMS);
	await collectSecrets(host);
	await sandbox.act('fanvue', 'expireTokens');
	const before = await sandbox.act('fanvue', 'tokenCounts');
	const from = await sandbox.lastRequestNumber();
	const execution = await n8n.runToEnd(id, 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	const handles = execution.items('Me').map(({ json }) => json.handle);
	assert.deepEqual(handles, Array(ITEMS).fill('mira'));
	const calls = await sandbox.requests({ endpoint: 'getCurrentUser', after: from });
	const rejected = calls.filter(({ status }) => status === 401).length;
	assert.ok(rejected > 1, `only ${rejected} requests used the expired token`);
	const after = await sandbox.act('fanvue', 'tokenCounts');
	assert.deepEqual(after, { ...before, refreshes: before.refreshes + 1 });
});

test('The error of a revoked connection explains how to reconnect', async (host) => {
	const { data } = demoCredential(host.sandbox, TYPE);
	const credential = await host.n8n.createCredential({
		name: 'Fanvue, revoked',
		type: TYPE,
		data,
	});
	await connectOAuth2(host.n8n, credential.id, { account: 'oriane' });
	const id = await createGetMe(host, credential, 1);
	assert.equal((await host.n8n.runToEnd(id, 'Start')).status, 'success');
	await host.sandbox.act('fanvue', 'revoke', { account: 'oriane' });
	const execution = await host.n8n.runToEnd(id, 'Start');
	assert.equal(execution.status, 'error');
	assert.match(execution.failure ?? '', /Open the credential and reconnect it/);
});

test('Publishing registers the webhook with Fanvue, and a message starts an execution', async (host) => {
	await publish(host, 'webhook', 'fanvueTrigger', {
		registration: 'automatic',
		events: [RECEIVED],
		options: {},
	});
	await webhooksFor(host, [RECEIVED]);
	const uuid = await sendMessage(host, 'Hello 你好');
	const [item] = await itemsStarted(host, 'webhook', 1);
	const { raw, id, timestamp, fan, creator, message, ...rest } = item;
	assert.deepEqual(rest, { event: RECEIVED, generation: 2 });
	assert.deepEqual(
		{ uuid: message.uuid, text: message.text, sender: message.sender },
		{ uuid, text: 'Hello 你好', sender: 'fan' },
	);
	assert.equal(fan.handle, 'felix');
	assert.match(creator.uuid, /^[\da-f-]{36}$/);
	assert.equal(raw.id, id);
	assert.equal(new Date(timestamp).toISOString(), timestamp);
});

test('Only a signed, recent and new delivery starts an execution, in any order', async (host) => {
	const { length } = await startedItems(host, 'webhook');
	assert.deepEqual(await deliver(host, { id: 'evt-tampered', tampered: true }), [401]);
	assert.deepEqual(await deliver(host, { id: 'evt-old', ageSeconds: 600 }), [401]);
	assert.deepEqual(await deliver(host, { id: 'evt-early', ageSeconds: -600 }), [401]);
	assert.deepEqual(await deliver(host, { id: 'evt-3' }), [200]);
	assert.deepEqual(await deliver(host, { id: 'evt-1', copies: 3 }), [200, 200, 200]);
	assert.deepEqual(await deliver(host, { id: 'evt-3' }), [200]);
	assert.deepEqual(await deliver(host, { id: 'evt-2' }), [200]);
	const items = await itemsStarted(host, 'webhook', length + 3);
	assert.deepEqual(
		items.slice(length).map(({ id }) => id),
		['evt-3', 'evt-1', 'evt-2'],
	);
});

test('Each of several simultaneous deliveries starts one execution', async (host) => {
	const { length } = await startedItems(host, 'webhook');
	const ids = Array.from({ length: 4 }, (_, index) => `evt-burst-${index}`);
	// On a busy machine n8n may respond too late, and Fanvue then repeats a delivery.
	const twice = () => Promise.all([...ids, ...ids].map((id) => deliver(host, { id, once: false })));
	for (const statuses of await twice()) assert.equal(statuses.at(-1), 200);
	for (const statuses of await twice()) assert.equal(statuses.at(-1), 200);
	await itemsStarted(host, 'webhook', length + ids.length);
	await deliver(host, { id: 'evt-last', once: false });
	const items = await itemsStarted(host, 'webhook', length + ids.length + 1);
	assert.deepEqual(
		items
			.slice(length)
			.map(({ id }) => id)
			.sort(),
		[...ids, 'evt-last'].sort(),
	);
});

test('Publishing with other events replaces the webhook', async (host) => {
	const { n8n } = host;
	const [before] = await webhooksOf(host);
	const { nodes } = await n8n.workflow(published.webhook);
	for (const { name, parameters } of nodes) {
		if (name === 'Fanvue') parameters.events = [RECEIVED, PAID];
	}
	await n8n.updateWorkflow({ id: published.webhook, nodes });
	await n8n.activate(published.webhook);
	const [webhook] = await webhooksFor(host, [RECEIVED, PAID]);
	assert.notEqual(webhook?.id, before?.id);
	const { length } = await startedItems(host, 'webhook');
	await host.sandbox.act('fanvue', 'tip', { amount: 700 });
	const items = await itemsStarted(host, 'webhook', length + 1);
	assert.equal(items.at(-1).payment.amountCents, 700);
});

test('A restart keeps the webhook, and both triggers neither lose nor repeat a message', async (host) => {
	const { length } = await startedItems(host, 'webhook');
	sent.webhook.length = 0;
	const [before] = await webhooksOf(host);
	const from = await host.sandbox.lastRequestNumber();
	await publish(host, 'polling', 'fanvuePollingTrigger', {
		event: 'newMessage',
		pollTimes: { item: EVERY_FIVE_SECONDS },
	});
	// The first poll only determines where to begin, and requests the chats twice.
	await until(
		async () => (await host.sandbox.requests({ endpoint: 'listChats', after: from })).length > 2,
		{ what: 'the second poll' },
	);
	await sendMessage(host, 'first');
	await sendMessage(host, 'from another fan', 'fan001');
	await itemsStarted(host, 'polling', 2);
	// Fanvue repeats the delivery of a message that is sent while n8n is stopped.
	await host.sandbox.act('fanvue', 'webhooks', { tries: 60, retryMs: 2_000 });
	await host.restart(() => sendMessage(host, 'in between'));
	assert.deepEqual(await webhooksOf(host), [before]);
	await sendMessage(host, 'after');
	const webhook = await itemsStarted(host, 'webhook', length + sent.webhook.length);
	await itemsStarted(host, 'polling', sent.polling.length);
	// One more poll must not return any of the earlier messages.
	await sendMessage(host, 'last', 'fan001');
	const polling = await itemsStarted(host, 'polling', sent.polling.length);
	assert.deepEqual(
		polling.map(({ uuid }) => uuid),
		sent.polling,
	);
	assert.deepEqual(
		webhook
			.slice(length)
			.map(({ message }) => message.uuid)
			.sort(),
		sent.webhook.slice(0, -1).sort(),
	);
	await host.n8n.deactivate(published.polling);
});

test('Unpublishing deletes the webhook', async (host) => {
	await host.n8n.deactivate(published.webhook);
	await webhooksFor(host);
	await host.n8n.activate(published.webhook);
	await webhooksFor(host, [RECEIVED, PAID]);
	await host.n8n.deactivate(published.webhook);
	await webhooksFor(host);
});

test('No execution, log or file of n8n contains the signing secret', async (host) => {
	const executions = await host.n8n.executions(published.webhook, 100);
	assert.ok(executions.length > 0);
	for (const { id } of executions) {
		const text = JSON.stringify(await host.n8n.execution(id));
		assert.ok(!text.includes(SIGNING_SECRET), `execution ${id}`);
	}
	const installed = join(host.userFolder, '.n8n', 'nodes');
	const written = filesBelow(host.userFolder).filter((file) => !file.startsWith(installed));
	const wanted = new Map([[SIGNING_SECRET, 'a signing secret']]);
	for (const file of [...written, join(host.logs, 'n8n.log')]) {
		assert.deepEqual(await findInFile(file, wanted), [], file);
	}
});
