/**
 * Fanvue in a real n8n: tokens that many items share, the webhook's life from publishing to
 * unpublishing, and the polling trigger, both over a restart.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectOAuth2 } from '../../host/lib/consent.mjs';
import { demoCredentials } from '../../host/lib/demo.mjs';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { until } from '../../host/lib/processes.mjs';
import { subscribed, subscriptions } from './support/fanvue.mjs';
import { filesBelow, findInFile, rememberSecrets } from './support/secrets.mjs';

const TYPE = 'fanvueOAuth2Api';
const ITEMS = 50;
const RECEIVED = 'creator.message.received';
const PAID = 'creator.payment.succeeded';
/** n8n wants polls a minute apart, and takes any number of them. */
const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 5} * * * * *`,
}));
/** How every signing secret of Fanvue's begins. */
const SIGNING_SECRET = 'whsec_';

/** Ids of the workflows with the two triggers. */
const published = {};
/** UUIDs of messages: since the webhook listens for them, and since the polling does. */
const said = { webhook: [], polling: [] };

const node = (name, type, parameters = {}, more = {}) => ({
	id: randomUUID(),
	name,
	type: type.includes('.') ? type : `${MANIFEST.name}.${type}`,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...more,
});

/** Creates a workflow whose nodes follow one after the other. @returns its id */
async function createChain({ n8n }, name, nodes) {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((next, index) => [
				nodes[index].name,
				{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
			]),
	);
	const { id } = await n8n.createWorkflow({ name, nodes, connections });
	return id;
}

/** A workflow that asks Fanvue who is signed in, once for each of many items. */
function askForEach(host, credential, items) {
	return createChain(host, `Fanvue: ${items} × ${credential.name}`, [
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
			{ credentials: { [TYPE]: { id: credential.id, name: credential.name } } },
		),
	]);
}

async function publish(host, key, name, trigger) {
	const credentials = { [TYPE]: host.demo.credentials[TYPE] };
	const listening = node('Fanvue', trigger.type, trigger.parameters, {
		webhookId: randomUUID(),
		credentials,
	});
	published[key] = await createChain(host, name, [listening, node('End', 'n8n-nodes-base.noOp')]);
	await host.n8n.activate(published[key]);
}

/** Sends an event. @returns the statuses n8n answered with, each delivery tried once */
async function deliver({ sandbox }, shipment) {
	const deliveries = await sandbox.act('fanvue', 'deliver', {
		type: RECEIVED,
		once: true,
		...shipment,
	});
	return deliveries.flatMap(({ statuses }) => statuses);
}

/** Lets a fan write. @returns the message's UUID */
async function say({ sandbox }, text, fan = 'felix') {
	const { uuid } = await sandbox.act('fanvue', 'message', { text, fan });
	if (published.webhook) said.webhook.push(uuid);
	if (published.polling) said.polling.push(uuid);
	return uuid;
}

/** What executions of a published workflow began with, the oldest first. */
async function started({ n8n }, key) {
	const executions = await n8n.executions(published[key], 100);
	const items = [];
	for (const { id } of executions.toReversed()) {
		const execution = await n8n.finished(id);
		assert.equal(execution.status, 'success', execution.failure);
		items.push(...execution.items('Fanvue').map(({ json }) => json));
	}
	return items;
}

/** Waits until executions have begun with so many items. */
function startedWith(host, key, count) {
	return until(
		async () => {
			const items = await started(host, key);
			return items.length >= count ? items : undefined;
		},
		{ what: `${count} items to start executions` },
	);
}

export const checks = {
	async 'Fifty items with an expired token ask for a new one once'(host) {
		const { n8n, sandbox, demo } = host;
		const id = await askForEach(host, demo.credentials[TYPE], ITEMS);
		await rememberSecrets(host);
		await sandbox.act('fanvue', 'expireTokens');
		const before = await sandbox.act('fanvue', 'tokenCounts');
		const from = (await sandbox.requests()).at(-1)?.number ?? 0;
		const execution = await n8n.runToEnd(id, 'Start');
		assert.equal(execution.status, 'success', execution.failure);
		const handles = execution.items('Me').map(({ json }) => json.handle);
		assert.deepEqual(handles, Array(ITEMS).fill('mira'));
		const calls = await sandbox.requests({ endpoint: 'getCurrentUser', after: from });
		const refused = calls.filter(({ status }) => status === 401).length;
		assert.ok(refused > 1, `only ${refused} calls met the expired token`);
		const after = await sandbox.act('fanvue', 'tokenCounts');
		assert.deepEqual(after, { ...before, refreshes: before.refreshes + 1 });
	},

	async 'A connection that was taken back says to connect again'(host) {
		const { data } = demoCredentials(host.sandbox).find(({ type }) => type === TYPE);
		const credential = await host.n8n.createCredential({
			name: 'Fanvue, taken back',
			type: TYPE,
			data,
		});
		await connectOAuth2(host.n8n, credential.id, { account: 'oriane' });
		const id = await askForEach(host, credential, 1);
		assert.equal((await host.n8n.runToEnd(id, 'Start')).status, 'success');
		await host.sandbox.act('fanvue', 'revoke', { account: 'oriane' });
		const execution = await host.n8n.runToEnd(id, 'Start');
		assert.equal(execution.status, 'error');
		assert.match(execution.failure, /Open the credential and reconnect it/);
	},

	async 'Publishing makes the webhook at Fanvue, and a message starts an execution'(host) {
		await publish(host, 'webhook', 'Fanvue webhook', {
			type: 'fanvueTrigger',
			parameters: { registration: 'automatic', events: [RECEIVED], options: {} },
		});
		await subscribed(host, [RECEIVED]);
		const uuid = await say(host, 'Hello 你好');
		const [item] = await startedWith(host, 'webhook', 1);
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
	},

	async 'Only what is signed, recent and new starts an execution, in whatever order it comes'(
		host,
	) {
		const { length } = await started(host, 'webhook');
		assert.deepEqual(await deliver(host, { id: 'evt-tampered', tampered: true }), [401]);
		assert.deepEqual(await deliver(host, { id: 'evt-old', ageSeconds: 600 }), [401]);
		assert.deepEqual(await deliver(host, { id: 'evt-early', ageSeconds: -600 }), [401]);
		assert.deepEqual(await deliver(host, { id: 'evt-3' }), [200]);
		assert.deepEqual(await deliver(host, { id: 'evt-1', copies: 3 }), [200, 200, 200]);
		assert.deepEqual(await deliver(host, { id: 'evt-3' }), [200]);
		assert.deepEqual(await deliver(host, { id: 'evt-2' }), [200]);
		const items = await startedWith(host, 'webhook', length + 3);
		assert.deepEqual(
			items.slice(length).map(({ id }) => id),
			['evt-3', 'evt-1', 'evt-2'],
		);
	},

	async 'Deliveries at the same moment are told apart, and none starts a second time'(host) {
		const { length } = await started(host, 'webhook');
		const ids = Array.from({ length: 4 }, (_, index) => `evt-burst-${index}`);
		// A busy machine may answer too late, which Fanvue takes for a reason to try again.
		const twice = () =>
			Promise.all([...ids, ...ids].map((id) => deliver(host, { id, once: false })));
		for (const statuses of await twice()) assert.equal(statuses.at(-1), 200);
		for (const statuses of await twice()) assert.equal(statuses.at(-1), 200);
		await startedWith(host, 'webhook', length + ids.length);
		await deliver(host, { id: 'evt-last', once: false });
		const items = await startedWith(host, 'webhook', length + ids.length + 1);
		assert.deepEqual(
			items
				.slice(length)
				.map(({ id }) => id)
				.sort(),
			[...ids, 'evt-last'].sort(),
		);
	},

	async 'Publishing with other events leaves one webhook, for those'(host) {
		const { n8n } = host;
		const [before] = await subscriptions(host);
		const { nodes } = await n8n.workflow(published.webhook);
		for (const { name, parameters } of nodes) {
			if (name === 'Fanvue') parameters.events = [RECEIVED, PAID];
		}
		await n8n.updateWorkflow({ id: published.webhook, nodes });
		await n8n.activate(published.webhook);
		const [webhook] = await subscribed(host, [RECEIVED, PAID]);
		assert.notEqual(webhook.id, before.id);
		const { length } = await started(host, 'webhook');
		await host.sandbox.act('fanvue', 'tip', { amount: 700 });
		const items = await startedWith(host, 'webhook', length + 1);
		assert.equal(items.at(-1).payment.amountCents, 700);
	},

	async 'Over a restart there is one webhook, and both triggers miss and repeat nothing'(host) {
		const { length } = await started(host, 'webhook');
		said.webhook.length = 0;
		const [before] = await subscriptions(host);
		const from = (await host.sandbox.requests()).at(-1).number;
		await publish(host, 'polling', 'Fanvue polling', {
			type: 'fanvuePollingTrigger',
			parameters: {
				event: 'newMessage',
				pollTimes: { item: EVERY_FIVE_SECONDS },
			},
		});
		// The first poll only finds out where to begin, and asks for the chats twice.
		await until(
			async () => (await host.sandbox.requests({ endpoint: 'listChats', after: from })).length > 2,
			{ what: 'the second poll' },
		);
		await say(host, 'first');
		await say(host, 'of another', 'fan001');
		await startedWith(host, 'polling', 2);
		// What is said while n8n is down comes to the webhook by a later try of Fanvue's.
		await host.sandbox.act('fanvue', 'webhooks', { tries: 60, retryMs: 2_000 });
		await host.restart(() => say(host, 'in between'));
		assert.deepEqual(await subscriptions(host), [before]);
		await say(host, 'after');
		const webhook = await startedWith(host, 'webhook', length + said.webhook.length);
		await startedWith(host, 'polling', said.polling.length);
		// What comes in one more poll has nothing of what came before.
		await say(host, 'last', 'fan001');
		const polling = await startedWith(host, 'polling', said.polling.length);
		assert.deepEqual(
			polling.map(({ uuid }) => uuid),
			said.polling,
		);
		assert.deepEqual(
			webhook
				.slice(length)
				.map(({ message }) => message.uuid)
				.sort(),
			said.webhook.slice(0, -1).sort(),
		);
		await host.n8n.deactivate(published.polling);
	},

	async 'Unpublishing takes the webhook back'(host) {
		await host.n8n.deactivate(published.webhook);
		await subscribed(host);
		await host.n8n.activate(published.webhook);
		await subscribed(host, [RECEIVED, PAID]);
		await host.n8n.deactivate(published.webhook);
		await subscribed(host);
	},

	async 'The signing secret is in no execution, log or file of n8n'(host) {
		const executions = await host.n8n.executions(published.webhook, 100);
		assert.ok(executions.length > 0);
		for (const { id } of executions) {
			const text = JSON.stringify(await host.n8n.call('GET', `/rest/executions/${id}`));
			assert.ok(!text.includes(SIGNING_SECRET), `execution ${id}`);
		}
		const installed = join(host.userFolder, '.n8n', 'nodes');
		const written = filesBelow(host.userFolder).filter((file) => !file.startsWith(installed));
		const wanted = new Map([[SIGNING_SECRET, 'a signing secret']]);
		for (const file of [...written, join(host.logs, 'n8n.log')]) {
			assert.deepEqual(await findInFile(file, wanted), [], file);
		}
	},
};
