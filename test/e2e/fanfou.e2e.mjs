/**
 * Fanfou in a real n8n: its tools in n8n's own MCP server, called by the official client, and its example
 * workflows.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { until } from '../../host/lib/processes.mjs';
import {
	channelMessages,
	contractViolations,
	readBinaryText,
	runExample,
} from './support/host.mjs';
import { cleanUp, test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').Json} Json */

/**
 * @typedef {object} Tools
 * @property {() => Promise<Array<{ name: string, description?: string, inputSchema: { properties?: object } }>>} list
 * @property {(name: string, input?: object) => Promise<Json[]>} call returns the rows of a tool's result
 * @property {(name: string, input: object) => Promise<string>} callText returns the text of a tool's result
 */

/** For a test that restarts n8n twice. */
const RESTARTS_TIMEOUT_MS = 300_000;

const TOOLS = 'Fanfou: tools for an AI agent';
const ME = 'demo';
/** The tools that change something. */
const WRITING = [
	'create_favorite',
	'create_friendship',
	'delete_status',
	'destroy_favorite',
	'destroy_friendship',
	'publish_photo',
	'publish_status',
];
const READING = [
	'generate_oauth_token',
	'get_home_timeline',
	'get_public_timeline',
	'get_status_info',
	'get_user_info',
	'get_user_timeline',
	'search_public_timeline',
	'search_user_timeline',
];

/** Whether the tools are published. This is done once, because n8n takes long to publish and unpublish. */
let isPublished = false;

/**
 * Publishes the tools and passes a connected client to `use`.
 *
 * @param {Host} host
 * @param {(tools: Tools) => Promise<void>} use
 */
async function withTools({ url, n8n, demo }, use) {
	if (!isPublished) await n8n.activate(demo.workflowId(TOOLS));
	isPublished = true;
	// n8n responds that it has published them (and, after a restart, that it is ready) too early.
	const client = await until(
		async () => {
			const created = new Client({ name: 'an agent', version: '1.0.0' });
			await created.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp/fanfou`)));
			return created;
		},
		{ what: 'the MCP server' },
	);
	/**
	 * @param {string} name
	 * @param {object} [input]
	 * @returns {Promise<string>}
	 */
	const callText = async (name, input = {}) => {
		const { content } = await client.callTool({ name, arguments: { ...input } });
		assert.ok(Array.isArray(content));
		return content[0].text;
	};
	try {
		await use({
			list: async () => (await client.listTools()).tools,
			async call(name, input) {
				const read = JSON.parse(await callText(name, input));
				return Array.isArray(read) ? read : [read];
			},
			callText,
		});
	} finally {
		await client.close();
	}
}

cleanUp(async ({ n8n, demo }) => {
	if (isPublished) await n8n.deactivate(demo.workflowId(TOOLS));
});

/**
 * Serves a picture on a loopback address that nothing else uses, so that n8n can be set to allow it.
 *
 * @param {Buffer} picture
 */
async function servePicture(picture) {
	/** @type {Array<{ method?: string, url?: string, authorization?: string }>} */
	const requests = [];
	const server = createServer(({ method, url, headers }, response) => {
		requests.push({ method, url, authorization: headers.authorization });
		response.writeHead(200, { 'content-type': 'text/plain' }).end(picture);
	});
	server.listen(0, '127.0.0.2');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	return {
		url: `http://127.0.0.2:${port}/a%20photo?of=饭`,
		requests,
		async close() {
			const closed = once(server, 'close');
			server.closeAllConnections();
			server.close();
			await closed;
		},
	};
}

/**
 * @param {Host} host
 * @param {number} after number of a request
 * @returns {Promise<string[]>} the paths of later requests that write
 */
async function writesSince({ sandbox }, after) {
	const requests = await sandbox.requests({ service: 'fanfou', after });
	return requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
}

/**
 * @param {Host} host
 * @param {string} channelId
 * @param {number} [count]
 * @returns {Promise<string[]>} the latest texts in a Fanbook channel, newest first
 */
async function channelTexts(host, channelId, count) {
	const messages = await channelMessages(host, channelId, count);
	return messages.map(({ content }) => content.text ?? content.url);
}

test('The MCP server lists all Fanfou tools, and those that write require confirmation', async (host) => {
	await withTools(host, async ({ list }) => {
		const listed = await list();
		assert.deepEqual(listed.map(({ name }) => name).sort(), [...WRITING, ...READING].sort());
		for (const { name, description, inputSchema } of listed) {
			const writes = WRITING.includes(name);
			assert.equal(/never confirm by yourself/.test(description ?? ''), writes, name);
			assert.equal('confirm' in (inputSchema.properties ?? {}), writes, name);
		}
	});
});

test('The eight reading tools return the keys of the Fanfou MCP server', async (host) => {
	const before = await host.sandbox.lastRequestNumber();
	await withTools(host, async ({ call }) => {
		const [mine] = await call('get_user_timeline', { count: 1 });
		assert.equal(mine['发布者 ID'], ME);
		const older = await call('get_user_timeline', { count: 2, max_id: mine['发布 ID'] });
		assert.equal(older.length, 2);
		assert.ok(!older.some((row) => row['发布 ID'] === mine['发布 ID']));
		const home = await call('get_home_timeline');
		assert.equal(home.length, 5);
		assert.deepEqual(Object.keys(home[0]).slice(0, 3), ['饭否内容', '发布 ID', '发布时间']);
		assert.equal((await call('get_public_timeline', { count: 3 })).length, 3);
		for (const { tool, input } of [
			{ tool: 'search_public_timeline', input: { q: '天气', count: 2 } },
			{ tool: 'search_user_timeline', input: { q: '天气', user_id: ME, count: 2 } },
		]) {
			const found = await call(tool, input);
			assert.ok(found.length > 0, tool);
			for (const row of found) assert.match(row['饭否内容'], /天气/);
		}
		const [status] = await call('get_status_info', { status_id: mine['发布 ID'] });
		assert.equal(status['是否是自己'], true);
		const [user] = await call('get_user_info', { user_id: 'moyu' });
		assert.equal(user['用户名'], '摸鱼达人');
		assert.equal((await call('get_user_info'))[0]['用户 ID'], ME);
		const [token] = await call('generate_oauth_token');
		assert.match(token.oauth_token, /^\d+-[0-9a-f]{32}$/);
	});
	assert.deepEqual(await writesSince(host, before), []);
	assert.deepEqual(await contractViolations(host, 'fanfou', before), []);
});

test('The MCP tools preview a status, and publish and delete it only after confirmation', async (host) => {
	const text = 'Posted by an agent, confirmed by a human 🎉';
	const before = await host.sandbox.lastRequestNumber();
	await withTools(host, async ({ call }) => {
		const [preview] = await call('publish_status', { status: text });
		assert.equal(preview['需要确认'], true);
		assert.equal(preview['内容预览'], text);
		assert.equal(preview['字数统计'], `${[...text].length}/140`);
		assert.deepEqual(await writesSince(host, before), []);
		const texts = async () =>
			(await call('get_home_timeline', { count: 10 })).map((row) => row['饭否内容']);
		assert.ok(!(await texts()).includes(text));

		const [published] = await call('publish_status', { status: text, confirm: true });
		assert.equal(published['发布结果'], '发布成功');
		assert.ok((await texts()).includes(text));

		const status = { status_id: published['发布 ID'] };
		assert.equal((await call('delete_status', status))[0]['内容预览'], text);
		assert.ok((await texts()).includes(text));
		assert.equal(
			(await call('delete_status', { ...status, confirm: true }))[0]['删除结果'],
			'删除成功',
		);
		assert.ok(!(await texts()).includes(text));
	});
	assert.deepEqual(await contractViolations(host, 'fanfou', before), []);
});

test('The MCP tools change favorites, friendships and photos only after confirmation', async (host) => {
	const { id } = await host.sandbox.act('fanfou', 'post', { user: 'moyu', text: '给你收藏' });
	const before = await host.sandbox.lastRequestNumber();
	await withTools(host, async ({ call, callText }) => {
		const status = { status_id: id };
		const user = { user_id: 'moyu' };
		const kept = async () => (await call('get_status_info', status))[0]['是否收藏'];
		const followed = async () => (await call('get_user_info', user))[0]['是否关注'];
		const steps = [
			{ tool: 'create_favorite', input: status, state: kept, expected: true },
			{ tool: 'destroy_favorite', input: status, state: kept, expected: false },
			{ tool: 'destroy_friendship', input: user, state: followed, expected: false },
			{ tool: 'create_friendship', input: user, state: followed, expected: true },
		];
		for (const { tool, input, state, expected } of steps) {
			assert.equal((await call(tool, input))[0]['需要确认'], true, tool);
			assert.equal(await state(), !expected, `${tool} without confirm`);
			await call(tool, { ...input, confirm: true });
			assert.equal(await state(), expected, `${tool} with confirm`);
		}
		const written = await writesSince(host, before);
		assert.equal(written.length, steps.length);

		const photo = { status: '一张照片', photo_url: `${host.sandbox.url}/photo.png` };
		assert.equal((await call('publish_photo', photo))[0]['图片链接'], photo.photo_url);
		// The sandbox is on this machine, and no photo is fetched from there.
		assert.match(await callText('publish_photo', { ...photo, confirm: true }), /Photo URL/);
		assert.equal((await writesSince(host, before)).length, written.length);
	});
});

test(
	'The MCP tool posts the exact bytes of a photo from an address that n8n allows',
	async (host) => {
		const picture = Buffer.from(
			'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
			'base64',
		);
		const web = await servePicture(picture);
		await host.restart(undefined, { N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.2/32' });
		try {
			const before = await host.sandbox.lastRequestNumber();
			await withTools(host, async ({ call, callText }) => {
				const photo = { status: '一张照片 & 一句话', photo_url: web.url };
				assert.equal((await call('publish_photo', photo))[0]['需要确认'], true);
				assert.deepEqual(web.requests, [], 'a preview fetches nothing');
				assert.deepEqual(await writesSince(host, before), []);

				const [published] = await call('publish_photo', { ...photo, confirm: true });
				assert.equal(published['发布结果'], '发布成功');
				assert.deepEqual(web.requests, [
					{ method: 'GET', url: '/a%20photo?of=%E9%A5%AD', authorization: undefined },
				]);
				const entries = await host.sandbox.requests({ service: 'fanfou', after: before });
				const [upload] = entries.filter(({ endpoint }) => endpoint === 'photos.upload');
				assert.deepEqual(
					upload?.parts.map(({ name, text, filename, contentType, sha256 }) =>
						name === 'photo' ? [name, filename, contentType, sha256] : [name, text],
					),
					[
						['status', photo.status],
						['photo', 'image.gif', 'image/gif', createHash('sha256').update(picture).digest('hex')],
					],
				);
				const status = { status_id: published['发布 ID'] };
				assert.match((await call('get_status_info', status))[0]['图片链接'], /^http/);

				// An address that is not allowed is still rejected.
				const inside = { ...photo, photo_url: `${host.sandbox.url}/photo.png`, confirm: true };
				assert.match(await callText('publish_photo', inside), /Photo URL.*inside this network/);
				await call('delete_status', { ...status, confirm: true });
			});
			assert.deepEqual(await contractViolations(host, 'fanfou', before), []);
		} finally {
			await web.close();
			await host.restart();
		}
	},
	{ timeoutMs: RESTARTS_TIMEOUT_MS, requires: ['egressFilter'] },
);

test('The cross-posting example sends the latest own statuses to Fanbook', async (host) => {
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	const text = 'Cross-posted <once> & in full';
	await host.sandbox.act('fanfou', 'post', { user: ME, text });
	const before = await host.sandbox.lastRequestNumber();
	const name = 'Fanfou: cross-post to Fanbook';
	const execution = await runExample(host, name, 'A new status of mine');
	const sample = execution.items('A new status of mine').map(({ json }) => json);
	assert.equal(sample.at(-1).text, text);
	const photos = sample.filter(({ photo }) => photo);
	const texts = await channelTexts(host, lobbyChannelId, sample.length + photos.length);
	for (const status of sample) {
		const link = `https://fanfou.com/statuses/${encodeURIComponent(status.id)}`;
		assert.ok(texts.includes(`${status.text}\n${link}`), status.text);
	}
	assert.deepEqual(await contractViolations(host, 'fanbook', before), []);
});

test('The digest example turns the statuses of a day into one message, oldest first', async (host) => {
	const { lobbyChannelId } = host.sandbox.demo.fanbook;
	const execution = await runExample(host, 'Fanfou: daily digest');
	const statuses = execution.items('Only the last 24 hours');
	assert.ok(statuses.length > 0);
	assert.ok(statuses.length < execution.items('Read the home timeline').length);
	const [digest] = await channelTexts(host, lobbyChannelId, 1);
	const [head = '', , ...lines] = (digest ?? '').split('\n');
	assert.match(head, new RegExp(`^Fanfou on .*: ${statuses.length} statuses$`));
	assert.equal(lines.length, statuses.length);
	const { user, text } = statuses[0]?.json;
	assert.equal(lines.at(-1), `${user.name}: ${text}`);
});

test('The keyword example reports a keyword, except in reposts', async (host) => {
	const { helpChannelId } = host.sandbox.demo.fanbook;
	const original = await host.sandbox.act('fanfou', 'post', { user: '-wind', text: '一起摸鱼吧' });
	await host.sandbox.act('fanfou', 'repost', {
		from: 'moyu',
		status: original.id,
		text: '好！',
	});
	const execution = await runExample(host, 'Fanfou: keyword watch', 'Somebody says it');
	const found = execution.items('Somebody says it');
	const reported = execution.items('Without reposts');
	assert.equal(reported.at(-1)?.json.text, '一起摸鱼吧');
	assert.ok(found.length > reported.length);
	const [newest] = await channelTexts(host, helpChannelId, 1);
	assert.match(newest ?? '', /^风过无痕 \(@-wind\): 一起摸鱼吧\nhttps:\/\/fanfou\.com\/statuses\//);
});

test('The backup example saves every own status once in a file', async (host) => {
	const execution = await runExample(host, 'Fanfou: keep a copy');
	const statuses = execution.items('Read all my statuses').map(({ json }) => json.id);
	const file = execution.firstItem('Make a file').binary?.data;
	assert.match(file?.fileName ?? '', /^fanfou-\d{4}-\d\d-\d\d\.json$/);
	/** @type {Array<{ id: string }>} */
	const saved = JSON.parse(await readBinaryText(host, file));
	const kept = saved.map(({ id }) => id);
	assert.ok(kept.length > 60, 'more than one page');
	assert.equal(new Set(kept).size, kept.length);
	assert.deepEqual(kept, statuses);
});
