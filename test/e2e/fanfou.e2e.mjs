/**
 * Fanfou in a real n8n: its tools over n8n's own MCP server, called by the official client, and its
 * example workflows.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { until } from '../../host/lib/processes.mjs';

const TOOLS = 'Fanfou: tools for an AI agent';
const ME = 'demo';
/** The tools that change something. */
const GUARDED = [
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

async function connected(address) {
	const client = new Client({ name: 'an agent', version: '1.0.0' });
	await client.connect(new StreamableHTTPClientTransport(new URL(address)));
	return client;
}

/** Whether the tools are published: once for all checks, since n8n takes a while to forget and to know. */
let published = false;

/** Publishes the tools, and hands a connected client to `use`. */
async function withClient({ url, n8n, demo }, use) {
	if (!published) await n8n.activate(demo.workflows[TOOLS]);
	published = true;
	// n8n answers that it is published (and, after a restart, that it is there) before it listens.
	const client = await until(() => connected(`${url}/mcp/fanfou`), { what: 'the MCP server' });
	try {
		await use({
			tools: async () => (await client.listTools()).tools,
			/** The rows a tool answers. */
			call: async (name, given = {}) => {
				const { content } = await client.callTool({ name, arguments: given });
				const read = JSON.parse(content[0].text);
				return Array.isArray(read) ? read : [read];
			},
			/** What a tool answers that does not do what it was asked for. */
			refusal: async (name, given) =>
				(await client.callTool({ name, arguments: given })).content[0].text,
		});
	} finally {
		await client.close();
	}
}

export async function after({ n8n, demo }) {
	if (published) await n8n.deactivate(demo.workflows[TOOLS]);
}

/** One picture on a loopback address that nothing else uses, so that it can be allowed by itself. */
async function servePicture(picture) {
	const asked = [];
	const web = createServer(({ method, url, headers }, response) => {
		asked.push({ method, url, authorization: headers.authorization });
		response.writeHead(200, { 'content-type': 'text/plain' }).end(picture);
	});
	web.listen(0, '127.0.0.2');
	await once(web, 'listening');
	const close = async () => {
		web.closeAllConnections();
		web.close();
		await once(web, 'close');
	};
	return { url: `http://127.0.0.2:${web.address().port}/a%20photo?of=饭`, asked, close };
}

/** The number of the latest request in the log. */
async function latest({ sandbox }) {
	return (await sandbox.requests()).at(-1)?.number ?? 0;
}

/** The requests since then that were made to change something. */
async function writesSince({ sandbox }, after) {
	const entries = await sandbox.requests({ service: 'fanfou', after });
	return entries.filter(({ method }) => method !== 'GET').map(({ path }) => path);
}

/** What of the requests since then broke a service's contract. */
async function violations({ sandbox }, service, after) {
	const entries = await sandbox.requests({ service, after });
	assert.ok(entries.length > 0, `nothing was asked of ${service}`);
	return entries.flatMap((entry) =>
		entry.violations.map(({ message }) => `${entry.path}: ${message}`),
	);
}

/** Starts an example by hand and expects it to get to its end. */
async function run({ n8n, demo }, name, from = 'Start') {
	const execution = await n8n.runToEnd(demo.workflows[name], from);
	assert.equal(execution.status, 'success', execution.failure);
	return execution;
}

/** The latest texts in a channel, newest first. */
async function channelTexts({ sandbox }, channelId, last) {
	const messages = await sandbox.act('fanbook', 'messages', { channelId, last });
	return messages.map(({ content }) => {
		const read = typeof content === 'string' ? JSON.parse(content) : content;
		return read.text ?? read.url;
	});
}

/** One of the checks starts n8n twice. */
export const longest = 300_000;

export const checks = {
	async 'MCP: the tools are listed, those that change something with the rule to ask first'(host) {
		await withClient(host, async ({ tools }) => {
			const listed = await tools();
			assert.deepEqual(listed.map(({ name }) => name).sort(), [...GUARDED, ...READING].sort());
			for (const { name, description, inputSchema } of listed) {
				const guarded = GUARDED.includes(name);
				assert.equal(/never confirm by yourself/.test(description), guarded, name);
				assert.equal('confirm' in inputSchema.properties, guarded, name);
			}
		});
	},

	async 'MCP: the eight tools that read answer in the terms of the Fanfou MCP server'(host) {
		const before = await latest(host);
		await withClient(host, async ({ call }) => {
			const [mine] = await call('get_user_timeline', { count: 1 });
			assert.equal(mine['发布者 ID'], ME);
			const older = await call('get_user_timeline', { count: 2, max_id: mine['发布 ID'] });
			assert.equal(older.length, 2);
			assert.ok(!older.some((row) => row['发布 ID'] === mine['发布 ID']));
			const home = await call('get_home_timeline');
			assert.equal(home.length, 5);
			assert.deepEqual(Object.keys(home[0]).slice(0, 3), ['饭否内容', '发布 ID', '发布时间']);
			assert.equal((await call('get_public_timeline', { count: 3 })).length, 3);
			for (const [tool, given] of [
				['search_public_timeline', { q: '天气', count: 2 }],
				['search_user_timeline', { q: '天气', user_id: ME, count: 2 }],
			]) {
				const found = await call(tool, given);
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
		assert.deepEqual(await violations(host, 'fanfou', before), []);
	},

	async 'MCP: a status is previewed, published, seen and deleted, each on a yes only'(host) {
		const text = 'Posted by an agent, agreed to by a human 🎉';
		const before = await latest(host);
		await withClient(host, async ({ call }) => {
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
		assert.deepEqual(await violations(host, 'fanfou', before), []);
	},

	async 'MCP: favorites, friendships and photos change on a yes only'(host) {
		const { id } = await host.sandbox.act('fanfou', 'post', { user: 'moyu', text: '给你收藏' });
		const before = await latest(host);
		await withClient(host, async ({ call, refusal }) => {
			const status = { status_id: id };
			const user = { user_id: 'moyu' };
			const kept = async () => (await call('get_status_info', status))[0]['是否收藏'];
			const followed = async () => (await call('get_user_info', user))[0]['是否关注'];
			const steps = [
				['create_favorite', status, kept, true],
				['destroy_favorite', status, kept, false],
				['destroy_friendship', user, followed, false],
				['create_friendship', user, followed, true],
			];
			for (const [tool, given, state, wanted] of steps) {
				assert.equal((await call(tool, given))[0]['需要确认'], true, tool);
				assert.equal(await state(), !wanted, `${tool} without confirm`);
				await call(tool, { ...given, confirm: true });
				assert.equal(await state(), wanted, `${tool} with confirm`);
			}
			const written = await writesSince(host, before);
			assert.equal(written.length, steps.length);

			const photo = { status: '一张照片', photo_url: `${host.sandbox.url}/photo.png` };
			assert.equal((await call('publish_photo', photo))[0]['图片链接'], photo.photo_url);
			// The sandbox stands on this machine, where photos are not fetched from.
			assert.match(await refusal('publish_photo', { ...photo, confirm: true }), /Photo URL/);
			assert.equal((await writesSince(host, before)).length, written.length);
		});
	},

	async 'MCP: a photo is fetched from an address that n8n was told to allow, and posted as it is'(
		host,
	) {
		const picture = Buffer.from(
			'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
			'base64',
		);
		const web = await servePicture(picture);
		await host.restart(undefined, { N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.2/32' });
		try {
			const before = await latest(host);
			await withClient(host, async ({ call, refusal }) => {
				const photo = { status: '一张照片 & 一句话', photo_url: web.url };
				assert.equal((await call('publish_photo', photo))[0]['需要确认'], true);
				assert.deepEqual(web.asked, [], 'a preview fetches nothing');
				assert.deepEqual(await writesSince(host, before), []);

				const [published] = await call('publish_photo', { ...photo, confirm: true });
				assert.equal(published['发布结果'], '发布成功');
				assert.deepEqual(web.asked, [
					{ method: 'GET', url: '/a%20photo?of=%E9%A5%AD', authorization: undefined },
				]);
				const entries = await host.sandbox.requests({ service: 'fanfou', after: before });
				const [upload] = entries.filter(({ endpoint }) => endpoint === 'photos.upload');
				assert.deepEqual(
					upload.parts.map(({ name, text, filename, contentType, sha256 }) =>
						name === 'photo' ? [name, filename, contentType, sha256] : [name, text],
					),
					[
						['status', photo.status],
						['photo', 'image.gif', 'image/gif', createHash('sha256').update(picture).digest('hex')],
					],
				);
				const status = { status_id: published['发布 ID'] };
				assert.match((await call('get_status_info', status))[0]['图片链接'], /^http/);

				// What was not allowed is refused all the same.
				const inside = { ...photo, photo_url: `${host.sandbox.url}/photo.png`, confirm: true };
				assert.match(await refusal('publish_photo', inside), /Photo URL.*inside this network/);
				await call('delete_status', { ...status, confirm: true });
			});
			assert.deepEqual(await violations(host, 'fanfou', before), []);
		} finally {
			await web.close();
			await host.restart();
		}
	},

	async 'Example: the latest own statuses are said in Fanbook, oldest first'(host) {
		const { lobbyChannelId } = host.sandbox.demo.fanbook;
		const text = 'Cross-posted <once> & in full';
		await host.sandbox.act('fanfou', 'post', { user: ME, text });
		const before = await latest(host);
		const name = 'Fanfou: cross-post to Fanbook';
		const execution = await run(host, name, 'A new status of mine');
		const sample = execution.items('A new status of mine').map(({ json }) => json);
		assert.equal(sample.at(-1).text, text);
		const photos = sample.filter(({ photo }) => photo);
		const said = await channelTexts(host, lobbyChannelId, sample.length + photos.length);
		for (const status of sample) {
			const link = `https://fanfou.com/statuses/${encodeURIComponent(status.id)}`;
			assert.ok(said.includes(`${status.text}\n${link}`), status.text);
		}
		assert.deepEqual(await violations(host, 'fanbook', before), []);
	},

	async 'Example: the day becomes one message'(host) {
		const { lobbyChannelId } = host.sandbox.demo.fanbook;
		const execution = await run(host, 'Fanfou: daily digest');
		const statuses = execution.items('Only the last 24 hours');
		assert.ok(statuses.length > 0);
		assert.ok(statuses.length < execution.items('Read the home timeline').length);
		const [digest] = await channelTexts(host, lobbyChannelId, 1);
		const [head, , ...lines] = digest.split('\n');
		assert.match(head, new RegExp(`^Fanfou on .*: ${statuses.length} statuses$`));
		assert.equal(lines.length, statuses.length);
		const { user, text } = statuses[0].json;
		assert.equal(lines.at(-1), `${user.name}: ${text}`);
	},

	async 'Example: a keyword is told, but not in a repost'(host) {
		const { helpChannelId } = host.sandbox.demo.fanbook;
		const original = await host.sandbox.act('fanfou', 'post', {
			user: '-wind',
			text: '一起摸鱼吧',
		});
		await host.sandbox.act('fanfou', 'repost', {
			from: 'moyu',
			status: original.id,
			text: '好！',
		});
		const execution = await run(host, 'Fanfou: keyword watch', 'Somebody says it');
		const found = execution.items('Somebody says it');
		const told = execution.items('Without reposts');
		assert.equal(told.at(-1).json.text, '一起摸鱼吧');
		assert.ok(found.length > told.length);
		const [newest] = await channelTexts(host, helpChannelId, 1);
		assert.match(newest, /^风过无痕 \(@-wind\): 一起摸鱼吧\nhttps:\/\/fanfou\.com\/statuses\//);
	},

	async 'Example: the file holds every own status once'(host) {
		const execution = await run(host, 'Fanfou: keep a copy');
		const statuses = execution.items('Read all my statuses').map(({ json }) => json.id);
		const [{ binary }] = execution.items('Make a file');
		assert.match(binary.data.fileName, /^fanfou-\d{4}-\d\d-\d\d\.json$/);
		const query = new URLSearchParams({ id: binary.data.id, action: 'view' });
		const file = binary.data.id
			? JSON.stringify(await host.n8n.call('GET', `/rest/binary-data?${query}`))
			: Buffer.from(binary.data.data, 'base64').toString();
		const kept = JSON.parse(file).map(({ id }) => id);
		assert.ok(kept.length > 60, 'more than one page');
		assert.equal(new Set(kept).size, kept.length);
		assert.deepEqual(kept, statuses);
	},
};
