/** The package's nodes as tools of n8n's AI Agent, with a model on this machine. */
import assert from 'node:assert/strict';
import { findByName, readExamples } from '../../host/lib/demo.mjs';
import { openLink } from './support/fanbook.mjs';
import { channelMessages, node, waitsForResponse } from './support/host.mjs';
import { startModel } from './support/model.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {Record<string, import('../../host/lib/types.ts').CredentialReference>} Credentials */

const EXAMPLE = 'Fanvue: AI drafts, a human approves';
const MODEL = 'Chat model';
const QUESTION = 'Where was the picture with the lighthouse taken?';

/** @type {Array<Awaited<ReturnType<typeof startModel>>>} */
const models = [];

/**
 * Starts a model that is stopped after the tests.
 *
 * @param {Parameters<typeof startModel>[0]} reply
 */
async function newModel(reply) {
	const model = await startModel(reply);
	models.push(model);
	return model;
}

/**
 * Creates a credential for a model.
 *
 * @param {Host} host
 * @param {string} url
 * @returns {Promise<Credentials>}
 */
async function modelCredentials({ n8n }, url) {
	const data = { apiKey: 'no secret', url };
	const { id, name } = await n8n.createCredential({ name: 'Model', type: 'openAiApi', data });
	return { openAiApi: { id, name } };
}

/**
 * Creates the example as its note describes: a credential for the model, and all three nodes enabled.
 *
 * @param {Host} host
 * @param {string} url of the model
 */
async function createEnabledExample(host, url) {
	const { n8n, demo } = host;
	const credentials = await modelCredentials(host, url);
	const example = findByName(
		readExamples().map(({ workflow }) => workflow),
		EXAMPLE,
	);
	assert.ok(example);
	const stored = await n8n.workflow(demo.workflowId(EXAMPLE));
	const nodes = stored.nodes.map((one) => ({
		...one,
		disabled: false,
		...(one.name === MODEL ? { credentials } : {}),
	}));
	return await n8n.createWorkflow({ ...example, name: 'Drafts', nodes });
}

/**
 * @param {Host} host
 * @returns {Promise<string>} the latest message of the lobby as JSON, without escapes
 */
async function latestMessage(host) {
	const [message] = await channelMessages(host, host.sandbox.demo.fanbook.lobbyChannelId);
	return JSON.stringify(message).replaceAll('\\', '');
}

/**
 * @param {Host} host
 * @param {string} post UUID
 * @returns {Promise<number>} how often a post was deleted on Fanvue
 */
async function countDeletions({ sandbox }, post) {
	const requests = await sandbox.requests({ service: 'fanvue' });
	return requests.filter(
		({ method, path, status }) => method === 'DELETE' && path.endsWith(post) && status < 300,
	).length;
}

/**
 * Creates an agent that may delete a Fanvue post only after approval in Fanbook.
 *
 * @param {Host} host
 * @param {Credentials} credentials of the model
 * @param {string} post UUID
 */
async function createReviewedAgent({ n8n, sandbox, demo }, credentials, post) {
	const fanvueOAuth2Api = demo.credential('fanvueOAuth2Api');
	const fanbookBotApi = demo.credential('fanbookBotApi');
	/**
	 * @param {string} name
	 * @param {string} kind
	 */
	const to = (name, kind) => ({ [kind]: [[{ node: name, type: kind, index: 0 }]] });
	return await n8n.createWorkflow({
		name: 'Reviewed',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node(
				'Agent',
				'@n8n/n8n-nodes-langchain.agent',
				{ promptType: 'define', text: 'Tidy up' },
				{ typeVersion: 3 },
			),
			node(MODEL, '@n8n/n8n-nodes-langchain.lmChatOpenAi', {}, { typeVersion: 1.2, credentials }),
			node(
				'Ask the team',
				'fanbookHitlTool',
				{
					resource: 'message',
					operation: 'sendAndWait',
					sendTo: 'channel',
					chatId: { __rl: true, mode: 'id', value: sandbox.demo.fanbook.lobbyChannelId },
					approvalOptions: { values: { approvalType: 'double' } },
				},
				{ credentials: { fanbookBotApi } },
			),
			node(
				'Delete the post',
				'fanvueTool',
				{
					resource: 'post',
					operation: 'delete',
					uuid: { __rl: true, mode: 'id', value: post },
					// The review is the confirmation; without it, the tool would only preview.
					confirm: true,
				},
				{ credentials: { fanvueOAuth2Api } },
			),
		],
		connections: {
			Start: to('Agent', 'main'),
			[MODEL]: to('Agent', 'ai_languageModel'),
			'Ask the team': to('Agent', 'ai_tool'),
			'Delete the post': to('Ask the team', 'ai_tool'),
		},
	});
}

test('An AI agent reads a chat with the Fanvue node, and its draft waits for approval', async (host) => {
	await host.sandbox.act('fanvue', 'message', { text: QUESTION });
	const model = await newModel(({ messages, tools: [tool = ''] }) => {
		const { role, content } = messages.at(-1) ?? {};
		if (role !== 'tool') return { tool };
		return content?.includes(QUESTION) ? 'By the sea, in March.' : 'The chat has no such question.';
	});
	const { id } = await createEnabledExample(host, model.url);
	const { executionId } = await host.n8n.run(id, 'Start');
	await waitsForResponse(host, executionId);
	const [first, second] = model.requests;
	assert.deepEqual(first?.tools, ['Read_the_chat']);
	assert.match(JSON.stringify(first?.messages), new RegExp(`wrote: ${QUESTION.slice(0, -1)}`));
	const read = JSON.parse(second?.messages.at(-1)?.content ?? '');
	assert.equal(read.length, 20);
	assert.equal(read.at(0).text ?? read[0].json.text, QUESTION);
	assert.match(await latestMessage(host), /By the sea, in March\./);
	await host.n8n.call('POST', `/rest/executions/${executionId}/stop`);
});

test(
	'A tool call that requires human review runs only after approval in Fanbook',
	async (host) => {
		const model = await newModel(({ messages, tools: [tool = ''] }) =>
			messages.at(-1)?.role === 'tool' ? 'Done.' : { tool },
		);
		const [{ uuid: post }] = (await host.sandbox.state('fanvue')).posts;
		const credentials = await modelCredentials(host, model.url);
		const { id } = await createReviewedAgent(host, credentials, post);
		for (const { button, deletions } of [
			{ button: 1, deletions: 0 },
			{ button: 0, deletions: 1 },
		]) {
			const { executionId } = await host.n8n.run(id, 'Start');
			await waitsForResponse(host, executionId);
			const request = await latestMessage(host);
			assert.match(request, /Delete_the_post/);
			const links = [...request.matchAll(/"href":"(http[^"]+)"/g)].map(([, url]) => url);
			const link = links[button] ?? '';
			// Human review asks for confirmation: opening the link alone decides nothing.
			assert.match(await (await openLink(link)).text(), /<form method="post">/);
			assert.equal(await countDeletions(host, post), 0);
			assert.equal(
				(await fetch(link, { method: 'POST', body: new URLSearchParams() })).status,
				200,
			);
			const execution = await host.n8n.finished(executionId);
			assert.equal(execution.status, 'success', execution.failure);
			assert.equal(execution.firstItem('Agent').json.output, 'Done.');
			assert.equal(await countDeletions(host, post), deletions);
		}
	},
	{ requires: ['humanReview'] },
);

cleanUp(async () => {
	await Promise.all(models.map((model) => model.close()));
});
