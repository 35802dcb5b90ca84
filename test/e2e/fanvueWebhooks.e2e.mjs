/**
 * Every topic of Fanvue's webhooks in a real n8n: the registration with the request by which Fanvue checks
 * the URL, signed deliveries in both forms of the header, and topics for which the connection has no scope.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { demoCredential } from '../../host/lib/demo.mjs';
import { connectOAuth2 } from '../../host/lib/oauthLogin.mjs';
import { until } from '../../host/lib/processes.mjs';
import { webhooksFor, webhooksOf } from './support/fanvue.mjs';
import { createChain, node } from './support/host.mjs';
import { collectSecrets } from './support/secrets.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').Json} Json */
/** @typedef {import('../../host/lib/types.ts').CredentialReference} CredentialReference */

const TYPE = 'fanvueOAuth2Api';
const SECRET = 'whsec_of_the_events_tab';
/** The creator and the fan of the sandbox whose events are delivered. */
const ROLES = { creator: 'mira', fan: 'felix' };

const PERSON = ['fan.uuid', 'fan.handle', 'fan.displayName'];
const MESSAGE = ['message.uuid', 'message.text', 'message.sender', 'message.createdAt', ...PERSON];
const SUBSCRIPTION = [
	'subscription.id',
	'subscription.status',
	'subscription.cancelAtPeriodEnd',
	'subscription.expiresAt',
	'creator.uuid',
	...PERSON,
];
const CHECKOUT = [
	'checkoutLink.uuid',
	'checkoutLink.name',
	'checkoutLink.productUuid',
	'checkoutLink.productPriceUuid',
	'fan.uuid',
	'fan.email',
	'creator.uuid',
	'metadata',
];
const CHECKOUT_PAYMENT = [
	'payment.id',
	'payment.status',
	'payment.billingReason',
	'payment.amountCents',
	'payment.netCents',
	'payment.fees.fanvueFeeCents',
	'payment.fees.transactionFeeCents',
	'payment.paidInFull',
	'payment.installment',
	'payment.clientReferenceId',
	'payment.transactionId',
	'payment.createdAt',
	'payment.paidAt',
	...CHECKOUT,
];
const CHECKOUT_SUBSCRIPTION = [
	'subscription.id',
	'subscription.status',
	'subscription.cancelAtPeriodEnd',
	'subscription.expiresAt',
	'subscription.deactivationReason',
	...CHECKOUT,
];
const STATUS = ['state', 'changeType', 'changedAt', ...PERSON];

/**
 * The members that the normalized output of each topic must have, besides `event`, `id`, `generation`,
 * `timestamp` and `raw`.
 *
 * @type {Record<string, string[]>}
 */
const MEMBERS = {
	'creator.message.received': MESSAGE,
	'creator.message.sent': MESSAGE,
	'creator.message.deleted': [...MESSAGE, 'message.deletedAt'],
	'creator.message.read': ['message.unreadMessagesCount', ...PERSON],
	'creator.message.reaction': [
		'reaction.emoji',
		'reaction.messageUuid',
		'reaction.actorUuid',
		'message.uuid',
		'fan.uuid',
		'creator.uuid',
	],
	'creator.follow.created': PERSON,
	'creator.subscription.activated': SUBSCRIPTION,
	'creator.subscription.renewed': SUBSCRIPTION,
	'creator.subscription.deactivated': [...SUBSCRIPTION, 'subscription.deactivationReason'],
	'creator.subscription.cancel_at_period_end_changed': SUBSCRIPTION,
	'creator.payment.succeeded': [
		'payment.id',
		'payment.source',
		'payment.amountCents',
		'payment.currency',
		'payment.paidAt',
		'creator.uuid',
		...PERSON,
	],
	'creator.refund.created': ['refund.id', 'refund.paymentId', 'refund.amountCents', 'fan.uuid'],
	'creator.dispute.created': ['dispute.id', 'dispute.paymentId', 'dispute.amountCents', 'fan.uuid'],
	'creator.fan.presence_changed': STATUS,
	'creator.fan.status_changed': STATUS,
	'checkout_link.payment.pending': CHECKOUT_PAYMENT,
	'checkout_link.payment.succeeded': CHECKOUT_PAYMENT,
	'checkout_link.payment.failed': CHECKOUT_PAYMENT,
	'checkout_link.subscription.activated': CHECKOUT_SUBSCRIPTION,
	'checkout_link.subscription.deactivated': CHECKOUT_SUBSCRIPTION,
	'checkout_link.subscription.cancel_at_period_end_changed': CHECKOUT_SUBSCRIPTION,
	'checkout_link.refund.created': [
		'refund.id',
		'refund.paymentId',
		'refund.amountCents',
		'refund.reason',
		'refund.fullAmount',
		...CHECKOUT,
	],
	'checkout_link.dispute.flagged': ['dispute.id', 'dispute.paymentId', ...CHECKOUT],
	'checkout_link.dispute.created': ['dispute.id', 'dispute.paymentId', ...CHECKOUT],
	'payout.paid': [
		'payout.id',
		'payout.status',
		'payout.amountCents',
		'payout.fees.transactionFeeCents',
		'payout.fxRate',
		'payout.externalReferenceId',
		'payout.paidAt',
		'creator.uuid',
	],
	'app.payment.succeeded': ['payment.purchaseReference'],
	'app.payment.refunded': ['refund.purchaseReference'],
	'message.received': [...MESSAGE, 'message.hasMedia', 'message.mediaUuids', 'message.isMuted'],
	'message.read': ['message.readMessagesCount', 'fan.uuid', 'creator.uuid'],
	'follow.new': [...PERSON, 'creator.uuid'],
	'subscription.new': ['subscription.amountCents', 'creator.uuid', ...PERSON],
	'purchase.new': [
		'payment.id',
		'payment.source',
		'payment.amountCents',
		'creator.uuid',
		...PERSON,
	],
	'tip.new': ['payment.source', 'payment.amountCents', 'creator.uuid', ...PERSON],
};

/** The event that an older topic is reported as. */
const REPLACED = new Map([
	['message.received', 'creator.message.received'],
	['message.read', 'creator.message.read'],
	['follow.new', 'creator.follow.created'],
	['subscription.new', 'creator.subscription.activated'],
	['purchase.new', 'creator.payment.succeeded'],
	['tip.new', 'creator.payment.succeeded'],
]);

const TOPICS = Object.keys(MEMBERS);
const SUBSCRIBABLE = TOPICS.filter((topic) => !topic.startsWith('app.'));

/** @type {string[]} IDs of published workflows */
const published = [];
/** @type {{ id: string } | undefined} the endpoint of the Events tab */
let endpoint;

/**
 * Publishes a workflow that a Fanvue Trigger starts.
 *
 * @param {Host} host
 * @param {string} name
 * @param {{ id: string, name: string }} credential
 * @param {object} parameters of the trigger
 * @returns {Promise<{ id: string, url: string }>} the workflow, and the URL of its webhook
 */
async function publish(host, name, credential, parameters) {
	const webhookId = randomUUID();
	const { id: credentialId, name: credentialName } = credential;
	const id = await createChain(host, name, [
		node('Fanvue', 'fanvueTrigger', parameters, {
			webhookId,
			credentials: { [TYPE]: { id: credentialId, name: credentialName } },
		}),
		node('End', 'n8n-nodes-base.noOp'),
	]);
	await host.n8n.activate(id);
	published.push(id);
	return { id, url: `${host.url}/webhook/${webhookId}/fanvue` };
}

/**
 * Waits for the executions of a workflow.
 *
 * @param {Host} host
 * @param {string} workflowId
 * @param {number} count
 */
async function executionsOf({ n8n }, workflowId, count) {
	const ids = await until(
		async () => {
			const found = (await n8n.executions(workflowId, 100)).map(({ id }) => id);
			return found.length >= count ? found : undefined;
		},
		{ what: `${count} executions` },
	);
	return await Promise.all(ids.map((id) => n8n.finished(id)));
}

/**
 * @param {Json} event
 * @param {string} path
 * @returns {boolean} whether the event has a member at the path
 */
function has(event, path) {
	/** @type {Json} */
	let value = event;
	for (const name of path.split('.')) {
		if (value === null || typeof value !== 'object' || !(name in value)) return false;
		value = value[name];
	}
	return true;
}

/**
 * Delivers an event of each topic, and compares what the executions start with.
 *
 * @param {Host} host
 * @param {{ id: string }} workflow
 * @param {{ form: string, signature: RegExp }} expected
 */
async function deliverEachTopic(host, { id: workflowId }, { form, signature }) {
	const before = (await host.n8n.executionIds(workflowId)).length;
	for (const type of TOPICS) {
		/** @type {Array<{ statuses: number[], attempts: Array<{ signature: string }> }>} */
		const deliveries = await host.sandbox.act('fanvue', 'deliver', {
			...ROLES,
			type,
			id: `${form} ${type}`,
		});
		assert.equal(deliveries.length, 1, type);
		assert.equal(deliveries[0]?.statuses.at(-1), 200, `${type}: ${JSON.stringify(deliveries)}`);
		assert.match(deliveries[0]?.attempts.at(-1)?.signature ?? '', signature, type);
	}
	const executions = await executionsOf(host, workflowId, before + TOPICS.length);
	/** @type {Map<string, Json>} */
	const events = new Map();
	for (const execution of executions) {
		assert.equal(execution.status, 'success', execution.failure);
		const { json } = execution.firstItem('Fanvue');
		if (json.id.startsWith(`${form} `)) events.set(json.id.slice(form.length + 1), json);
	}
	assert.deepEqual([...events.keys()].sort(), [...TOPICS].sort());
	for (const [topic, event] of events) {
		assert.equal(event.event, REPLACED.get(topic) ?? topic);
		assert.equal(event.generation, REPLACED.has(topic) ? 1 : 2, topic);
		assert.equal(new Date(event.timestamp).toISOString(), event.timestamp, topic);
		const missing = (MEMBERS[topic] ?? []).filter((path) => !has(event, path));
		assert.deepEqual(
			missing,
			[],
			`${topic} has no ${missing.join(', ')}: ${JSON.stringify(event)}`,
		);
	}
}

cleanUp(async ({ n8n, sandbox }) => {
	for (const id of published) await n8n.deactivate(id);
	if (endpoint) await sandbox.act('fanvue', 'removeEndpoint', endpoint);
	await sandbox.act('fanvue', 'webhooks', { probe: true });
});

test('Publishing registers every topic, although Fanvue first sends an unsigned request', async (host) => {
	await host.sandbox.act('fanvue', 'webhooks', { probe: true });
	const { id } = await publish(host, 'Fanvue, all topics', host.demo.credential(TYPE), {
		events: SUBSCRIBABLE,
	});
	await webhooksFor(host, SUBSCRIBABLE);
	assert.deepEqual(await host.n8n.executionIds(id), []);
	await host.n8n.deactivate(id);
	await webhooksFor(host);
});

test('A topic for which the connection has no scope is left out, and a failed execution reports it', async (host) => {
	const system = ['openid', 'offline_access', 'offline'];
	const scopes = ['read:self', 'read:creator'];
	const { data } = demoCredential(host.sandbox, TYPE);
	const credential = await host.n8n.createCredential({
		name: 'Fanvue without chats',
		type: TYPE,
		data: { ...data, scopes },
	});
	/** @type {string[]} */
	const former = await host.sandbox.act('fanvue', 'appScopes', { scopes: [...system, ...scopes] });
	try {
		await connectOAuth2(host.n8n, credential.id);
	} finally {
		await host.sandbox.act('fanvue', 'appScopes', { scopes: former });
	}
	await collectSecrets(host);
	const events = [
		'creator.message.received',
		'creator.refund.created',
		'creator.payment.succeeded',
	];
	const { id, url } = await publish(host, 'Fanvue without chats', credential, { events });
	await webhooksFor(host, ['creator.refund.created', 'creator.payment.succeeded']);
	assert.deepEqual(await host.n8n.executionIds(id), []);
	// Any request that starts no workflow can report it; Fanvue sends such ones when it checks a URL.
	for (let count = 0; count < 2; count += 1) {
		assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 200);
	}
	const [report, ...more] = await executionsOf(host, id, 1);
	assert.equal(report?.status, 'error');
	assert.match(
		report?.failure ?? '',
		/Fanvue Trigger does not receive creator\.message\.received \(needs read:chat\)/,
	);
	assert.deepEqual(more, []);
	const [webhook] = await webhooksOf(host);
	assert.ok(webhook);
	/** @type {Array<{ statuses: number[] }>} */
	const [delivery] = await host.sandbox.act('fanvue', 'deliver', {
		...ROLES,
		type: 'creator.refund.created',
	});
	assert.deepEqual(delivery?.statuses, [200]);
	const executions = await executionsOf(host, id, 2);
	assert.deepEqual(executions.map(({ status }) => status).sort(), ['error', 'success']);
	await host.n8n.deactivate(id);
});

test('Every topic arrives with its fields, signed with one secret and while a secret is replaced', async (host) => {
	const { data } = demoCredential(host.sandbox, TYPE);
	const credential = await host.n8n.createCredential({
		name: 'Fanvue, Events tab',
		type: TYPE,
		data: { ...data, advanced: true, webhookSigningSecret: SECRET },
	});
	const workflow = await publish(host, 'Fanvue, Events tab', credential, {
		registration: 'manual',
		events: TOPICS,
	});
	/** @type {{ id: string }} */
	endpoint = await host.sandbox.act('fanvue', 'addEndpoint', {
		url: workflow.url,
		events: TOPICS,
		secret: SECRET,
	});
	await deliverEachTopic(host, workflow, {
		form: 'one',
		signature: /^t=\d+,v0=[\da-f]{64}$/,
	});
	// The credential still has the former secret, whose value is the second one in the header.
	await host.sandbox.act('fanvue', 'rotateSecret', endpoint);
	await collectSecrets(host);
	await deliverEachTopic(host, workflow, {
		form: 'both',
		signature: /^t=\d+,v0=[\da-f]{64},[\da-f]{64}$/,
	});
});
