/** The example workflows for Fanvue run to their end and do what their notes say. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { subscribed } from './support/fanvue.mjs';

/** Runs an example by hand and expects it to get to its end. */
async function run({ n8n, demo }, name) {
	const execution = await n8n.runToEnd(demo.workflows[name], 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	return execution;
}

/** The messages that two people wrote to each other, the oldest first. */
async function messages({ sandbox }, fanUuid) {
	const { chats } = await sandbox.state('fanvue');
	const chat = chats.find(({ user, users }) => user?.uuid === fanUuid || users.includes(fanUuid));
	return chat?.messages ?? [];
}

/** The text of a file in an item. */
async function fileOf({ n8n }, binary) {
	if (!binary.id) return Buffer.from(binary.data, 'base64').toString('utf8');
	const path = `/rest/binary-data?id=${encodeURIComponent(binary.id)}&action=download`;
	const response = await fetch(n8n.base + path, { headers: n8n.headers() });
	assert.equal(response.status, 200);
	return await response.text();
}

export const checks = {
	async 'A new subscriber is welcomed, by hand and by the trigger'(host) {
		const name = 'Fanvue: welcome new subscribers';
		const byHand = await run(host, name);
		assert.equal(byHand.items()[0].json.status, 'sent');
		const id = host.demo.workflows[name];
		await host.n8n.activate(id);
		await subscribed(host, ['creator.subscription.activated']);
		const [last] = await host.n8n.executions(id, 1);
		await host.sandbox.act('fanvue', 'subscribe', { fan: 'fan150' });
		const execution = await until(
			async () => {
				const [latest] = await host.n8n.executions(id, 1);
				return latest.id === last.id ? undefined : await host.n8n.finished(latest.id);
			},
			{ what: 'the subscription to start the workflow' },
		);
		await host.n8n.deactivate(id);
		await subscribed(host);
		assert.equal(execution.status, 'success', execution.failure);
		const [{ json }] = execution.items('Welcome them');
		assert.equal(json.status, 'sent');
		const { fan } = execution.items('A new subscription')[0].json;
		assert.equal(json.userUuid, fan.uuid);
		const { text } = (await messages(host, fan.uuid)).at(-1);
		assert.ok(text.startsWith(`Welcome, ${fan.displayName.split(' ')[0]}!`), text);
	},

	async 'Three top spenders get a picture'(host) {
		const execution = await run(host, 'Fanvue: thank top spenders with media');
		const [picture] = execution.items('A picture for them');
		const results = execution.items().map(({ json }) => json);
		assert.equal(results.length, 3);
		for (const { status, userUuid } of results) {
			assert.equal(status, 'sent');
			const last = (await messages(host, userUuid)).at(-1);
			assert.deepEqual(last.mediaUuids, [picture.json.uuid]);
			assert.match(last.text, /^Thank you, /);
		}
	},

	async 'The earnings of a week become a table, a chart and a page'(host) {
		const execution = await run(host, 'Fanvue: weekly earnings report');
		const sales = execution.items('Sales of the last week').map(({ json }) => json);
		const [chart] = execution.items('Draw the chart');
		const sum = (key) => sales.reduce((total, sale) => total + sale[key], 0);
		assert.ok(sales.length > 0);
		assert.equal(chart.json.sales, sales.length);
		assert.equal(chart.json.grossCents, sum('gross'));
		assert.equal(chart.json.netCents, sum('net'));
		const days = new Set(sales.map(({ date }) => date.slice(0, 10)));
		const svg = await fileOf(host, chart.binary.chart);
		assert.equal(chart.binary.chart.mimeType, 'image/svg+xml');
		assert.equal(svg.match(/<rect x=/g).length, days.size);
		const [table] = execution.items('Table as a file');
		const lines = (await fileOf(host, table.binary.table)).trim().split('\n');
		assert.equal(lines.length, days.size + 1);
		assert.match(lines[0], /^\W*day,sales,gross,net/);
		const [report] = execution.items('Report as a file');
		const page = await fileOf(host, report.binary.report);
		assert.ok(page.includes(svg));
		assert.ok(page.includes(`${(sum('gross') / 100).toFixed(2)} dollars gross`));
	},

	async 'A new file of the folder becomes a scheduled post, and each file only once'(host) {
		const name = 'Fanvue: schedule posts from a folder';
		const first = await run(host, name);
		const second = await run(host, name);
		const [one, two] = [first, second].map((execution) => execution.items('Schedule the post'));
		assert.deepEqual([one.length, two.length], [1, 1]);
		assert.equal(second.items('Read the folder').length, 2);
		assert.notEqual(one[0].json.uuid, two[0].json.uuid);
		const { posts } = await host.sandbox.state('fanvue');
		const post = posts.find(({ uuid }) => uuid === two[0].json.uuid);
		assert.deepEqual(post.mediaUuids, [second.items('Upload the file')[0].json.uuid]);
		assert.ok(Date.parse(two[0].json.publishAt) > Date.now());
	},

	async 'A drafted answer is sent after a yes and not after a no'(host) {
		const name = 'Fanvue: AI drafts, a human approves';
		const { lobbyChannelId } = host.sandbox.demo.fanbook;
		await host.sandbox.act('fanvue', 'message', { text: 'When is your next film out?' });
		for (const [button, last] of [
			[1, 'Nothing is sent'],
			[0, 'Send the answer'],
		]) {
			const { executionId } = await host.n8n.run(host.demo.workflows[name], 'Start');
			await until(
				async () => {
					const { status } = await host.n8n.call('GET', `/rest/executions/${executionId}`);
					assert.notEqual(status, 'error');
					return status === 'waiting';
				},
				{ what: 'the execution to wait for an answer' },
			);
			const [asked] = await host.sandbox.act('fanbook', 'messages', {
				channelId: lobbyChannelId,
				last: 1,
			});
			const text = JSON.stringify(asked).replaceAll('\\', '');
			assert.match(text, /When is your next film out\?/);
			const links = [...text.matchAll(/"(?:href|url)":"(http[^"]+)"/g)].map(([, url]) => url);
			assert.equal((await fetch(links[button])).status, 200);
			const execution = await host.n8n.finished(executionId);
			assert.equal(execution.status, 'success', execution.failure);
			assert.equal(execution.lastNode, last);
			const draft = execution.items('Draft')[0].json.text;
			const { fanUuid } = execution.items('Fan and message')[0].json;
			const sent = (await messages(host, fanUuid)).filter((message) => message.text === draft);
			assert.equal(sent.length, button === 0 ? 1 : 0);
		}
	},
};
