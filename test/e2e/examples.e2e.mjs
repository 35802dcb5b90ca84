/** The example workflows run to their end and do what their notes say. */
import assert from 'node:assert/strict';
import { readExamples } from '../../host/lib/demo.mjs';

const ID = /^\d{15,19}$/;

/** Runs an example by hand and expects it to get to its end. */
async function run({ n8n, demo }, name) {
	const execution = await n8n.runToEnd(demo.workflows[name], 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	return execution;
}

/** What of a service's requests since an entry of the request log broke the service's contract. */
async function violations({ sandbox }, service, after) {
	const entries = await sandbox.requests({ service, after });
	assert.ok(entries.length > 0, `nothing was asked of ${service}`);
	return entries.flatMap((entry) =>
		entry.violations.map(({ message }) => `${entry.path}: ${message}`),
	);
}

/** The number of the latest request in the log. */
async function latest({ sandbox }) {
	return (await sandbox.requests()).at(-1)?.number ?? 0;
}

export const checks = {
	async 'All examples are there, each explained by a note'({ demo }) {
		for (const { file, workflow } of readExamples()) {
			assert.ok(demo.workflows[workflow.name], `${file} was not imported`);
			assert.ok(
				workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote'),
				`${file} has no note`,
			);
		}
	},

	async 'Fanvue: a picture is uploaded, posted and read back'(host) {
		const before = await latest(host);
		const execution = await run(host, 'Fanvue: publish a post with a picture');
		const [media] = execution.items('Upload the picture');
		const [post] = execution.items('Create the post');
		assert.equal(media.json.status, 'ready');
		assert.equal(media.json.mediaType, 'image');
		const posts = execution.items('Get the latest posts').map(({ json }) => json);
		const read = posts.find(({ uuid }) => uuid === post.json.uuid);
		assert.equal(read?.text, execution.items('Picture and text')[0].json.text);
		assert.deepEqual(read.mediaUuids, [media.json.uuid]);
		assert.deepEqual(await violations(host, 'fanvue', before), []);
	},

	async 'Fanfou: a status is posted and stands in the home timeline'(host) {
		const before = await latest(host);
		const execution = await run(host, 'Fanfou: post and read the home timeline');
		const [posted] = execution.items('Post a status');
		const timeline = execution.items('Read the home timeline').map(({ json }) => json);
		assert.match(posted.json.text, /^Hello from n8n/);
		assert.equal(timeline.find(({ id }) => id === posted.json.id)?.text, posted.json.text);
		assert.deepEqual(await violations(host, 'fanfou', before), []);
	},

	async 'Fanbook: a message is sent and read back with all digits of its id'(host) {
		const before = await latest(host);
		const execution = await run(host, 'Fanbook: send and read messages');
		const [sent] = execution.items('Send a message');
		const { lobbyChannelId } = host.sandbox.demo.fanbook;
		assert.match(sent.json.message_id, ID);
		assert.equal(sent.json.chat.id, lobbyChannelId);
		const stored = await host.sandbox.act('fanbook', 'messages', {
			channelId: lobbyChannelId,
			last: 1,
		});
		assert.equal(stored[0].message_id, sent.json.message_id);
		const read = execution.items('Read the channel').map(({ json }) => json);
		const same = read.find((message) => message.message_id === sent.json.message_id);
		assert.equal(same?.content.text, 'Hello from Lantern Bot, sent by n8n');
		assert.deepEqual(await violations(host, 'fanbook', before), []);
	},
};
