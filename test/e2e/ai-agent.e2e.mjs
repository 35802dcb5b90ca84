/** Our nodes as tools of n8n's AI Agent, with a model on this machine. */
import assert from 'node:assert/strict';
import { readExamples } from '../../host/lib/demo.mjs';
import { until } from '../../host/lib/processes.mjs';
import { startModel } from './support/model.mjs';

const EXAMPLE = 'Fanvue: AI drafts, a human approves';
const MODEL = 'Chat model';
/** What the agent did not have yet when it asked first. */
const QUESTION = 'Where was the picture with the lighthouse taken?';

const models = [];

/** A model for one check; closed at the end. */
async function newModel(reply) {
	const model = await startModel(reply);
	models.push(model);
	return model;
}

async function credentialFor({ n8n }, url) {
	const data = { apiKey: 'no secret', url };
	const { id, name } = await n8n.createCredential({ name: 'Model', type: 'openAiApi', data });
	return { openAiApi: { id, name } };
}

/** The example as its note says: a credential for the model, and all three nodes switched on. */
async function switchedOn({ n8n, demo }, url) {
	const credentials = await credentialFor({ n8n }, url);
	const { workflow } = readExamples().find((example) => example.workflow.name === EXAMPLE);
	const stored = await n8n.workflow(demo.workflows[EXAMPLE]);
	const nodes = stored.nodes.map((node) => ({
		...node,
		disabled: false,
		...(node.name === MODEL ? { credentials } : {}),
	}));
	return await n8n.createWorkflow({ ...workflow, name: 'Drafts', nodes });
}

/** Waits until an execution waits for a person. */
async function waits({ n8n }, executionId) {
	await until(
		async () => {
			const { status } = await n8n.call('GET', `/rest/executions/${executionId}`);
			assert.ok(['running', 'new', 'waiting'].includes(status), status);
			return status === 'waiting';
		},
		{ what: 'the execution to wait for an answer' },
	);
}

/** The latest message of the lobby. */
async function lastSaid({ sandbox }) {
	const channelId = sandbox.demo.fanbook.lobbyChannelId;
	const [message] = await sandbox.act('fanbook', 'messages', { channelId, last: 1 });
	return JSON.stringify(message).replaceAll('\\', '');
}

/** How often a post was deleted on Fanvue. */
async function deletions({ sandbox }, post) {
	const entries = await sandbox.requests({ service: 'fanvue' });
	return entries.filter(
		({ method, path, status }) => method === 'DELETE' && path.endsWith(post) && status < 300,
	).length;
}

/** An agent that may delete a post on Fanvue, but only after a yes in Fanbook. */
async function guarded({ n8n, sandbox, demo }, credential, post) {
	const node = (name, type, typeVersion, parameters, more = {}) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...more,
	});
	const ours = (name) => `n8n-nodes-fanvue-fanfou-fanbook.${name}`;
	const { fanvueOAuth2Api, fanbookBotApi } = demo.credentials;
	const to = (name, kind) => ({ [kind]: [[{ node: name, type: kind, index: 0 }]] });
	return await n8n.createWorkflow({
		name: 'Guarded',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 3, { promptType: 'define', text: 'Tidy up' }),
			node(MODEL, '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {}, { credentials: credential }),
			node(
				'Ask the team',
				ours('fanbookHitlTool'),
				1,
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
				ours('fanvueTool'),
				1,
				{ resource: 'post', operation: 'delete', uuid: { __rl: true, mode: 'id', value: post } },
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

export const checks = {
	async 'The agent reads the chat with our node, and its draft is put to the team'(host) {
		await host.sandbox.act('fanvue', 'message', { text: QUESTION });
		const model = await newModel(({ messages, tools }) => {
			const { role, content } = messages.at(-1);
			if (role !== 'tool') return { tool: tools[0] };
			return content.includes(QUESTION)
				? 'By the sea, in March.'
				: 'The chat has no such question.';
		});
		const { id } = await switchedOn(host, model.url);
		const { executionId } = await host.n8n.run(id, 'Start');
		await waits(host, executionId);
		const [first, second] = model.requests;
		assert.deepEqual(first.tools, ['Read_the_chat']);
		assert.match(JSON.stringify(first.messages), new RegExp(`wrote: ${QUESTION.slice(0, -1)}`));
		const { content } = second.messages.at(-1);
		const read = JSON.parse(content);
		assert.equal(read.length, 20);
		assert.equal(read.at(0).text ?? read[0].json.text, QUESTION);
		assert.match(await lastSaid(host), /By the sea, in March\./);
		await host.n8n.call('POST', `/rest/executions/${executionId}/stop`);
	},

	async 'What the agent wants to do waits for a yes in Fanbook'(host) {
		const model = await newModel(({ messages, tools }) =>
			messages.at(-1).role === 'tool' ? 'Done.' : { tool: tools[0] },
		);
		const [{ uuid: post }] = (await host.sandbox.state('fanvue')).posts;
		const { id } = await guarded(host, await credentialFor(host, model.url), post);
		for (const [button, wanted] of [
			[1, 0],
			[0, 1],
		]) {
			const { executionId } = await host.n8n.run(id, 'Start');
			await waits(host, executionId);
			const asked = await lastSaid(host);
			assert.match(asked, /Delete_the_post/);
			const links = [...asked.matchAll(/"href":"(http[^"]+)"/g)].map(([, url]) => url);
			assert.equal((await fetch(links[button])).status, 200);
			const execution = await host.n8n.finished(executionId);
			assert.equal(execution.status, 'success', execution.failure);
			assert.equal(execution.items('Agent')[0].json.output, 'Done.');
			assert.equal(await deletions(host, post), wanted);
		}
	},
};

export async function after() {
	await Promise.all(models.map((model) => model.close()));
}
