import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { readHost } from '../../credentials/fanbook/host';
import { readAddresses } from '../../credentials/fanfou/address';
import { apiAddressOf, readApiAddress } from '../../credentials/fanvue/apiAddress';
import { shippedCredentials } from '../../scripts/shipped';

/** The panels of the credentials: what they show first, and what the switch Advanced does. */

function propertiesOf(className: string): INodeProperties[] {
	const shipped = shippedCredentials().find((entry) => entry.className === className);
	if (shipped === undefined) throw new Error(`${className} is not shipped`);
	return shipped.credential.properties;
}

/** Reads a stored credential as n8n does before a node gets it. */
const decrypt = (className: string, stored: INodeParameters) =>
	NodeHelpers.getNodeParameters(propertiesOf(className), stored, true, false, null, null) ?? {};

/** Returns what n8n stores when a person saves the dialog. */
const save = (className: string, shown: INodeParameters) =>
	NodeHelpers.getNodeParameters(propertiesOf(className), shown, false, false, null, null) ?? {};

/** Returns the names of the fields that the dialog shows. */
function shownFields(className: string, values: INodeParameters): string[] {
	const properties = propertiesOf(className);
	const filled = NodeHelpers.getNodeParameters(properties, values, true, true, null, null) ?? {};
	return properties
		.filter(({ type }) => type !== 'hidden')
		.filter((property) => NodeHelpers.displayParameter(filled, property, null, null))
		.map(({ name }) => name);
}

test.each([
	['FanbookBotApi', ['botToken', 'serverIds', 'advanced']],
	[
		'FanfouOAuth1Api',
		[
			'consumerKey',
			'consumerSecret',
			'keysNotice',
			'accessToken',
			'accessTokenSecret',
			'username',
			'password',
			'nextStepNotice',
			'advanced',
		],
	],
	// n8n puts Client ID and Client Secret above these.
	['FanvueOAuth2Api', ['scopes', 'httpsNotice', 'apiRoutes', 'webhookSigningSecret', 'advanced']],
])('a new %s shows what has to be filled in first, and no address', (className, names) => {
	expect(shownFields(className, {})).toEqual(names);
});

test.each([
	['FanbookBotApi', ['host', 'botId', 'gatewayUrl']],
	['FanfouOAuth1Api', ['baseUrl', 'loginUrl']],
	['FanvueOAuth2Api', ['customBaseUrl', 'customLoginUrl']],
])('the switch Advanced of %s shows addresses and special settings', (className, names) => {
	const before = shownFields(className, {});
	const after = shownFields(className, { advanced: true });
	expect(after.filter((name) => !before.includes(name))).toEqual(names);
});

test('the address of the API is named Base URL, and that of the login pages Login URL', () => {
	const labels = shippedCredentials().flatMap(({ className, credential }) =>
		credential.properties
			.filter(
				({ name, type }) =>
					/^(?:host|(?:base|login|customBase|customLogin)Url)$/.test(name) && type !== 'hidden',
			)
			.map(({ name, displayName }) => `${className} ${name}: ${displayName}`),
	);
	expect(labels.sort()).toEqual([
		'FanbookBotApi host: Base URL',
		'FanfouOAuth1Api baseUrl: Base URL',
		'FanfouOAuth1Api loginUrl: Login URL',
		'FanvueOAuth2Api customBaseUrl: Base URL',
		'FanvueOAuth2Api customLoginUrl: Login URL',
	]);
});

describe.each([
	['FanbookBotApi', 'host', 'https://a1.fanbook.mobi'],
	['FanbookBotApi', 'botId', '389320179948986368'],
	['FanbookBotApi', 'gatewayUrl', 'wss://gateway.example'],
	['FanfouOAuth1Api', 'baseUrl', 'https://proxy.example'],
	['FanfouOAuth1Api', 'loginUrl', 'https://proxy.example/login'],
])('%s with %s set while Advanced is off', (className, name, value) => {
	test.each([
		['the switch is off', { advanced: false }],
		['the credential was stored without the switch', {}],
	])('is used if %s, and the dialog names it in a notice', (_case, state) => {
		expect(decrypt(className, { ...state, [name]: value })).toMatchObject({ [name]: value });
		const shown = shownFields(className, { ...state, [name]: value });
		expect(shown).toContain(`${name}Notice`);
		expect(shown).not.toContain(name);
	});

	test('is stored when the dialog is saved', () => {
		expect(save(className, { advanced: false, [name]: value })).toMatchObject({ [name]: value });
	});

	test('has no notice while the switch is on', () => {
		expect(shownFields(className, { advanced: true, [name]: value })).not.toContain(
			`${name}Notice`,
		);
	});
});

describe('FanvueOAuth2Api, whose properties n8n merges with those of oAuth2Api by name', () => {
	const stored = { baseUrl: 'https://staging.example', loginUrl: 'https://login.example' };

	test('has no two properties of one name', () => {
		const names = propertiesOf('FanvueOAuth2Api').map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	test.each([
		['is off', { advanced: false }],
		['is on', { advanced: true }],
		['is not stored', {}],
	])(
		'uses and keeps addresses and settings of the plain names if the switch %s',
		(_case, state) => {
			const all = { ...stored, apiRoutes: 'v1', webhookSigningSecret: 'whsec_1', ...state };
			expect(decrypt('FanvueOAuth2Api', all)).toMatchObject(all);
			expect(save('FanvueOAuth2Api', all)).toMatchObject(stored);
			expect(readApiAddress(apiAddressOf(decrypt('FanvueOAuth2Api', all)))).toBe(stored.baseUrl);
		},
	);

	test('prefers the addresses that were entered while Advanced is on', () => {
		const custom = { customBaseUrl: 'https://other.example', customLoginUrl: 'https://in.example' };
		const on = decrypt('FanvueOAuth2Api', { ...stored, ...custom, advanced: true });
		expect(on).toMatchObject(custom);
		expect(readApiAddress(apiAddressOf(on))).toBe(custom.customBaseUrl);
	});

	test('does not use the addresses that were entered while Advanced is off', () => {
		const off = { customBaseUrl: 'https://other.example', advanced: false };
		const decrypted = decrypt('FanvueOAuth2Api', off);
		expect(readApiAddress(apiAddressOf(decrypted))).toBe('https://api.fanvue.com');
		const field = propertiesOf('FanvueOAuth2Api').find(({ name }) => name === 'advanced');
		expect(field?.description).toMatch(/While this is off, values entered there are not used/);
	});

	test('names the address that Fanvue does not accept', () => {
		const notice = propertiesOf('FanvueOAuth2Api').find(({ name }) => name === 'httpsNotice');
		expect(notice).toMatchObject({
			type: 'notice',
			displayName: expect.stringMatching(/begins with http:\/\//),
		});
	});
});

test('addresses that are not set are those of the services', () => {
	expect(readHost(decrypt('FanbookBotApi', {}).host)).toBe('https://a1.fanbook.cn');
	expect(readApiAddress(decrypt('FanvueOAuth2Api', {}).baseUrl)).toBe('https://api.fanvue.com');
	expect(readAddresses(decrypt('FanfouOAuth1Api', {}))).toEqual({
		baseUrl: 'https://api.fanfou.com',
		loginUrl: 'https://fanfou.com',
	});
});

test.each([
	['', { accessToken: '' }],
	[
		'as n8n shows a stored empty secret',
		{ accessToken: '__n8n_EMPTY_VALUE_7b1af746-3729-4c60-9b9b-e08eb29e58da' },
	],
])('a Fanfou credential without a token names the next step %s', (_case, values) => {
	expect(shownFields('FanfouOAuth1Api', values)).toContain('nextStepNotice');
	const notice = propertiesOf('FanfouOAuth1Api').find(({ name }) => name === 'nextStepNotice');
	expect(notice?.displayName).toContain('Auth: Get Access Token');
});

test.each([{ accessToken: 'token' }, { username: 'demo' }])(
	'a Fanfou credential with %j has no such notice',
	(values) => {
		expect(shownFields('FanfouOAuth1Api', values)).not.toContain('nextStepNotice');
	},
);
