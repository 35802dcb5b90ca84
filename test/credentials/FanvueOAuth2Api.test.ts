import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { API_VERSION } from '../../nodes/Fanvue/version';
import { loadContract } from '../../sandbox/core/contract';
import { ALL_SCOPES, SYSTEM_SCOPES } from '../../sandbox/fanvue/settings';
import { resolveExpression } from './expressions';

const credential = new FanvueOAuth2Api();
const field = (name: string) => credential.properties.find((property) => property.name === name);

test('the credential uses OAuth2 with PKCE and sends the client secret in the header', () => {
	expect(credential.extends).toEqual(['oAuth2Api']);
	expect(field('grantType')).toMatchObject({ type: 'hidden', default: 'pkce' });
	expect(field('authentication')).toMatchObject({ type: 'hidden', default: 'header' });
});

test('the login URLs are derived from Login URL', () => {
	expect(field('loginUrl')).toMatchObject({ type: 'hidden', default: 'https://auth.fanvue.com' });
	const self = { loginUrl: 'https://login.example' };
	const custom = { ...self, customLoginUrl: 'https://other.example' };
	for (const [name, path] of [
		['authUrl', '/oauth2/auth'],
		['accessTokenUrl', '/oauth2/token'],
	] as const) {
		expect(field(name)?.type).toBe('hidden');
		expect(resolveExpression(String(field(name)?.default), { self })).toBe(
			`https://login.example${path}`,
		);
		expect(resolveExpression(String(field(name)?.default), { self: custom })).toBe(
			`https://other.example${path}`,
		);
	}
	expect(field('baseUrl')).toMatchObject({ type: 'hidden', default: 'https://api.fanvue.com' });
});

const scopes = field('scopes');

test('every scope can be chosen, and those for experiences are not chosen at first', () => {
	expect(scopes).toMatchObject({ type: 'multiOptions' });
	const offered = (scopes?.options ?? []).flatMap((option) =>
		'value' in option ? [String(option.value)] : [],
	);
	const experience = ['read:experience', 'write:experience'];
	const wanted = ALL_SCOPES.filter((scope) => !SYSTEM_SCOPES.includes(scope));
	expect([...offered].sort()).toEqual([...wanted, ...experience].sort());
	// n8n's dialog does not show the entries of a default, so there are none.
	expect(scopes?.default).toEqual([]);
	const needed = new Set(loadContract('fanvue').endpoints.flatMap((one) => one.scopes ?? []));
	expect([...needed].filter((scope) => !offered.includes(scope))).toEqual([]);
});

test('the scope of the sign-in has the scopes of every app and the chosen ones', () => {
	const compose = (chosen?: string[] | string) =>
		resolveExpression(String(field('scope')?.default), { self: { scopes: chosen } }).split(' ');
	// n8n removes the stored value of a hidden scope, so the expression is always used.
	expect(field('scope')?.type).toBe('hidden');
	expect(compose(['read:self', 'read:experience'])).toEqual([
		...SYSTEM_SCOPES,
		'read:self',
		'read:experience',
	]);
	expect(compose('read:self read:new')).toEqual([...SYSTEM_SCOPES, 'read:self', 'read:new']);
	// Nothing chosen means every scope that most apps have.
	for (const nothing of [undefined, [], ''])
		expect(compose(nothing).sort()).toEqual([...ALL_SCOPES].sort());
});

test('the documented routes are the default', () => {
	expect(field('apiRoutes')).toMatchObject({ type: 'options', default: 'standard' });
});

test('the credential test requests the profile with the API version of the nodes', () => {
	const { baseURL, ...request } = credential.test.request;
	const credentials = { baseUrl: 'https://api.example' };
	expect(resolveExpression(String(baseURL), { credentials })).toBe('https://api.example');
	expect(request).toEqual({
		url: '/users/me',
		headers: { 'X-Fanvue-API-Version': API_VERSION },
	});
});

test('the icons exist', () => {
	expect(credential.icon).toEqual({
		light: 'file:../icons/fanvue.svg',
		dark: 'file:../icons/fanvue.dark.svg',
	});
	for (const name of ['fanvue.svg', 'fanvue.dark.svg']) {
		expect(existsSync(join(__dirname, '../../icons', name))).toBe(true);
	}
});
