/** Send and Wait for Response in a real n8n, answered by following the button's link. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { until } from '../../host/lib/processes.mjs';

const START = 'Start';
const ASK = 'Ask';
const AFTER = 'After';

/** Start → Ask → After, where After holds what Ask answered with. */
async function workflow({ n8n, demo }, parameters) {
	const node = (name, type, more = {}) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const nodes = [
		node(START, 'n8n-nodes-base.manualTrigger'),
		node(ASK, `${MANIFEST.name}.fanbook`, {
			credentials: { fanbookBotApi: demo.credentials.fanbookBotApi },
			parameters: { resource: 'message', operation: 'sendAndWait', ...parameters },
		}),
		node(AFTER, 'n8n-nodes-base.noOp'),
	];
	const to = (name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const connections = { [START]: to(ASK), [ASK]: to(AFTER) };
	const created = await n8n.createWorkflow({
		name: `Send and wait ${randomUUID()}`,
		nodes,
		connections,
	});
	return created.id;
}

/** Starts it and waits until the message is in the channel and the execution waits. */
async function ask(host, parameters) {
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	const message = `Shall we? ${randomUUID()}`;
	const id = await workflow(host, {
		chatId: { __rl: true, mode: 'id', value: lobbyChannelId },
		message,
		...parameters,
	});
	const { executionId } = await host.n8n.run(id, START);
	const sent = await until(
		async () => {
			const [last] = await host.sandbox.act('fanbook', 'messages', {
				channelId: lobbyChannelId,
				last: 1,
			});
			return JSON.stringify(last).includes(message) ? last : undefined;
		},
		{ what: 'the message with the buttons' },
	);
	await until(
		async () => {
			const { status } = await host.n8n.call('GET', `/rest/executions/${executionId}`);
			return status === 'waiting' ? true : undefined;
		},
		{ what: 'an execution that waits' },
	);
	return { executionId, links: linksIn(sent) };
}

/** The addresses behind the buttons, in order. */
function linksIn(message) {
	const text = JSON.stringify(message).replaceAll('\\', '');
	return [...text.matchAll(/"(?:href|url)":"(http[^"]+)"/g)].map(([, url]) => url);
}

async function answered(host, executionId) {
	const execution = await host.n8n.finished(executionId);
	assert.equal(execution.status, 'success', execution.failure);
	const [{ json }] = execution.items(AFTER);
	const { respondedAt, ...answer } = json.data;
	assert.ok(!Number.isNaN(Date.parse(respondedAt)), `respondedAt is ${respondedAt}`);
	return answer;
}

/** Whether the execution still waits. */
async function stillWaits(host, executionId) {
	const { status } = await host.n8n.call('GET', `/rest/executions/${executionId}`);
	return status === 'waiting';
}

const DOUBLE = { approvalOptions: { values: { approvalType: 'double' } } };

export const checks = {
	async 'A click on the button of a card lets the execution go on'(host) {
		const { executionId, links } = await ask(host, {});
		assert.equal(links.length, 1);
		const page = await fetch(links[0]);
		assert.equal(page.status, 200);
		assert.match(page.headers.get('content-type'), /text\/html/);
		assert.match(await page.text(), /Your answer has been recorded/);
		assert.deepEqual(await answered(host, executionId), { approved: true });
	},

	async 'The second button of an inline keyboard says no'(host) {
		const { executionId, links } = await ask(host, { ...DOUBLE, showAs: 'keyboard' });
		assert.equal(links.length, 2);
		assert.equal((await fetch(links[1])).status, 200);
		assert.deepEqual(await answered(host, executionId), { approved: false });
	},

	async 'A free text comes back through the page of the link'(host) {
		const { executionId, links } = await ask(host, { responseType: 'freeText' });
		const page = await (await fetch(links[0])).text();
		assert.match(page, /<form method="post">.*<textarea name="text"/s);
		assert.ok(await stillWaits(host, executionId));
		const text = '好的 & "yes" 🏮';
		const response = await fetch(links[0], { method: 'POST', body: new URLSearchParams({ text }) });
		assert.match(await response.text(), /Your answer has been recorded/);
		assert.deepEqual(await answered(host, executionId), { text });
	},

	async 'A link with a changed answer or without its signature decides nothing'(host) {
		const { executionId, links } = await ask(host, DOUBLE);
		const changed = links[0].replace('approved=true', 'approved=false');
		const unsigned = links[0].replace(/[?&]signature=[^&]*/, '');
		for (const link of [changed, unsigned]) {
			assert.notEqual(link, links[0]);
			assert.ok((await fetch(link)).status >= 400, link);
		}
		assert.ok(await stillWaits(host, executionId));
		await fetch(links[0]);
		assert.deepEqual(await answered(host, executionId), { approved: true });
	},

	async 'A program that only opens links decides nothing'(host) {
		const { executionId, links } = await ask(host, {});
		const opened = await fetch(links[0], { headers: { 'user-agent': 'LinkPreviewBot/1.0' } });
		assert.equal(opened.status, 200);
		assert.equal((await fetch(links[0], { headers: { purpose: 'prefetch' } })).status, 200);
		assert.ok(await stillWaits(host, executionId));
		await fetch(links[0]);
		assert.deepEqual(await answered(host, executionId), { approved: true });
	},

	async 'With confirmation the page asks once more'(host) {
		const { executionId, links } = await ask(host, { additionalFields: { confirmClick: true } });
		assert.match(await (await fetch(links[0])).text(), /<button type="submit">Approve<\/button>/);
		assert.ok(await stillWaits(host, executionId));
		await fetch(links[0], { method: 'POST', body: new URLSearchParams() });
		assert.deepEqual(await answered(host, executionId), { approved: true });
	},

	async 'When the time is over, the workflow goes on with its input'(host) {
		const values = { limitType: 'afterTimeInterval', resumeAmount: 0.02, resumeUnit: 'minutes' };
		const { executionId } = await ask(host, { additionalFields: { limitWaitTime: { values } } });
		const execution = await host.n8n.finished(executionId, 110_000);
		assert.equal(execution.status, 'success', execution.failure);
		assert.deepEqual(
			execution.items(AFTER).map(({ json }) => json),
			[{}],
		);
	},

	async 'n8n offers the node as human review of AI tools'({ n8n }) {
		const types = await n8n.nodeTypes();
		const review = types.find(({ name }) => name === `${MANIFEST.name}.fanbookHitlTool`);
		assert.ok(review, 'There is no fanbookHitlTool');
		const messages = review.properties.filter(({ name }) => name === 'message');
		assert.equal(messages.length, 1);
		assert.match(messages[0].default, /\$tool\.name/);
	},
};
