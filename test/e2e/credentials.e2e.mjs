/** The Test button of every credential, with what is good and what is not. */
import assert from 'node:assert/strict';
import { demoCredentials } from '../../host/lib/demo.mjs';

/** n8n's mark for "as it is stored", which its dialog sends in place of secrets. */
const STORED = '__n8n_BLANK_VALUE_e5362baf-c777-4d57-a609-6eaf1f9e87f6';

const FANVUE = 'fanvueOAuth2Api';
const FANFOU = 'fanfouOAuth1Api';
const FANBOOK = 'fanbookBotApi';

/** The fields of the ready credential of a type. */
function fieldsOf({ sandbox }, type) {
	return demoCredentials(sandbox).find((credential) => credential.type === type).data;
}

/** Creates a credential and presses its Test button. */
async function test(host, type, changes = {}) {
	const data = { ...fieldsOf(host, type), ...changes };
	const { id, name } = await host.n8n.createCredential({ name: `${type} to test`, type, data });
	return await host.n8n.testCredential({ id, name, type, data });
}

/** Expects the test to be refused with a message that tells something and no secret. */
function assertRefused({ status, message }, about, ...secrets) {
	assert.equal(status, 'Error', message);
	assert.match(message, about);
	for (const secret of secrets) assert.ok(!message.includes(secret), message);
}

export const checks = {
	async 'Fanvue: the connected account passes'(host) {
		const { id, name } = host.demo.credentials[FANVUE];
		const { data } = await host.n8n.call('GET', `/rest/credentials/${id}?includeData=true`);
		const fields = { ...data, oauthTokenData: STORED };
		const result = await host.n8n.testCredential({ id, name, type: FANVUE, data: fields });
		assert.equal(result.status, 'OK', result.message);
	},

	async 'Fanvue: an account that was never connected does not pass'(host) {
		const { clientSecret } = fieldsOf(host, FANVUE);
		assertRefused(await test(host, FANVUE), /\w{3}/, clientSecret);
	},

	async 'Fanfou: access token and secret pass'(host) {
		const result = await test(host, FANFOU);
		assert.equal(result.status, 'OK', result.message);
	},

	async 'Fanfou: user name and password pass'(host) {
		const { userName, password } = host.sandbox.demo.fanfou;
		const result = await test(host, FANFOU, {
			accessToken: '',
			accessTokenSecret: '',
			username: userName,
			password,
		});
		assert.equal(result.status, 'OK', result.message);
	},

	async 'Fanfou: a wrong secret is refused with the likely reasons'(host) {
		const consumerSecret = '00000000000000000000000000000bad';
		assertRefused(await test(host, FANFOU, { consumerSecret }), /API Key/, consumerSecret);
	},

	async 'Fanfou: a wrong password is refused'(host) {
		const password = 'Not-the-password-1';
		const changes = { accessToken: '', accessTokenSecret: '', username: 'demo', password };
		assertRefused(await test(host, FANFOU, changes), /password/i, password);
	},

	async 'Fanbook: the bot token passes'(host) {
		const result = await test(host, FANBOOK);
		assert.equal(result.status, 'OK', result.message);
	},

	async 'Fanbook: a wrong bot token is refused without showing it'(host) {
		const botToken = 'b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b0bad';
		assertRefused(await test(host, FANBOOK, { botToken }), /bot token/, botToken);
	},

	async 'Fanbook: a host that is no Fanbook is refused'(host) {
		const result = await test(host, FANBOOK, { host: host.sandbox.url });
		assertRefused(result, /Host/, host.sandbox.demo.fanbook.botToken);
	},
};
