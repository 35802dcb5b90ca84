import '../support/environment';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { shippedCredentials, shippedNodes } from '../../scripts/shipped';
import { DEMO } from '../../sandbox/demo';
import { runNode } from '../support/n8n';

/**
 * Sends one large file from n8n's filesystem binary store through the node to the sandbox, and
 * measures how much the memory of n8n's process grows meanwhile. `npx tsx test/bench/upload.ts [MiB]`
 */
const MEBIBYTE = 1024 * 1024;
const SIZE = Number(process.argv[2] ?? 1024);
const MOST_GROWTH = 64;

interface Start {
	urls: { fanvueApi: string; fanvueLogin: string };
	token: Record<string, string | number>;
}

function isStart(message: unknown): message is Start {
	return typeof message === 'object' && message !== null && 'urls' in message;
}

async function message(child: ChildProcess): Promise<unknown> {
	return await new Promise((resolve) => child.once('message', resolve));
}

/** Bytes that differ in every block, hashed while they are generated. */
function source(hash: ReturnType<typeof createHash>): Readable {
	let left = SIZE;
	return new Readable({
		read() {
			if (left === 0) {
				this.push(null);
				return;
			}
			const block = Buffer.alloc(MEBIBYTE, `block ${left} `);
			left -= 1;
			hash.update(block);
			this.push(block);
		},
	});
}

async function main(): Promise<void> {
	const node = shippedNodes().find(({ className }) => className === 'Fanvue')?.node;
	const credential = shippedCredentials().find(
		({ className }) => className === 'FanvueOAuth2Api',
	)?.credential;
	if (node === undefined || credential === undefined)
		throw new Error('The package has no Fanvue node');
	const child = fork(join(__dirname, 'uploadSandbox.ts'), {
		execArgv: ['--require', require.resolve('tsx/cjs')],
	});
	const start = await message(child);
	if (!isStart(start)) throw new Error('The sandbox did not start');
	const store = Container.get(BinaryDataService);
	await store.init();
	const hash = createHash('sha256');
	const file: IBinaryData = await store.store(
		{ type: 'execution', workflowId: 'bench', executionId: '1' },
		source(hash),
		{ mimeType: 'video/mp4', fileName: 'large.mp4', data: '' },
	);
	// A small first run, so that one-time loading is not counted.
	const run = async (binary: IBinaryData) =>
		await runNode({
			node,
			parameters: { resource: 'media', operation: 'upload' },
			items: [{ json: {}, binary: { data: binary } }],
			credentials: {
				fanvueOAuth2Api: {
					clientId: DEMO.fanvue.clientId,
					clientSecret: DEMO.fanvue.clientSecret,
					baseUrl: start.urls.fanvueApi,
					loginUrl: start.urls.fanvueLogin,
					oauthTokenData: start.token,
				},
			},
			credentialTypes: { fanvueOAuth2Api: credential },
		});
	await run({ mimeType: 'image/png', fileName: 'a.png', data: 'AAAA' });
	global.gc?.();
	await pause(500);
	const before = process.memoryUsage.rss();
	let most = before;
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
	const started = Date.now();
	const { items, error } = await run(file);
	const seconds = (Date.now() - started) / 1000;
	clearInterval(watch);
	if (error !== undefined) throw new Error(error.message);
	child.send(String(items[0]?.json.uuid));
	const answer = await message(child);
	const isSame = JSON.stringify(answer).includes(hash.digest('hex'));
	child.disconnect();
	await store.deleteMany([{ type: 'execution', workflowId: 'bench', executionId: '1' }]);
	const growth = (most - before) / MEBIBYTE;
	console.log(
		`${SIZE} MiB in ${seconds.toFixed(1)} s, ${(SIZE / seconds).toFixed(0)} MiB/s; memory grew by ${growth.toFixed(1)} MiB (aim: at most ${MOST_GROWTH}); bytes ${isSame ? 'identical' : 'differ'}`,
	);
	process.exitCode = isSame && growth <= MOST_GROWTH ? 0 : 1;
}

void main();
