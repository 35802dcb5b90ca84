/** The example workflows for Fanvue succeed and do what their notes describe. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { openLink } from './support/fanbook.mjs';
import { webhooksFor } from './support/fanvue.mjs';
import {
	channelMessages,
	enableTriggers,
	readBinaryText,
	runExample,
	waitsForResponse,
} from './support/host.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {{ text: string, mediaUuids: string[] }} Message */
/** @typedef {{ user?: { uuid: string }, users: string[], messages: Message[] }} Chat */

/**
 * @param {Host} host
 * @returns {Promise<Chat[]>}
 */
async function chatsWithFans({ sandbox }) {
	/** @type {{ chats: Chat[] }} */
	const { chats } = await sandbox.state('fanvue');
	return chats;
}

/**
 * @param {Chat[]} chats
 * @param {string} fanUuid
 * @returns {Message[]} the messages of the chat with a fan, the oldest first
 */
function chatWith(chats, fanUuid) {
	const chat = chats.find(({ user, users }) => user?.uuid === fanUuid || users.includes(fanUuid));
	return chat?.messages ?? [];
}

test('The welcome example greets a new subscriber, manually and by its trigger', async (host) => {
	const name = 'Fanvue: welcome new subscribers';
	const manual = await runExample(host, name);
	assert.equal(manual.firstItem().json.status, 'sent');
	const id = host.demo.workflowId(name);
	await enableTriggers(host, id);
	await host.n8n.activate(id);
	await webhooksFor(host, ['creator.subscription.activated']);
	const [last] = await host.n8n.executions(id, 1);
	await host.sandbox.act('fanvue', 'subscribe', { fan: 'fan150' });
	const execution = await until(
		async () => {
			const [latest] = await host.n8n.executions(id, 1);
			return !latest || latest.id === last?.id ? undefined : await host.n8n.finished(latest.id);
		},
		{ what: 'the subscription to start the workflow' },
	);
	await host.n8n.deactivate(id);
	await webhooksFor(host);
	assert.equal(execution.status, 'success', execution.failure);
	const { json } = execution.firstItem('Welcome them');
	assert.equal(json.status, 'sent');
	const { fan } = execution.firstItem('A new subscription').json;
	assert.equal(json.userUuid, fan.uuid);
	const { text = '' } = chatWith(await chatsWithFans(host), fan.uuid).at(-1) ?? {};
	assert.ok(text.startsWith(`Welcome, ${fan.displayName.split(' ')[0]}!`), text);
});

test('The top spenders example sends a picture to three fans', async (host) => {
	const execution = await runExample(host, 'Fanvue: thank top spenders with media');
	const picture = execution.firstItem('A picture for them');
	const results = execution.items().map(({ json }) => json);
	assert.equal(results.length, 3);
	for (const { status, userUuid } of results) {
		assert.equal(status, 'sent');
		const last = chatWith(await chatsWithFans(host), userUuid).at(-1);
		assert.deepEqual(last?.mediaUuids, [picture.json.uuid]);
		assert.match(last?.text ?? '', /^Thank you, /);
	}
});

test('The earnings example turns the sales of a week into a table, a chart and a page', async (host) => {
	const execution = await runExample(host, 'Fanvue: weekly earnings report');
	const sales = execution.items('Sales of the last week').map(({ json }) => json);
	const chart = execution.firstItem('Draw the chart');
	/** @param {string} key */
	const sum = (key) => sales.reduce((total, sale) => total + sale[key], 0);
	assert.ok(sales.length > 0);
	assert.equal(chart.json.sales, sales.length);
	assert.equal(chart.json.grossCents, sum('gross'));
	assert.equal(chart.json.netCents, sum('net'));
	const days = new Set(sales.map(({ date }) => date.slice(0, 10)));
	const svg = await readBinaryText(host, chart.binary?.chart);
	assert.equal(chart.binary?.chart?.mimeType, 'image/svg+xml');
	assert.equal(svg.match(/<rect x=/g)?.length, days.size);
	const table = execution.firstItem('Table as a file');
	const lines = (await readBinaryText(host, table.binary?.table)).trim().split('\n');
	assert.equal(lines.length, days.size + 1);
	assert.match(lines[0] ?? '', /^\W*day,sales,gross,net/);
	const report = execution.firstItem('Report as a file');
	const page = await readBinaryText(host, report.binary?.report);
	assert.ok(page.includes(svg));
	assert.ok(page.includes(`${(sum('gross') / 100).toFixed(2)} dollars gross`));
});

test('The folder example schedules one post for each new file', async (host) => {
	const name = 'Fanvue: schedule posts from a folder';
	const first = await runExample(host, name);
	const second = await runExample(host, name);
	const scheduled = [first, second].map((execution) => execution.items('Schedule the post'));
	assert.deepEqual(
		scheduled.map(({ length }) => length),
		[1, 1],
	);
	const [one, two] = scheduled.flat().map(({ json }) => json);
	const [before, after] = [first, second].map((run) => run.items('Read the folder').length);
	assert.equal(after, (before ?? 0) + 1);
	assert.notEqual(one.uuid, two.uuid);
	/** @type {{ posts: Array<{ uuid: string, mediaUuids: string[] }> }} */
	const { posts } = await host.sandbox.state('fanvue');
	const post = posts.find(({ uuid }) => uuid === two.uuid);
	assert.deepEqual(post?.mediaUuids, [second.firstItem('Upload the file').json.uuid]);
	assert.ok(Date.parse(two.publishAt) > Date.now());
});

test('The AI example sends a draft after approval and not after rejection', async (host) => {
	const name = 'Fanvue: AI drafts, a human approves';
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	await host.sandbox.act('fanvue', 'message', { text: 'When is your next film out?' });
	for (const { button, lastNode } of [
		{ button: 1, lastNode: 'Nothing is sent' },
		{ button: 0, lastNode: 'Send the answer' },
	]) {
		const sentBefore = await chatsWithFans(host);
		const { executionId } = await host.n8n.run(host.demo.workflowId(name), 'Start');
		await waitsForResponse(host, executionId);
		const [request] = await channelMessages(host, lobbyChannelId);
		const text = JSON.stringify(request).replaceAll('\\', '');
		assert.match(text, /When is your next film out\?/);
		const links = [...text.matchAll(/"(?:href|url)":"(http[^"]+)"/g)].map(([, url]) => url);
		assert.equal((await openLink(links[button] ?? '')).status, 200);
		const execution = await host.n8n.finished(executionId);
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.lastNode, lastNode);
		const draft = execution.firstItem('Draft').json.text;
		const { fanUuid } = execution.firstItem('Fan and message').json;
		// Another run of the example may have sent the same draft.
		const [before, after] = [sentBefore, await chatsWithFans(host)].map(
			(chats) => chatWith(chats, fanUuid).filter(({ text }) => text === draft).length,
		);
		assert.equal(after, (before ?? 0) + (button === 0 ? 1 : 0));
	}
});
