import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { API_VERSION } from '../../nodes/Fanvue/version';
import { loadContract } from '../../sandbox/core/contract';
import { ALL_SCOPES } from '../../sandbox/fanvue/settings';
import { resolveExpression } from './expressions';

const credential = new FanvueOAuth2Api();
const field = (name: string) => credential.properties.find((property) => property.name === name);

test('the credential uses OAuth2 with PKCE and sends the client secret in the header', () => {
	expect(credential.extends).toEqual(['oAuth2Api']);
	expect(field('grantType')).toMatchObject({ type: 'hidden', default: 'pkce' });
	expect(field('authentication')).toMatchObject({ type: 'hidden', default: 'header' });
});

test('the login URLs are derived from Login Address', () => {
	expect(field('loginUrl')).toMatchObject({ type: 'string', default: 'https://auth.fanvue.com' });
	const self = { loginUrl: 'https://login.example' };
	for (const [name, path] of [
		['authUrl', '/oauth2/auth'],
		['accessTokenUrl', '/oauth2/token'],
	] as const) {
		expect(field(name)?.type).toBe('hidden');
		expect(resolveExpression(String(field(name)?.default), { self })).toBe(
			`https://login.example${path}`,
		);
	}
	expect(field('baseUrl')).toMatchObject({ type: 'string', default: 'https://api.fanvue.com' });
});

test('the default scope contains every scope of the API', () => {
	expect(field('scope')).toMatchObject({ type: 'string', default: ALL_SCOPES.join(' ') });
	const needed = new Set(loadContract('fanvue').endpoints.flatMap(({ scopes = [] }) => scopes));
	expect([...needed].filter((scope) => !ALL_SCOPES.includes(scope))).toEqual([]);
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
