/** Several workers that refresh one OAuth token, whose refresh tokens can be used once. */
import assert from 'node:assert/strict';
import { createChain, node } from '../e2e/support/host.mjs';
import { addRow } from '../reliability/support/rows.mjs';
import { test } from './support/test.mjs';

const CREDENTIAL = 'fanvueOAuth2Api';
const ROUNDS = 3;
const EXECUTIONS = 10;

test('Two workers that need a new Fanvue token at once both get one, though each refresh token works once', async (host) => {
	const { n8n, demo, sandbox, workers } = host;
	const id = await createChain(host, 'Who am I', [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Me',
			'fanvue',
			{ resource: 'user', operation: 'getMe' },
			{
				credentials: { [CREDENTIAL]: demo.credential(CREDENTIAL) },
			},
		),
	]);
	const before = await sandbox.act('fanvue', 'tokenCounts');
	const started = workers.map((worker) => worker.startedIds().length);
	/** @type {string[]} */
	const failures = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		await sandbox.act('fanvue', 'expireTokens');
		const runs = await Promise.all(Array.from({ length: EXECUTIONS }, () => n8n.run(id, 'Start')));
		const executions = await Promise.all(runs.map(({ executionId }) => n8n.finished(executionId)));
		for (const { status, failure = status } of executions)
			if (status !== 'success') failures.push(failure);
	}
	const after = await sandbox.act('fanvue', 'tokenCounts');
	const shares = workers.map((worker, index) => worker.startedIds().length - (started[index] ?? 0));
	const refreshes = after.refreshes - before.refreshes;
	const reuses = after.reuses - before.reuses;
	process.stdout.write(
		`      ${ROUNDS * EXECUTIONS} executions on workers (${shares.join(' and ')}), ${refreshes} refreshes, ${reuses} refresh tokens used twice, ${failures.length} failed\n`,
	);
	const tried = ROUNDS * EXECUTIONS;
	addRow({
		case: `Queue mode: two workers refresh one token at once, ${ROUNDS} times`,
		tried,
		survived: tried - failures.length,
		lost: failures.length,
		repeated: reuses,
		leaked: 0,
		test: 'test/queue/tokens.queue.mjs',
	});
	assert.deepEqual(failures, []);
	assert.equal(reuses, 0);
	assert.ok(Math.min(...shares) > 0, `the workers started ${shares.join(' and ')}`);
});
