/** Send and Wait for Response in a real n8n, answered by following the link of a button. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { until } from '../../host/lib/processes.mjs';
import { openLink } from './support/fanbook.mjs';
import { channelMessages, createChain, node, waitsForResponse } from './support/host.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const START = 'Start';
const ASK = 'Ask';
const AFTER = 'After';

const DOUBLE = { approvalOptions: { values: { approvalType: 'double' } } };

/**
 * Creates a workflow that asks and then passes on the response, starts it, and waits until its message is
 * in the channel.
 *
 * @param {Host} host
 * @param {object} parameters of the node that asks
 * @returns {Promise<{ executionId: string, links: string[] }>} the links of the buttons, in their order
 */
async function ask(host, parameters) {
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	const message = `Shall we? ${randomUUID()}`;
	const id = await createChain(host, `Send and wait ${randomUUID()}`, [
		node(START, 'n8n-nodes-base.manualTrigger'),
		node(
			ASK,
			'fanbook',
			{
				resource: 'message',
				operation: 'sendAndWait',
				chatId: { __rl: true, mode: 'id', value: lobbyChannelId },
				message,
				...parameters,
			},
			{ credentials: { fanbookBotApi: host.demo.credential('fanbookBotApi') } },
		),
		node(AFTER, 'n8n-nodes-base.noOp'),
	]);
	const { executionId } = await host.n8n.run(id, START);
	const sent = await until(
		async () => {
			const [last] = await channelMessages(host, lobbyChannelId);
			const text = JSON.stringify(last).replaceAll('\\', '');
			return text.includes(message) ? text : undefined;
		},
		{ what: 'the message with the buttons' },
	);
	await waitsForResponse(host, executionId);
	const links = [...sent.matchAll(/"(?:href|url)":"(http[^"]+)"/g)].map(([, url = '']) => url);
	return { executionId, links };
}

/**
 * @param {Host} host
 * @param {string} executionId
 * @returns {Promise<object>} the response with which the execution continued
 */
async function responseOf(host, executionId) {
	const execution = await host.n8n.finished(executionId);
	assert.equal(execution.status, 'success', execution.failure);
	const { respondedAt, ...response } = execution.firstItem(AFTER).json.data;
	assert.ok(!Number.isNaN(Date.parse(respondedAt)), `respondedAt is ${respondedAt}`);
	return response;
}

/**
 * @param {Host} host
 * @param {string} executionId
 * @returns {Promise<boolean>}
 */
async function isWaiting(host, executionId) {
	const { status } = await host.n8n.execution(executionId);
	return status === 'waiting';
}

test('A click on the button of a card approves', async (host) => {
	const { executionId, links } = await ask(host, {});
	const [link = ''] = links;
	assert.equal(links.length, 1);
	const page = await openLink(link);
	assert.equal(page.status, 200);
	assert.match(page.headers.get('content-type') ?? '', /text\/html/);
	assert.match(await page.text(), /Your answer has been recorded/);
	assert.deepEqual(await responseOf(host, executionId), { approved: true });
});

test('The second button of an inline keyboard rejects', async (host) => {
	const { executionId, links } = await ask(host, { ...DOUBLE, showAs: 'keyboard' });
	const [, reject = ''] = links;
	assert.equal(links.length, 2);
	assert.equal((await openLink(reject)).status, 200);
	assert.deepEqual(await responseOf(host, executionId), { approved: false });
});

test('The page behind the link returns a free text', async (host) => {
	const { executionId, links } = await ask(host, { responseType: 'freeText' });
	const [link = ''] = links;
	const page = await (await openLink(link)).text();
	assert.match(page, /<form method="post">.*<textarea name="text"/s);
	assert.ok(await isWaiting(host, executionId));
	const text = '好的 & "yes" 🏮';
	const response = await fetch(link, { method: 'POST', body: new URLSearchParams({ text }) });
	assert.match(await response.text(), /Your answer has been recorded/);
	assert.deepEqual(await responseOf(host, executionId), { text });
});

test('A link with a changed response or without its signature has no effect', async (host) => {
	const { executionId, links } = await ask(host, DOUBLE);
	const [link = ''] = links;
	const changed = link.replace('approved=true', 'approved=false');
	const unsigned = link.replace(/[?&]signature=[^&]*/, '');
	for (const forged of [changed, unsigned]) {
		assert.notEqual(forged, link);
		assert.ok((await openLink(forged)).status >= 400, forged);
	}
	assert.ok(await isWaiting(host, executionId));
	await openLink(link);
	assert.deepEqual(await responseOf(host, executionId), { approved: true });
});

test('A program that only opens links has no effect', async (host) => {
	const { executionId, links } = await ask(host, {});
	const [link = ''] = links;
	const opened = await fetch(link, { headers: { 'user-agent': 'LinkPreviewBot/1.0' } });
	assert.equal(opened.status, 200);
	assert.equal((await openLink(link, { purpose: 'prefetch' })).status, 200);
	assert.equal((await fetch(link, { headers: { 'user-agent': '' } })).status, 200);
	assert.ok(await isWaiting(host, executionId));
	await openLink(link);
	assert.deepEqual(await responseOf(host, executionId), { approved: true });
});

test('With confirmation the page behind the link asks once more', async (host) => {
	const { executionId, links } = await ask(host, { additionalFields: { confirmClick: true } });
	const [link = ''] = links;
	assert.match(await (await openLink(link)).text(), /<button type="submit">Approve<\/button>/);
	assert.ok(await isWaiting(host, executionId));
	await fetch(link, { method: 'POST', body: new URLSearchParams() });
	assert.deepEqual(await responseOf(host, executionId), { approved: true });
});

test('After the wait time the workflow continues with its input', async (host) => {
	const values = { limitType: 'afterTimeInterval', resumeAmount: 0.02, resumeUnit: 'minutes' };
	const { executionId } = await ask(host, { additionalFields: { limitWaitTime: { values } } });
	const execution = await host.n8n.finished(executionId, 110_000);
	assert.equal(execution.status, 'success', execution.failure);
	assert.deepEqual(
		execution.items(AFTER).map(({ json }) => json),
		[{}],
	);
});

test(
	'n8n offers the Fanbook node for human review of AI tools',
	async ({ n8n }) => {
		const types = await n8n.nodeTypes();
		const review = types.find(({ name }) => name === `${MANIFEST.name}.fanbookHitlTool`);
		assert.ok(review, 'There is no fanbookHitlTool');
		const messages = review.properties.filter(({ name }) => name === 'message');
		assert.equal(messages.length, 1);
		assert.match(messages[0]?.default, /\$tool\.name/);
	},
	{ requires: ['humanReview'] },
);
