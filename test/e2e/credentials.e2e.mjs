/** The Test button of every credential, with valid and invalid values. */
import assert from 'node:assert/strict';
import { demoCredential } from '../../host/lib/demo.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

/** n8n's placeholder for a stored value, which its dialog sends instead of secrets. */
const STORED = '__n8n_BLANK_VALUE_e5362baf-c777-4d57-a609-6eaf1f9e87f6';

const FANVUE = 'fanvueOAuth2Api';
const FANFOU = 'fanfouOAuth1Api';
const FANBOOK = 'fanbookBotApi';

/**
 * Creates a credential and tests it as its dialog does.
 *
 * @param {Host} host
 * @param {string} type
 * @param {Record<string, string | boolean>} [changes] to the fields of the demo credential
 */
async function testCredential({ n8n, sandbox }, type, changes = {}) {
	const data = { ...demoCredential(sandbox, type).data, ...changes };
	const { id, name } = await n8n.createCredential({ name: `${type} to test`, type, data });
	return await n8n.testCredential({ id, name, type, data });
}

/**
 * Asserts that a test failed with a message that explains something and contains no secret.
 *
 * @param {{ status: string, message: string }} result
 * @param {RegExp} expected
 * @param {Array<string | undefined>} secrets
 */
function assertRejected({ status, message }, expected, ...secrets) {
	assert.equal(status, 'Error', message);
	assert.match(message, expected);
	for (const secret of secrets) {
		assert.ok(secret);
		assert.ok(!message.includes(secret), message);
	}
}

test('The test of a connected Fanvue credential passes', async (host) => {
	const { id, name } = host.demo.credential(FANVUE);
	const { data } = await host.n8n.call('GET', `/rest/credentials/${id}?includeData=true`);
	const fields = { ...data, oauthTokenData: STORED };
	const result = await host.n8n.testCredential({ id, name, type: FANVUE, data: fields });
	assert.equal(result.status, 'OK', result.message);
});

test('The test of a Fanvue credential that was never connected fails', async (host) => {
	const { clientSecret } = demoCredential(host.sandbox, FANVUE).data;
	assertRejected(await testCredential(host, FANVUE), /\w{3}/, String(clientSecret));
});

test('The test of a Fanfou credential passes with access token and secret', async (host) => {
	const result = await testCredential(host, FANFOU);
	assert.equal(result.status, 'OK', result.message);
});

test('The test of a Fanfou credential passes with user name and password', async (host) => {
	const { userName, password } = host.sandbox.demo.fanfou;
	const result = await testCredential(host, FANFOU, {
		accessToken: '',
		accessTokenSecret: '',
		username: userName,
		password,
	});
	assert.equal(result.status, 'OK', result.message);
});

test('The test of a Fanfou credential without a token and a login passes', async (host) => {
	const result = await testCredential(host, FANFOU, { accessToken: '', accessTokenSecret: '' });
	assert.equal(result.status, 'OK', result.message);
});

test('The test of a Fanfou credential without a token fails with a wrong secret', async (host) => {
	const consumerSecret = '00000000000000000000000000000bad';
	const changes = { accessToken: '', accessTokenSecret: '', consumerSecret };
	assertRejected(await testCredential(host, FANFOU, changes), /\w{3}/, consumerSecret);
});

test('A credential of Fanfou or Fanbook uses its address while Advanced is off', async (host) => {
	for (const type of [FANFOU, FANBOOK]) {
		const result = await testCredential(host, type, { advanced: false });
		assert.equal(result.status, 'OK', result.message);
	}
});

test(
	'The test of a Fanfou credential explains the likely reasons for a wrong secret',
	async (host) => {
		const consumerSecret = '00000000000000000000000000000bad';
		const result = await testCredential(host, FANFOU, { consumerSecret });
		assertRejected(result, /API Key/, consumerSecret);
	},
	{ requires: ['credentialTestMessages'] },
);

test('The test of a Fanfou credential fails with a wrong password', async (host) => {
	const password = 'Not-the-password-1';
	const changes = { accessToken: '', accessTokenSecret: '', username: 'demo', password };
	assertRejected(await testCredential(host, FANFOU, changes), /password/i, password);
});

test('The test of a Fanbook credential passes with the bot token', async (host) => {
	const result = await testCredential(host, FANBOOK);
	assert.equal(result.status, 'OK', result.message);
});

test('The test of a Fanbook credential rejects a wrong bot token without showing it', async (host) => {
	const botToken = 'b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b0bad';
	assertRejected(await testCredential(host, FANBOOK, { botToken }), /bot token/, botToken);
});

test('The test of a Fanbook credential rejects a host that is not Fanbook', async (host) => {
	const result = await testCredential(host, FANBOOK, { host: host.sandbox.url });
	assertRejected(result, /Base URL/, host.sandbox.demo.fanbook.botToken);
});
