import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { startSandbox, type Sandbox } from '../support/sandbox';
import { loadOpenApi, parseOpenApi, type ServiceName } from '../../sandbox/core/openApi';
import { DEMO } from '../../sandbox/demo';
import { DEMO_APP } from '../../sandbox/fanvue/handlers/apps';
import { isRecord } from '../../scripts/live/compare';
import { ask } from '../../scripts/live/prompt';
import { writePatch, writeReport } from '../../scripts/live/report';
import { runReads } from '../../scripts/live/run';
import { compareDocuments } from '../../scripts/live/vendorDocument';
import { runWrites } from '../../scripts/live/writes';

jest.setTimeout(120_000);

interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** Changes the response to one path. */
type Change = (answer: Answer) => void;

let sandbox: Sandbox;
let token = '';
/** Changes by the path below the service's address. */
const changes = new Map<string, Change>();

/** Stands between the script and the sandbox, and changes what passes. */
const proxy = createServer((request, response) => void forward(request, response));
let proxyUrl = '';

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	const headers = Object.entries(request.headers).flatMap(
		([name, value]): Array<[string, string]> =>
			['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
				? []
				: [[name, String(value)]],
	);
	const url = request.url ?? '';
	const answered = await fetch(`${sandbox.url}${url}`, {
		method: request.method,
		headers,
		redirect: 'manual',
		...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
	});
	const answer: Answer = {
		status: answered.status,
		headers: Object.fromEntries(
			[...answered.headers].filter(
				([name]) => !/^(content-length|connection|keep-alive)/.test(name),
			),
		),
		text: await answered.text(),
	};
	const path = url.split('?')[0]?.replace(`/api/bot/${DEMO.fanbook.botToken}`, '') ?? '';
	changes.get(`${request.method ?? ''} ${path}`)?.(answer);
	response.writeHead(answer.status, answer.headers).end(answer.text);
}

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	sandbox.fanvue.baseline.rateLimit.size = 10_000;
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const address = proxy.address();
	if (address === null || typeof address === 'string') throw new Error('Not listening');
	proxyUrl = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
	proxy.closeAllConnections();
	await new Promise<void>((resolve) => proxy.close(() => resolve()));
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	changes.clear();
	token = sandbox.fanvue.issueToken({ account: 'mira' }).access_token;
});

function settingsOf(service: ServiceName): Record<string, string> {
	const { fanfou, fanbook } = DEMO;
	const all: Record<ServiceName, Record<string, string>> = {
		fanvue: { FANVUE_ACCESS_TOKEN: token, FANVUE_URL: `${proxyUrl}/fanvue` },
		fanfou: {
			FANFOU_CONSUMER_KEY: fanfou.consumerKey,
			FANFOU_CONSUMER_SECRET: fanfou.consumerSecret,
			FANFOU_ACCESS_TOKEN: fanfou.accessToken,
			FANFOU_ACCESS_TOKEN_SECRET: fanfou.accessTokenSecret,
			FANFOU_URL: `${proxyUrl}/fanfou`,
		},
		fanbook: {
			FANBOOK_BOT_TOKEN: fanbook.botToken,
			FANBOOK_URL: `${proxyUrl}/fanbook`,
			FANBOOK_SERVER_ID: fanbook.serverId,
			FANBOOK_CHANNEL_ID: fanbook.lobbyChannelId,
		},
	};
	return all[service];
}

const optionsOf = (service: ServiceName, openApi = loadOpenApi(service)) => ({
	service,
	openApi,
	settings: settingsOf(service),
	pauseMs: 0,
});
const read = async (service: ServiceName) => await runReads(optionsOf(service));

/** Returns a change of the object that is the body, or at a path in it. */
function inBody(path: string, set: (target: Record<string, unknown>) => void): Change {
	return (answer) => {
		const body: unknown = JSON.parse(answer.text);
		let target: unknown = body;
		for (const part of path.split('.').filter((name) => name !== '')) {
			target = Array.isArray(target)
				? target[Number(part)]
				: isRecord(target)
					? target[part]
					: undefined;
		}
		if (!isRecord(target)) throw new Error(`No object at ${path} in ${answer.text.slice(0, 200)}`);
		set(target);
		answer.text = JSON.stringify(body);
	};
}

const withStatus =
	(status: number): Change =>
	(answer) => {
		answer.status = status;
	};

const PLANTED: Array<[path: string, change: Change, expected: string]> = [
	[
		'/fanvue/users/me',
		inBody('', (me) => (me.newBadge = 'Mira Vale')),
		'GET /users/me unknown member newBadge',
	],
	[
		'/fanvue/v1/chats',
		inBody('data.0', (chat) => (chat.isNew = true)),
		'GET /v1/chats unknown member data[].isNew',
	],
	['/fanvue/chats', inBody('data.0', (row) => delete row.user), 'GET /chats missing data[].user'],
	[
		'/fanvue/posts',
		inBody('data.0', (post) => (post.mediaUuids = 'none')),
		'GET /posts type data[].mediaUuids',
	],
	[
		'/fanvue/v1/posts',
		inBody('data.0', (post) => (post.likesCount = 'many')),
		'GET /v1/posts type data[].likesCount',
	],
	['/fanvue/media', withStatus(202), 'GET /media status '],
	[
		'/fanvue/followers',
		(answer) => (answer.headers['content-type'] = 'text/plain'),
		'GET /followers header content-type',
	],
	['/fanvue/subscribers', (answer) => (answer.text = '<html>'), 'GET /subscribers body '],
	[
		'/fanvue/notifications',
		(answer) => delete answer.headers['x-ratelimit-remaining'],
		'GET /notifications header x-ratelimit-remaining',
	],
	['/fanvue/chats/lists/smart', withStatus(301), 'GET /chats/lists/smart status '],
	[
		'/fanvue/tracking-links',
		inBody('', (body) => (body.data = {})),
		'GET /tracking-links type data',
	],
	[
		'/fanfou/account/verify_credentials.json',
		inBody('', (me) => (me.new_badge = 1)),
		'GET /account/verify_credentials.json unknown member new_badge',
	],
	[
		'/fanfou/statuses/home_timeline.json',
		inBody('0', (status) => (status.id = 12)),
		'GET /statuses/home_timeline.json type [].id',
	],
	[
		'/fanfou/statuses/public_timeline.json',
		inBody('0', (status) => delete status.text),
		'GET /statuses/public_timeline.json missing [].text',
	],
	['/fanfou/trends/list.json', withStatus(500), 'GET /trends/list.json status '],
	[
		'/fanfou/followers/ids.json',
		(answer) => (answer.text = '[1]'),
		'GET /followers/ids.json type []',
	],
	[
		'/fanfou/saved_searches/list.json',
		(answer) => (answer.text = '{}'),
		'GET /saved_searches/list.json type ',
	],
	['/fanbook/getMe', inBody('result', (bot) => delete bot.id), 'GET /getMe missing result.id'],
	[
		'/fanbook/guild',
		inBody('result', (guild) => (guild.newFlag = false)),
		'POST /guild unknown member result.newFlag',
	],
	[
		'/fanbook/getMyCommands',
		inBody('', (body) => (body.result = {})),
		'GET /getMyCommands type result',
	],
];

test.each(['fanvue', 'fanfou', 'fanbook'] as const)(
	'%s without a planted difference has none, and more than 20 endpoints agree',
	async (service) => {
		const { agreements, differences } = await read(service);
		expect(differences).toEqual([]);
		expect(agreements.length).toBeGreaterThan(20);
	},
);

test('each of 20 planted differences is reported, and nothing else', async () => {
	expect(PLANTED).toHaveLength(20);
	for (const [path, change, expected] of PLANTED) {
		changes.set(`${expected.split(' ')[0] ?? ''} ${path}`, change);
	}
	const found: string[] = [];
	for (const service of ['fanvue', 'fanfou', 'fanbook'] as const) {
		const { differences } = await read(service);
		found.push(...differences.map(({ endpoint, kind, at }) => `${endpoint} ${kind} ${at}`));
	}
	expect(found.sort()).toEqual(PLANTED.map(([, , expected]) => expected).sort());
});

test('a contract that describes something else is found to differ, with a patch for it', async () => {
	const changed = structuredClone(loadOpenApi('fanfou'));
	const { User: user } = changed.components.schemas ?? {};
	if (user?.properties === undefined) throw new Error('The contract has no User');
	delete user.properties['screen_name'];
	user.properties['name'] = { type: 'integer' };
	const result = await runReads(optionsOf('fanfou', parseOpenApi(changed)));
	const me = result.differences.filter(({ endpoint }) => endpoint.includes('verify_credentials'));
	expect(new Set(me.map(({ kind, at }) => `${kind} ${at}`))).toEqual(
		new Set(['type name', 'unknown member screen_name']),
	);
	expect(JSON.parse(writePatch(result))).toEqual(
		expect.arrayContaining([
			{
				op: 'add',
				path: '/components/schemas/User/properties/screen_name',
				value: { type: 'string' },
			},
		]),
	);
});

test('the report and the patch hold no value of the account and no secret', async () => {
	changes.set(
		'GET /fanvue/users/me',
		inBody('', (me) => {
			me['mira@example.com'] = 'Mira Vale';
			me.handle = ['mira'];
		}),
	);
	const result = await read('fanvue');
	const text = writeReport('fanvue', result) + writePatch(result);
	expect(text).toContain('| GET /users/me | unknown member | <text> | string |');
	for (const value of [token, 'mira', 'Mira', 'example.com', sandbox.url, proxyUrl]) {
		expect(text).not.toContain(value);
	}
});

test.each([
	[true, 'a secret is not shown while it is typed'],
	[false, 'an address is shown while it is typed'],
])('the terminal: %p, %s', async (isSecret) => {
	const input = new PassThrough();
	const output = new PassThrough();
	const answer = ask('Bot token (FANBOOK_BOT_TOKEN): ', { isSecret }, { input, output });
	for (const key of 'whsec_1\n') input.write(key);
	expect(await answer).toBe('whsec_1');
	const shown = String(output.read());
	expect(shown).toContain('Bot token (FANBOOK_BOT_TOKEN): ');
	expect(shown.includes('whsec_1') || /w.*h.*s.*e.*c/s.test(shown)).toBe(!isSecret);
});

test('what is not called is in the report with the reason', async () => {
	const fanvue = await read('fanvue');
	expect(fanvue.skipped).toContainEqual({
		endpoint: 'GET /apps/{appUuid}',
		reason: 'no value for appUuid: set FANVUE_APP_UUID',
	});
	expect(fanvue.skipped.map(({ endpoint }) => endpoint)).not.toContain('GET /insights/fans');
	const withApp = { ...settingsOf('fanvue'), FANVUE_APP_UUID: DEMO_APP.uuid };
	const { agreements } = await runReads({ ...optionsOf('fanvue'), settings: withApp });
	expect(agreements).toContain('GET /apps/{appUuid}');
	const fanfou = await read('fanfou');
	expect(fanfou.agreements).toEqual(
		expect.arrayContaining(['GET /statuses/show/{id}.json', 'GET /friendships/exists.json']),
	);
	const fanbook = await read('fanbook');
	expect(writeReport('fanbook', fanbook)).toContain(
		'| POST /getUpdates | takes events out of the queue, which others wait for |',
	);
});

test('writes are taken back, and a user is followed only if one is named', async () => {
	const lines: string[] = [];
	for (const service of ['fanvue', 'fanfou', 'fanbook'] as const) {
		lines.push(...(await runWrites(optionsOf(service), service === 'fanfou' ? 'moyu' : undefined)));
	}
	expect(lines).toEqual([
		expect.stringMatching(/^Create and delete a custom list: 20\d, taken back with 20\d$/),
		'Post and delete a status: 200, taken back with 200',
		expect.stringMatching(/^Follow and unfollow a user: 20\d, taken back with 200$/),
		'Send and delete a message: 200, taken back with 200',
	]);
	expect(await runWrites(optionsOf('fanfou'))).toHaveLength(1);
});

test('a request that has to wait is sent once more', async () => {
	sandbox.faults.add({ service: 'fanfou', kind: 'rateLimit', retryAfter: 1 });
	expect((await read('fanfou')).differences).toEqual([]);
});

test('the document of a service is compared by endpoints, parameters, values and topics', () => {
	const vendor = {
		webhooks: { 'creator.moon.risen': {} },
		paths: {
			'/users/me/': { get: {} },
			'/experiences': { get: {} },
			'/posts': {
				get: {
					parameters: [{ $ref: '#/components/parameters/Page' }, { name: 'sort', in: 'query' }],
				},
				post: {
					requestBody: {
						content: {
							'application/json': {
								schema: { properties: { audience: { enum: ['subscribers', 'vips'] } } },
							},
						},
					},
				},
			},
		},
		components: { parameters: { Page: { name: 'page', in: 'query' } } },
	};
	const found = compareDocuments(vendor, loadOpenApi('fanvue'));
	expect(found.newEndpoints).toEqual(['GET /experiences']);
	expect(found.missingEndpoints).toContain('GET /chats');
	expect(found.missingEndpoints).not.toContain('GET /users/me');
	expect(found.parameters).toContain('GET /posts: new sort');
	expect(found.parameters).not.toContain('GET /posts: new page');
	expect(found.values).toContain('POST /posts audience: new vips');
	expect(found.topics).toContain('webhooks: new creator.moon.risen');
	expect(() => compareDocuments([], loadOpenApi('fanvue'))).toThrow('it has no paths');
});

async function cli(args: string[], env: Record<string, string>) {
	const root = join(__dirname, '../..');
	const child = spawn(
		process.execPath,
		[join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/live.ts'), ...args],
		{ cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let output = '';
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	child.stderr.on('data', (chunk) => (output += String(chunk)));
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { code, output };
}

test('the command prints the report, writes both files, and ends with 1 after a difference', async () => {
	const out = mkdtempSync(join(tmpdir(), 'live-'));
	try {
		const args = ['fanbook', '--pause', '0', '--out', out];
		const clean = await cli(args, settingsOf('fanbook'));
		expect(clean.output).toContain('0 differences');
		expect(clean.code).toBe(0);
		changes.set(
			'POST /fanbook/guild',
			inBody('result', (guild) => (guild.newFlag = false)),
		);
		const changed = await cli(args, settingsOf('fanbook'));
		expect(changed.code).toBe(1);
		expect(readFileSync(join(out, 'live-fanbook.md'), 'utf8')).toContain('1 difference,');
		expect(readFileSync(join(out, 'live-fanbook.patch.json'), 'utf8')).toContain('/newFlag');
		expect(changed.output).not.toContain(DEMO.fanbook.botToken);
		const file = join(out, 'vendor.json');
		writeFileSync(file, JSON.stringify({ paths: { '/new': { get: {} } } }));
		const document = await cli(['fanvue', '--openapi', file, '--out', out], {});
		expect(document.output).toContain('## New endpoints (1)\n\n- GET /new');
		const missing = await cli(['fanbook'], { FANBOOK_BOT_TOKEN: '' });
		expect([missing.code, missing.output.trim()]).toEqual([2, 'FANBOOK_BOT_TOKEN is empty']);
	} finally {
		rmSync(out, { recursive: true, force: true });
	}
});
