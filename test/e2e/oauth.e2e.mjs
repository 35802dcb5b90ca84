/** Fanvue's OAuth2 through n8n's own dialog and its own refresh. */
import assert from 'node:assert/strict';
import { connectOAuth2 } from '../../host/lib/consent.mjs';
import { demoCredentials } from '../../host/lib/demo.mjs';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { rememberSecrets } from './support/secrets.mjs';

const TYPE = 'fanvueOAuth2Api';
const TOKEN_PATH = '/fanvue-login/oauth2/token';

/** A workflow that asks Fanvue who is signed in. */
async function whoAmI({ n8n }, credential) {
	const node = (name, type, parameters, more) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	});
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(
			'Me',
			`${MANIFEST.name}.fanvue`,
			{ resource: 'user', operation: 'getMe', options: {} },
			{ credentials: { [TYPE]: { id: credential.id, name: credential.name } } },
		),
	];
	const connections = { Start: { main: [[{ node: 'Me', type: 'main', index: 0 }]] } };
	const { id } = await n8n.createWorkflow({
		name: `Who is ${credential.name}`,
		nodes,
		connections,
	});
	return () => n8n.runToEnd(id, 'Start');
}

/** How often tokens were refreshed so far. */
async function refreshes({ sandbox }) {
	const calls = await sandbox.requests({ service: 'fanvue', path: TOKEN_PATH });
	return calls.filter(({ bodyText }) => bodyText.includes('grant_type=refresh_token')).length;
}

/** A new credential like the ready one, with some fields changed. */
function credentialNamed({ n8n, sandbox }, name, changes = {}) {
	const { data } = demoCredentials(sandbox).find(({ type }) => type === TYPE);
	return n8n.createCredential({ name, type: TYPE, data: { ...data, ...changes } });
}

export const checks = {
	async 'The dialog connects an account, chosen on the consent page'(host) {
		const credential = await credentialNamed(host, 'Fanvue of Nolan');
		await connectOAuth2(host.n8n, credential.id, { account: 'nolan' });
		await rememberSecrets(host);
		const execution = await (await whoAmI(host, credential))();
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.items('Me')[0].json.handle, 'nolan');
	},

	async 'An expired token is refreshed once and the call goes through'(host) {
		const run = await whoAmI(host, host.demo.credentials[TYPE]);
		await rememberSecrets(host);
		const before = await refreshes(host);
		await host.sandbox.fault({
			kind: 'expireToken',
			service: 'fanvue',
			endpoint: 'getCurrentUser',
		});
		const first = await run();
		assert.equal(first.status, 'success', first.failure);
		assert.equal(first.items('Me')[0].json.handle, 'mira');
		assert.equal(await refreshes(host), before + 1);
		await rememberSecrets(host);
		// The new tokens were kept: the next call needs no further refresh.
		assert.equal((await run()).status, 'success');
		assert.equal(await refreshes(host), before + 1);
	},

	async 'Saying no on the consent page is reported by n8n'(host) {
		const credential = await credentialNamed(host, 'Fanvue, refused');
		await assert.rejects(
			connectOAuth2(host.n8n, credential.id, { decision: 'deny' }),
			/n8n did not take the connection/,
		);
	},

	async 'A wrong client secret is reported by n8n without showing it'(host) {
		const clientSecret = 'wrong-secret-of-the-app';
		const credential = await credentialNamed(host, 'Fanvue, wrong secret', { clientSecret });
		await assert.rejects(connectOAuth2(host.n8n, credential.id), (reason) => {
			assert.match(reason.message, /n8n did not take the connection/);
			assert.ok(!reason.message.includes(clientSecret));
			return true;
		});
	},

	async 'A credential that was never connected says so'(host) {
		const credential = await credentialNamed(host, 'Fanvue, not connected');
		const execution = await (await whoAmI(host, credential))();
		assert.equal(execution.status, 'error');
		assert.match(execution.failure, /not connected/);
	},
};
