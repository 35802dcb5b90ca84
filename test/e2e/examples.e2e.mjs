/** The example workflows succeed and do what their notes describe. */
import assert from 'node:assert/strict';
import { readExamples } from '../../host/lib/demo.mjs';
import { channelMessages, contractViolations, runExample } from './support/host.mjs';
import { test } from './support/test.mjs';

const ID = /^\d{15,19}$/;

test('All examples are imported, and a note explains each of them', ({ demo }) => {
	for (const { file, workflow } of readExamples()) {
		assert.ok(demo.workflowId(workflow.name), `${file} was not imported`);
		assert.ok(
			workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote'),
			`${file} has no note`,
		);
	}
});

test('The Fanvue example uploads a picture, creates a post with it and reads it', async (host) => {
	const before = await host.sandbox.lastRequestNumber();
	const execution = await runExample(host, 'Fanvue: publish a post with a picture');
	const media = execution.firstItem('Upload the picture');
	const post = execution.firstItem('Create the post');
	assert.equal(media.json.status, 'ready');
	assert.equal(media.json.mediaType, 'image');
	const posts = execution.items('Get the latest posts').map(({ json }) => json);
	const read = posts.find(({ uuid }) => uuid === post.json.uuid);
	assert.equal(read?.text, execution.firstItem('Picture and text').json.text);
	assert.deepEqual(read.mediaUuids, [media.json.uuid]);
	assert.deepEqual(await contractViolations(host, 'fanvue', before), []);
});

test('The Fanfou example posts a status that appears in the home timeline', async (host) => {
	const before = await host.sandbox.lastRequestNumber();
	const execution = await runExample(host, 'Fanfou: post and read the home timeline');
	const posted = execution.firstItem('Post a status');
	const timeline = execution.items('Read the home timeline').map(({ json }) => json);
	assert.match(posted.json.text, /^Hello from n8n/);
	assert.equal(timeline.find(({ id }) => id === posted.json.id)?.text, posted.json.text);
	assert.deepEqual(await contractViolations(host, 'fanfou', before), []);
});

test('The Fanbook example sends and reads a message with all digits of its ID', async (host) => {
	const before = await host.sandbox.lastRequestNumber();
	const execution = await runExample(host, 'Fanbook: send and read messages');
	const sent = execution.firstItem('Send a message');
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	assert.match(sent.json.message_id, ID);
	assert.equal(sent.json.chat.id, lobbyChannelId);
	const [stored] = await channelMessages(host, lobbyChannelId);
	assert.equal(stored.message_id, sent.json.message_id);
	const read = execution.items('Read the channel').map(({ json }) => json);
	const same = read.find((message) => message.message_id === sent.json.message_id);
	assert.equal(same?.content.text, 'Hello from Lantern Bot, sent by n8n');
	assert.deepEqual(await contractViolations(host, 'fanbook', before), []);
});
