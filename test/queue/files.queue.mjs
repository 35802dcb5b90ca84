/** Files that one worker makes and another one uses. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createChain, node, waitsForResponse } from '../e2e/support/host.mjs';
import { addRow } from '../reliability/support/rows.mjs';
import { test } from './support/test.mjs';

const CREDENTIAL = 'fanvueOAuth2Api';
const SIZE = 3_000_000;

test('A file that one worker has made is uploaded to Fanvue by another one, byte by byte', async (host) => {
	const { n8n, demo, sandbox, workers } = host;
	const content = randomBytes(SIZE);
	const id = await createChain(host, 'A file for two workers', [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Content',
			'n8n-nodes-base.set',
			{
				assignments: {
					assignments: [
						{ id: '1', name: 'content', value: content.toString('base64'), type: 'string' },
						{ id: '2', name: 'resumeUrl', value: '={{ $execution.resumeUrl }}', type: 'string' },
					],
				},
			},
			{ typeVersion: 3.4 },
		),
		node(
			'File',
			'n8n-nodes-base.convertToFile',
			{
				operation: 'toBinary',
				sourceProperty: 'content',
				options: { fileName: 'noise.png', mimeType: 'image/png' },
			},
			{ typeVersion: 1.1 },
		),
		node(
			'Wait',
			'n8n-nodes-base.wait',
			{ resume: 'webhook' },
			{ typeVersion: 1.1, webhookId: 'wait' },
		),
		node(
			'Restore',
			'n8n-nodes-base.code',
			{ jsCode: "return $('File').all();" },
			{ typeVersion: 2 },
		),
		node(
			'Upload',
			'fanvue',
			{ resource: 'media', operation: 'upload', binaryPropertyName: 'data' },
			{ credentials: { [CREDENTIAL]: demo.credential(CREDENTIAL) } },
		),
	]);
	const { executionId } = await n8n.run(id, 'Start');
	await waitsForResponse(host, executionId);
	const first = workers.find((worker) => worker.startedIds().includes(executionId));
	assert.ok(first, `no worker ran execution ${executionId}`);
	// A worker of this test has no WEBHOOK_URL, so it names its own port.
	const { pathname, search } = new URL(await resumeUrlOf(host, executionId));
	// With the first worker gone, the other one must continue.
	await first.process.stop();
	try {
		assert.equal((await fetch(host.url + pathname + search)).status, 200);
		const execution = await n8n.finished(executionId);
		assert.equal(execution.status, 'success', execution.failure);
		const second = workers.find((one) => one !== first && one.startedIds().includes(executionId));
		assert.ok(second, `no other worker ran execution ${executionId}`);
		const { uuid } = execution.firstItem('Upload').json;
		const { sha256 } = await sandbox.act('fanvue', 'sha256', { mediaUuid: uuid });
		const isSame = sha256 === createHash('sha256').update(content).digest('hex');
		addRow({
			case: 'Queue mode: a file made by one worker and used by another',
			tried: 1,
			survived: Number(isSame),
			lost: Number(!isSame),
			repeated: 0,
			leaked: 0,
			test: 'test/queue/files.queue.mjs',
		});
		assert.ok(isSame, 'the uploaded bytes differ');
	} finally {
		await host.startAgain(first);
	}
});

/**
 * @param {import('./support/test.mjs').QueueHost} host
 * @param {string} executionId
 * @returns {Promise<string>} the address that lets the execution continue
 */
async function resumeUrlOf({ n8n }, executionId) {
	const { readExecutionData } = await import('../../host/lib/rest.mjs');
	const { data = '' } = await n8n.execution(executionId);
	const [item] = readExecutionData(data).resultData.runData.Content?.[0]?.data?.main?.[0] ?? [];
	assert.ok(item, 'the node Content has not run');
	return item.json.resumeUrl;
}
