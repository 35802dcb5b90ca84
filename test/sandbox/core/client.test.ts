import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { startSandbox, type Sandbox } from '../../support/sandbox';
import { expandOpenApi } from '../../../sandbox/core/expandOpenApi';
import { loadOpenApi, SERVICE_NAMES, type ServiceName } from '../../../sandbox/core/openApi';
import { DEMO } from '../../../sandbox/demo';

const ROOT = join(__dirname, '..', '..', '..');
const DIRECTORY = join(ROOT, 'test-output', 'client');
const run = promisify(execFile);

/** Programs that use a client generated from the contract alone. */
const PROGRAMS: Record<ServiceName, string> = {
	fanvue: `
const api = createClient<paths>({
	baseUrl: process.env.URL,
	headers: { authorization: 'Bearer ' + process.env.TOKEN },
});
const header = { 'X-Fanvue-API-Version': '2025-06-26' };
const { data } = await api.GET('/posts', { params: { header, query: { size: 5 } } });
const rows: Array<{ id: string; text: string | null }> =
	data?.data.map(({ uuid, text }) => ({ id: uuid, text })) ?? [];
`,
	fanfou: `
import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
const oauth = new OAuth({
	consumer: { key: process.env.KEY ?? '', secret: process.env.SECRET ?? '' },
	signature_method: 'HMAC-SHA1',
	hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
});
const token = { key: process.env.TOKEN ?? '', secret: process.env.TOKEN_SECRET ?? '' };
const api = createClient<paths>({
	baseUrl: process.env.URL,
	fetch: async (request: Request) => {
		const { pathname, search } = new URL(request.url);
		const url = 'http://api.fanfou.com' + pathname.replace('/fanfou', '') + search;
		const signed = oauth.authorize({ url, method: request.method }, token);
		request.headers.set('authorization', oauth.toHeader(signed).Authorization);
		return await fetch(request);
	},
});
const { data } = await api.GET('/statuses/user_timeline.json', { params: { query: { count: 5 } } });
const rows: Array<{ id: string; text: string | null }> =
	data?.map(({ id, text }) => ({ id, text })) ?? [];
`,
	fanbook: `
const api = createClient<paths>({ baseUrl: process.env.URL });
const { data } = await api.POST('/message/getList', {
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: { channel_id: process.env.CHANNEL ?? '', size: '5' },
});
const rows: Array<{ id: string; text: string | null }> =
	data?.data.map(({ message_id, content }) => ({ id: message_id, text: content })) ?? [];
`,
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await mkdir(DIRECTORY, { recursive: true });
});
afterAll(async () => {
	await sandbox.close();
});

function settingsOf(service: ServiceName): Record<string, string> {
	const { urls } = sandbox;
	const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = DEMO.fanfou;
	switch (service) {
		case 'fanvue':
			return {
				URL: urls.fanvueApi,
				TOKEN: sandbox.fanvue.issueToken({ account: 'mira' }).access_token,
			};
		case 'fanfou':
			return {
				URL: urls.fanfouApi,
				KEY: consumerKey,
				SECRET: consumerSecret,
				TOKEN: accessToken,
				TOKEN_SECRET: accessTokenSecret,
			};
		case 'fanbook':
			return {
				URL: `${urls.fanbook}/api/bot/${DEMO.fanbook.botToken}`,
				CHANNEL: DEMO.fanbook.lobbyChannelId,
			};
	}
}

/** Writes the program and the types of its client; returns its path. */
async function generate(service: ServiceName): Promise<string> {
	const document = join(DIRECTORY, `${service}.json`);
	await writeFile(document, JSON.stringify(expandOpenApi(loadOpenApi(service))));
	const cli = join(ROOT, 'node_modules', 'openapi-typescript', 'bin', 'cli.js');
	await run(process.execPath, [cli, document, '-o', join(DIRECTORY, `${service}.ts`)]);
	const program = join(DIRECTORY, `${service}Client.mts`);
	const imports = `import createClient from 'openapi-fetch';\nimport type { paths } from './${service}';\n`;
	const end = `process.stdout.write(JSON.stringify(rows));\n`;
	await writeFile(program, imports + PROGRAMS[service] + end);
	return program;
}

function compile(program: string): string[] {
	const compiled = ts.createProgram([program], {
		strict: true,
		noEmit: true,
		skipLibCheck: true,
		target: ts.ScriptTarget.ES2022,
		module: ts.ModuleKind.Preserve,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		types: ['node'],
	});
	return ts
		.getPreEmitDiagnostics(compiled)
		.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it.each(SERVICE_NAMES)(
	'a client generated from the contract of %s compiles and reads the sandbox',
	async (service) => {
		const program = await generate(service);
		expect(compile(program)).toEqual([]);
		const env = { ...process.env, ...settingsOf(service) };
		const { stdout } = await run(process.execPath, ['--import', 'tsx', program], {
			cwd: ROOT,
			env,
		});
		const rows: unknown = JSON.parse(stdout);
		expect(rows).toHaveLength(5);
		expect(rows).toContainEqual({ id: expect.any(String), text: expect.any(String) });
	},
	60_000,
);
