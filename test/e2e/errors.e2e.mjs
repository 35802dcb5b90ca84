/** Items that fail, and tokens that expire, on every supported n8n. */
import assert from 'node:assert/strict';
import { createChain, node } from './support/host.mjs';
import { test } from './support/test.mjs';

const TYPE = 'fanfouOAuth1Api';

test('A failed item leaves through the error output, and the others through the success output', async (host) => {
	/** @type {{ id: string }} */
	const status = await host.sandbox.act('fanfou', 'post', { user: 'demo', text: 'Still here' });
	const ids = [status.id, 'there-is-no-such-status', status.id];
	const id = await createChain(host, 'Error output', [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Items',
			'n8n-nodes-base.code',
			{ jsCode: `return ${JSON.stringify(ids)}.map((id) => ({ json: { id } }));` },
			{ typeVersion: 2 },
		),
		node(
			'Status',
			'fanfou',
			{
				resource: 'status',
				operation: 'get',
				id: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			{ credentials: { [TYPE]: host.demo.credential(TYPE) }, onError: 'continueErrorOutput' },
		),
	]);
	const execution = await host.n8n.runToEnd(id, 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	assert.deepEqual(
		execution.items('Status').map(({ json }) => json.id),
		[status.id, status.id],
	);
	const [failed, ...others] = execution.items('Status', 1);
	assert.equal(others.length, 0);
	assert.match(failed?.json.error, /\w/);
	assert.match(failed?.json.message, /\w/);
});
