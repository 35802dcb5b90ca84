import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { API_VERSION } from '../../nodes/Fanvue/version';
import { loadContract } from '../../sandbox/core/contract';
import { ALL_SCOPES } from '../../sandbox/fanvue/settings';

const credential = new FanvueOAuth2Api();
const field = (name: string) => credential.properties.find((property) => property.name === name);

test('is an OAuth2 credential with PKCE, and the secret in the header', () => {
	expect(credential.extends).toEqual(['oAuth2Api']);
	expect(field('grantType')).toMatchObject({ type: 'hidden', default: 'pkce' });
	expect(field('authentication')).toMatchObject({ type: 'hidden', default: 'header' });
});

test('signs in where the login address says', () => {
	expect(field('loginUrl')).toMatchObject({ type: 'string', default: 'https://auth.fanvue.com' });
	expect(field('authUrl')).toMatchObject({
		type: 'hidden',
		default: '={{$self["loginUrl"]}}/oauth2/auth',
	});
	expect(field('accessTokenUrl')).toMatchObject({
		type: 'hidden',
		default: '={{$self["loginUrl"]}}/oauth2/token',
	});
	expect(field('baseUrl')).toMatchObject({ type: 'string', default: 'https://api.fanvue.com' });
});

test('asks for every scope, which can be changed', () => {
	expect(field('scope')).toMatchObject({ type: 'string', default: ALL_SCOPES.join(' ') });
	const needed = new Set(loadContract('fanvue').endpoints.flatMap(({ scopes = [] }) => scopes));
	expect([...needed].filter((scope) => !ALL_SCOPES.includes(scope))).toEqual([]);
});

test('chooses the documented routes unless told', () => {
	expect(field('apiRoutes')).toMatchObject({ type: 'options', default: 'standard' });
});

test('is tested with the profile, and the version the nodes speak', () => {
	expect(credential.test.request).toEqual({
		baseURL: '={{$credentials.baseUrl}}',
		url: '/users/me',
		headers: { 'X-Fanvue-API-Version': API_VERSION },
	});
});

test('has its pictures', () => {
	expect(credential.icon).toEqual({
		light: 'file:../icons/fanvue.svg',
		dark: 'file:../icons/fanvue.dark.svg',
	});
	for (const name of ['fanvue.svg', 'fanvue.dark.svg']) {
		expect(existsSync(join(__dirname, '../../icons', name))).toBe(true);
	}
});
