import '../support/environment';
import {
	createReadStream,
	createWriteStream,
	mkdtempSync,
	rmSync,
	writeFileSync,
	appendFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { Fanvue } from '../../nodes/Fanvue/Fanvue.node.ts';
import { runNode } from '../support/n8n';
import { serveTask } from './childTask';
import { fileContent } from './fileStorage.mjs';
import { fanvueCredentials } from './lists';
import { collectGarbage } from './memory';

/**
 * Sends and receives a large file with the Fanvue node and n8n's filesystem store, and with Node.js alone,
 * in a process of its own. Reports the time and the growth of memory over its IPC channel.
 */

export interface FilesTask {
	url: string;
	bytes: number;
	rounds: number;
}

export interface FilesRound {
	direction: 'upload' | 'download';
	oursMs: number;
	bareMs: number;
	/** Growth of the memory of the process while the node ran. */
	growthBytes: number;
}

const SAMPLE_MS = 20;
const OWNER = { type: 'execution', workflowId: 'bench', executionId: '1' } as const;

const store = Container.get(BinaryDataService);

async function runFanvue(url: string, operation: string, parameters: object, file?: IBinaryData) {
	const { items, error } = await runNode({
		node: new Fanvue(),
		parameters: { resource: 'media', operation, ...parameters },
		items: [{ json: {}, ...(file === undefined ? {} : { binary: { data: file } }) }],
		credentials: fanvueCredentials(url),
		credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
	});
	if (error !== undefined) throw new Error(`Fanvue, ${operation}: ${error.message}`);
	return items;
}

async function upload(url: string, file: IBinaryData): Promise<void> {
	await runFanvue(url, 'upload', {}, file);
}

async function download(url: string): Promise<IBinaryData | undefined> {
	const [item] = await runFanvue(url, 'download', {
		uuid: { __rl: true, mode: 'id', value: '00000000-0000-4000-8000-000000000000' },
	});
	return item?.binary?.data;
}

/** Sends a file with one request. */
async function uploadBare(url: string, path: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const sent = request(`${url}/part`, { method: 'PUT' }, (response) => {
			response.resume();
			response.once('end', resolve);
		});
		sent.once('error', reject);
		pipeline(createReadStream(path), sent).catch(reject);
	});
}

/** Receives a file with one request. */
async function downloadBare(url: string, path: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		request(`${url}/content`, (response) => {
			pipeline(response, createWriteStream(path)).then(resolve, reject);
		})
			.once('error', reject)
			.end();
	});
}

async function timed(
	work: () => Promise<unknown>,
): Promise<{ timeMs: number; growthBytes: number }> {
	collectGarbage();
	const before = process.memoryUsage.rss();
	let most = before;
	const sampler = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, SAMPLE_MS);
	const start = performance.now();
	await work();
	const timeMs = performance.now() - start;
	clearInterval(sampler);
	return { timeMs, growthBytes: Math.max(most, process.memoryUsage.rss()) - before };
}

async function measure({ url, bytes, rounds }: FilesTask): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-files-'));
	const base = `${url}/files/${bytes}`;
	const path = join(folder, 'source');
	await store.init();
	try {
		writeFileSync(path, '');
		for (const chunk of fileContent(bytes)) appendFileSync(path, chunk);
		const file: IBinaryData = await store.store(OWNER, Readable.from(fileContent(bytes)), {
			mimeType: 'video/mp4',
			fileName: 'film.mp4',
			data: '',
		});
		// Small first runs, so that loading is not counted.
		await upload(`${url}/files/1000`, { mimeType: 'image/png', fileName: 'a.png', data: 'AAAA' });
		await download(`${url}/files/1000`);
		for (let round = 0; round < rounds; round += 1) {
			const sent = await timed(async () => await upload(base, file));
			const sentBare = await timed(async () => await uploadBare(base, path));
			report({
				direction: 'upload',
				oursMs: sent.timeMs,
				bareMs: sentBare.timeMs,
				growthBytes: sent.growthBytes,
			});
			let received: IBinaryData | undefined;
			const got = await timed(async () => (received = await download(base)));
			if (received?.bytes !== bytes)
				throw new Error(`${String(received?.bytes)} of ${bytes} bytes`);
			const gotBare = await timed(async () => await downloadBare(base, join(folder, 'target')));
			report({
				direction: 'download',
				oursMs: got.timeMs,
				bareMs: gotBare.timeMs,
				growthBytes: got.growthBytes,
			});
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
		await store.deleteMany([OWNER]);
		await store.deleteMany([
			{ type: 'execution', workflowId: 'workflow-1', executionId: 'execution-1' },
		]);
	}
}

function report(round: FilesRound): void {
	process.send?.(round);
}

serveTask(measure);
