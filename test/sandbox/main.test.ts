import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO } from '../../sandbox/demo';

const ROOT = join(__dirname, '..', '..');

function start(...options: string[]): ChildProcess {
	const main = join(ROOT, 'sandbox', 'main.ts');
	return spawn(process.execPath, ['--import', 'tsx', main, ...options], { cwd: ROOT });
}

/** Collects the output of a process until it matches the pattern. */
async function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
	let text = '';
	return await new Promise((resolve, reject) => {
		const collect = (chunk: Buffer): void => {
			text += chunk.toString('utf8');
			if (pattern.test(text)) resolve(text);
		};
		child.stdout?.on('data', collect);
		child.stderr?.on('data', collect);
		child.once('exit', () => {
			reject(new Error(`The process exited early: ${text}`));
		});
	});
}

describe('npm run sandbox', () => {
	it('prints addresses and demo credentials, logs requests, and exits on SIGTERM', async () => {
		const child = start('--port', '0');
		const text = await printed(child, /bot token .*\n/);
		const url = /Sandbox +(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '';
		for (const shown of [DEMO.fanvue.clientId, DEMO.fanfou.consumerKey, DEMO.fanbook.botToken]) {
			expect(text).toContain(shown);
		}
		const line = printed(child, /getMyCommands/);
		await fetch(`${url}/fanbook/api/bot/${DEMO.fanbook.botToken}/getMyCommands`);
		expect(await line).toMatch(/200 GET \/fanbook\/api\/bot\/\*\*\*\/getMyCommands \(\d+ ms\)/);
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([0, null]);
	});

	it('runs a seed file and begins with faults', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'sandbox-seed-'));
		const seed = join(folder, 'seed.json');
		const input = { user: 'moyu', text: 'from the seed file' };
		writeFileSync(seed, JSON.stringify([{ service: 'fanfou', action: 'post', input }]));
		const options = ['--port', '0', '--quiet', '--seed', seed, '--faults', 'fanbook:503'];
		const child = start(...options);
		const text = await printed(child, /bot token .*\n/);
		const url = /Sandbox +(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '';
		const state = await (await fetch(`${url}/_admin/state/fanfou`)).text();
		expect(state).toContain('from the seed file');
		const bot = await fetch(`${url}/fanbook/api/bot/${DEMO.fanbook.botToken}/getMe`);
		expect(bot.status).toBe(503);
		child.kill('SIGTERM');
		await once(child, 'exit');
		rmSync(folder, { recursive: true });
	});

	it('prints its options and starts nothing', async () => {
		const child = start('--help');
		const exited = once(child, 'exit');
		expect(await printed(child, /docs\/sandbox\.md/)).toContain('--seed <file>');
		expect(await exited).toEqual([0, null]);
	});

	it('reports an invalid port', async () => {
		const child = start('--port', 'many');
		expect(await printed(child, /\n/)).toContain('--port must be a number from 0 to 65535');
		expect((await once(child, 'exit'))[0]).toBe(1);
	});
});
