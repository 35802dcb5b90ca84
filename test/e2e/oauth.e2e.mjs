/** Fanvue's OAuth2 login in n8n's own dialog, and n8n's refresh of its tokens. */
import assert from 'node:assert/strict';
import { demoCredential } from '../../host/lib/demo.mjs';
import { connectOAuth2 } from '../../host/lib/oauthLogin.mjs';
import { createChain, node } from './support/host.mjs';
import { collectSecrets } from './support/secrets.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').CredentialReference} CredentialReference */

const TYPE = 'fanvueOAuth2Api';
const TOKEN_PATH = '/fanvue-login/oauth2/token';

/**
 * Creates a workflow that gets the signed-in Fanvue account.
 *
 * @param {Host} host
 * @param {CredentialReference} credential
 * @returns a function that runs it
 */
async function createGetMe(host, { id, name }) {
	const workflowId = await createChain(host, `Get the account of ${name}`, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Me',
			'fanvue',
			{ resource: 'user', operation: 'getMe', options: {} },
			{ credentials: { [TYPE]: { id, name } } },
		),
	]);
	return () => host.n8n.runToEnd(workflowId, 'Start');
}

/**
 * @param {Host} host
 * @returns {Promise<number>} how often tokens were refreshed so far
 */
async function countRefreshes({ sandbox }) {
	const requests = await sandbox.requests({ service: 'fanvue', path: TOKEN_PATH });
	return requests.filter(({ bodyText }) => bodyText.includes('grant_type=refresh_token')).length;
}

/**
 * Creates a credential like the demo credential.
 *
 * @param {Host} host
 * @param {string} name
 * @param {Record<string, string | boolean | string[]>} [changes] to its fields
 */
function createCredential({ n8n, sandbox }, name, changes = {}) {
	const { data } = demoCredential(sandbox, TYPE);
	return n8n.createCredential({ name, type: TYPE, data: { ...data, ...changes } });
}

test('The OAuth2 dialog connects the account that is chosen on the consent page', async (host) => {
	const credential = await createCredential(host, 'Fanvue of Nolan');
	await connectOAuth2(host.n8n, credential.id, { account: 'nolan' });
	await collectSecrets(host);
	const run = await createGetMe(host, credential);
	const execution = await run();
	assert.equal(execution.status, 'success', execution.failure);
	assert.equal(execution.firstItem('Me').json.handle, 'nolan');
});

test('The sign-in requests the scopes that are chosen in the credential, and the three of every app', async (host) => {
	const system = ['openid', 'offline_access', 'offline'];
	const chosen = ['read:self', 'read:experience'];
	const credential = await createCredential(host, 'Fanvue, two scopes', { scopes: chosen });
	/** @param {string[]} scopes */
	const select = (scopes) => host.sandbox.act('fanvue', 'appScopes', { scopes });
	// The sandbox refuses a sign-in unless it requests exactly these.
	const former = await select([...system, ...chosen]);
	const from = await host.sandbox.lastRequestNumber();
	try {
		await connectOAuth2(host.n8n, credential.id);
	} finally {
		await select(former);
	}
	await collectSecrets(host);
	const path = '/fanvue-login/oauth2/auth';
	const [signIn] = await host.sandbox.requests({ service: 'fanvue', path, after: from });
	assert.deepEqual(
		signIn?.query.filter(([name]) => name === 'scope'),
		[['scope', [...system, ...chosen].join(' ')]],
	);
	const run = await createGetMe(host, credential);
	assert.equal((await run()).status, 'success');
});

test('n8n refreshes an expired token once, and the request succeeds', async (host) => {
	const run = await createGetMe(host, host.demo.credential(TYPE));
	await collectSecrets(host);
	const before = await countRefreshes(host);
	await host.sandbox.fault({
		kind: 'expireToken',
		service: 'fanvue',
		endpoint: 'getCurrentUser',
	});
	const first = await run();
	assert.equal(first.status, 'success', first.failure);
	assert.equal(first.firstItem('Me').json.handle, 'mira');
	assert.equal(await countRefreshes(host), before + 1);
	await collectSecrets(host);
	// The new tokens were stored, so the next request needs no further refresh.
	assert.equal((await run()).status, 'success');
	assert.equal(await countRefreshes(host), before + 1);
});

test('n8n reports that access was denied on the consent page', async (host) => {
	const credential = await createCredential(host, 'Fanvue, denied');
	await assert.rejects(
		connectOAuth2(host.n8n, credential.id, { decision: 'deny' }),
		/n8n rejected the connection/,
	);
});

test('n8n reports a wrong client secret without showing it', async (host) => {
	const clientSecret = 'wrong-secret-of-the-app';
	const credential = await createCredential(host, 'Fanvue, wrong secret', { clientSecret });
	await assert.rejects(connectOAuth2(host.n8n, credential.id), (error) => {
		assert.ok(error instanceof Error);
		assert.match(error.message, /n8n rejected the connection/);
		assert.ok(!error.message.includes(clientSecret));
		return true;
	});
});

test('The error of a credential that was never connected explains this', async (host) => {
	const credential = await createCredential(host, 'Fanvue, not connected');
	const run = await createGetMe(host, credential);
	const execution = await run();
	assert.equal(execution.status, 'error');
	assert.match(execution.failure ?? '', /not connected/);
});
