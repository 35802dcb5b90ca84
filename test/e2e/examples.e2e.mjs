/** The example workflows succeed and do what their notes describe. */
import assert from 'node:assert/strict';
import { readExamples, titleOf } from '../../host/lib/demo.mjs';
import { runForOutput } from '../../host/lib/runExample.mjs';
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

test('The examples have their tags, and Start here is the first in the list', async ({ n8n }) => {
	/** @type {import('../../host/lib/types.ts').Workflow[]} */
	const workflows = await n8n.call('GET', '/rest/workflows?sortBy=updatedAt:desc');
	const examples = readExamples();
	const numbered = workflows.filter(({ name }) => /^\d\d /.test(name));
	assert.equal(numbered.length, examples.length);
	assert.equal(titleOf(numbered[0]?.name ?? ''), 'Start here');
	for (const { workflow } of examples) {
		const stored = numbered.find(({ name }) => name === workflow.name);
		assert.deepEqual(
			stored?.tags?.map(({ name }) => name).sort(),
			workflow.tags.map(({ name }) => name).sort(),
			workflow.name,
		);
	}
});

test('A workflow is found by its number, and an unknown name lists all workflows', async (host) => {
	const byNumber = await runForOutput(host, '2');
	assert.ok('output' in byNumber);
	const unknown = await runForOutput(host, 'no such workflow');
	assert.ok('failure' in unknown);
	assert.match(unknown.failure, /00 Start here/);
});

test('A file in the output is described by name, size and path', async (host) => {
	const result = await runForOutput(host, 'Fanfou: keep a copy');
	assert.ok('output' in result, 'failure' in result ? result.failure : '');
	const text = JSON.stringify(result.output);
	assert.match(text, /"fileName":"fanfou-\d{4}-\d\d-\d\d\.json","size":"\d+ bytes","path":"\//);
});

/**
 * @param {import('../../host/lib/types.ts').Example} workflow
 * @returns {string[]} what an n8n must have to run an example
 */
function requirementsOf({ nodes }) {
	return [
		...(nodes.some(({ type }) => type === 'n8n-nodes-base.dataTable') ? ['dataTables'] : []),
		...(nodes.some(({ type }) => type.endsWith('.fanbookTrigger')) ? ['webSocket'] : []),
	];
}

for (const { workflow } of readExamples()) {
	const title = titleOf(workflow.name);
	test(
		`npm start -- --run "${title}" prints an output`,
		async (host) => {
			const before = await host.sandbox.lastRequestNumber();
			const result = await runForOutput(host, title);
			assert.ok('output' in result, 'failure' in result ? result.failure : '');
			assert.ok(Array.isArray(result.output) && result.output.length > 0, 'the output is empty');
			assert.ok(
				!JSON.stringify(result.output).includes('"status":"refused"'),
				'a message was refused',
			);
			const requests = await host.sandbox.requests({ after: before });
			assert.deepEqual(
				requests.flatMap(({ violations }) => violations.map(({ message }) => message)),
				[],
			);
			const { active, activeVersionId } = await host.n8n.workflow(host.demo.workflowId(title));
			assert.equal(active || Boolean(activeVersionId), title === 'Fanbook Trigger: greet');
		},
		{ requires: requirementsOf(workflow) },
	);
}
