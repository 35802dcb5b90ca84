import { createHash, randomBytes } from 'node:crypto';
import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox/index';
import { ALL_SCOPES } from '../../../sandbox/fanvue/settings';
import { useSandbox } from '../../support/sandbox';

const { clientId, clientSecret } = DEMO.fanvue;
const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const VERIFIER = randomBytes(48).toString('base64url');
const BASIC = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

let sandbox: Sandbox;

useSandbox((started) => {
	sandbox = started;
});

function authorizeUrl(changes: Record<string, string | undefined> = {}): string {
	const values: Record<string, string | undefined> = {
		response_type: 'code',
		client_id: clientId,
		redirect_uri: REDIRECT,
		scope: ALL_SCOPES.join(' '),
		state: 'a-state-of-length',
		code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
		code_challenge_method: 'S256',
		...changes,
	};
	const url = new URL(`${sandbox.urls.fanvueLogin}/oauth2/auth`);
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) url.searchParams.set(name, value);
	}
	return url.href;
}

async function open(url: string): Promise<Response> {
	return await fetch(url, { redirect: 'manual' });
}

/** Submits the consent form and returns the redirect URL. */
async function answer(page: string, account: string, decision: string): Promise<URL> {
	const action = /<form method="post" action="([^"]+)">/.exec(page)?.[1] ?? '';
	const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
	const response = await fetch(`${sandbox.url}${action}`, {
		method: 'POST',
		body: new URLSearchParams({ ticket, account, decision }),
		redirect: 'manual',
	});
	expect(response.status).toBe(303);
	return new URL(response.headers.get('location') ?? '');
}

async function signIn(account = 'mira'): Promise<string> {
	const page = await (await open(authorizeUrl())).text();
	const target = await answer(page, account, 'allow');
	return target.searchParams.get('code') ?? '';
}

async function token(
	form: Record<string, string>,
	headers: Record<string, string> = { authorization: BASIC },
): Promise<{ status: number; body: Record<string, unknown> }> {
	const response = await fetch(`${sandbox.urls.fanvueLogin}/oauth2/token`, {
		method: 'POST',
		headers,
		body: new URLSearchParams(form),
	});
	const body: Record<string, unknown> = await response.json();
	return { status: response.status, body };
}

async function exchange(code: string, changes: Record<string, string> = {}) {
	return await token({
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT,
		client_id: clientId,
		code_verifier: VERIFIER,
		...changes,
	});
}

async function me(accessToken: unknown): Promise<{ status: number; handle: unknown }> {
	const response = await fetch(`${sandbox.urls.fanvueApi}/users/me`, {
		headers: {
			authorization: `Bearer ${String(accessToken)}`,
			'x-fanvue-api-version': '2025-06-26',
		},
	});
	const body: Record<string, unknown> = await response.json();
	return { status: response.status, handle: body.handle };
}

describe('consent', () => {
	test('the consent page shows the accounts and an allow button', async () => {
		const response = await open(authorizeUrl());
		const page = await response.text();

		expect(response.status).toBe(200);
		expect(page).toContain('<button id="allow" name="decision" value="allow">');
		for (const { handle, email } of DEMO.fanvue.accounts) {
			expect(page).toContain(`value="${handle}"`);
			expect(page).toContain(email);
		}
	});

	test('the account of login_hint is the first on the consent page', async () => {
		const page = await (await open(authorizeUrl({ login_hint: 'agency' }))).text();

		expect(page).toContain('value="agency" checked');
	});

	test('allowing redirects with code and state', async () => {
		const page = await (await open(authorizeUrl())).text();
		const target = await answer(page, 'mira', 'allow');

		expect(target.origin + target.pathname).toBe(REDIRECT);
		expect(target.searchParams.get('state')).toBe('a-state-of-length');
		expect(target.searchParams.get('code')).toMatch(/^fvac_[\w-]{32}$/);
	});

	test('denying redirects with access_denied', async () => {
		const page = await (await open(authorizeUrl())).text();
		const target = await answer(page, 'mira', 'deny');

		expect(target.searchParams.get('error')).toBe('access_denied');
		expect(target.searchParams.get('code')).toBeNull();
	});

	test.each([
		['another response type', { response_type: 'token' }, 'unsupported_response_type'],
		['no challenge', { code_challenge: undefined }, 'invalid_request'],
		['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
		['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
		['a short state', { state: 'short' }, 'invalid_state'],
		['an unknown scope', { scope: `${ALL_SCOPES.join(' ')} read:subscribers` }, 'invalid_scope'],
		['fewer scopes than selected', { scope: 'openid offline_access offline' }, 'invalid_scope'],
		['no system scopes', { scope: 'read:self' }, 'invalid_scope'],
	])('sends %s back', async (_name, changes, code) => {
		const response = await open(authorizeUrl(changes));
		const target = new URL(response.headers.get('location') ?? '');

		expect(target.searchParams.get('error')).toBe(code);
		expect(target.origin + target.pathname).toBe(REDIRECT);
	});

	test.each([
		['an unknown client', { client_id: 'somebody' }],
		['an unregistered redirect URL', { redirect_uri: 'http://example.com/callback' }],
		['a redirect URL with a fragment', { redirect_uri: `${REDIRECT}#top` }],
	])('shows a page and redirects nowhere for %s', async (_name, changes) => {
		const response = await open(authorizeUrl(changes));

		expect(response.status).toBe(400);
		expect(response.headers.get('location')).toBeNull();
	});

	test('only registered redirect URLs are accepted if there are any', async () => {
		sandbox.fanvue.settings.login.redirectUris.push('https://example.com/callback');

		expect((await open(authorizeUrl())).status).toBe(400);
		const registered = authorizeUrl({ redirect_uri: 'https://example.com/callback' });
		expect((await open(registered)).status).toBe(200);
	});
});

describe('code', () => {
	test('a code is exchanged for tokens of the chosen account', async () => {
		const { status, body } = await exchange(await signIn('nolan'));

		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^fvat_/),
			refresh_token: expect.stringMatching(/^fvrt_/),
			expires_in: 3600,
			token_type: 'bearer',
			scope: ALL_SCOPES.join(' '),
		});
		expect(await me(body.access_token)).toEqual({ status: 200, handle: 'nolan' });
		expect(sandbox.fanvue.tokenCounts).toEqual({
			exchanges: 1,
			refreshes: 0,
			refused: 0,
			reuses: 0,
		});
	});

	test.each([
		['a wrong verifier', { code_verifier: 'x'.repeat(43) }],
		['a short verifier', { code_verifier: 'short' }],
		['another redirect URL', { redirect_uri: `${REDIRECT}/other` }],
		['an unknown code', { code: 'fvac_none' }],
	])('is refused with %s', async (_name, changes) => {
		const { status, body } = await exchange(await signIn(), changes);

		expect(status).toBe(400);
		expect(body.error).toBe('invalid_grant');
		expect(Object.keys(body)).toEqual(['error', 'error_description']);
	});

	test('a second use of a code revokes the tokens', async () => {
		const code = await signIn();
		const first = await exchange(code);
		const second = await exchange(code);

		expect(second.body.error).toBe('invalid_grant');
		expect((await me(first.body.access_token)).status).toBe(401);
	});

	test('a code expires after ten minutes', async () => {
		const code = await signIn();
		sandbox.clock.advance(10 * 60_000);

		expect((await exchange(code)).body.error).toBe('invalid_grant');
	});
});

describe('client authentication', () => {
	const form = { grant_type: 'refresh_token', refresh_token: 'fvrt_none' };

	test.each([
		['nothing', form, {}],
		['a wrong secret', form, { authorization: `Basic ${btoa(`${clientId}:wrong`)}` }],
		['the secret in the body', { ...form, client_id: clientId, client_secret: clientSecret }, {}],
		[
			'the secret in both places',
			{ ...form, client_secret: clientSecret },
			{ authorization: BASIC },
		],
		['another client in the body', { ...form, client_id: 'somebody' }, { authorization: BASIC }],
	])('refuses %s', async (_name, values, headers) => {
		const { status, body } = await token(values, headers);

		expect(status).toBe(401);
		expect(body.error).toBe('invalid_client');
		expect(sandbox.fanvue.tokenCounts.refused).toBe(1);
	});

	test('a body that is not form-urlencoded is rejected', async () => {
		const response = await fetch(`${sandbox.urls.fanvueLogin}/oauth2/token`, {
			method: 'POST',
			headers: { authorization: BASIC, 'content-type': 'application/json' },
			body: JSON.stringify(form),
		});

		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: 'invalid_request' });
	});
});

describe('refresh', () => {
	async function refresh(refreshToken: unknown) {
		return await token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });
	}

	test('a refresh rotates the refresh token', async () => {
		const before = sandbox.fanvue.issueToken({ account: 'mira' });
		const { status, body } = await refresh(before.refresh_token);

		expect(status).toBe(200);
		expect(body.refresh_token).not.toBe(before.refresh_token);
		expect(await me(body.access_token)).toEqual({ status: 200, handle: 'mira' });
		expect((await refresh(body.refresh_token)).status).toBe(200);
		expect(sandbox.fanvue.tokenCounts.refreshes).toBe(2);
	});

	test('a reused refresh token revokes the grant', async () => {
		const before = sandbox.fanvue.issueToken({ account: 'mira' });
		const other = sandbox.fanvue.issueToken({ account: 'mira' });
		const { body } = await refresh(before.refresh_token);
		const again = await refresh(before.refresh_token);

		expect(again.status).toBe(400);
		expect(again.body.error).toBe('invalid_grant');
		expect((await me(body.access_token)).status).toBe(401);
		expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
		expect(sandbox.fanvue.tokenCounts).toEqual({
			exchanges: 0,
			refreshes: 1,
			refused: 2,
			reuses: 1,
		});
		expect((await me(other.access_token)).status).toBe(200);
	});

	test('a used refresh token is accepted within the grace period', async () => {
		sandbox.fanvue.settings.login.refreshGraceSeconds = 30;
		const before = sandbox.fanvue.issueToken({ account: 'mira' });
		await refresh(before.refresh_token);

		expect((await refresh(before.refresh_token)).status).toBe(200);
		sandbox.clock.advance(31_000);
		expect((await refresh(before.refresh_token)).status).toBe(400);
	});

	test('without offline_access there is no refresh token', () => {
		const scopes = ['openid', 'read:self'];

		expect(sandbox.fanvue.issueToken({ account: 'mira', scopes })).not.toHaveProperty(
			'refresh_token',
		);
	});
});

describe('access token', () => {
	test('an access token is valid for an hour of the sandbox clock', async () => {
		const { access_token } = sandbox.fanvue.issueToken({ account: 'mira' });
		sandbox.clock.advance(3_540_000);
		expect((await me(access_token)).status).toBe(200);
		sandbox.clock.advance(60_000);
		expect((await me(access_token)).status).toBe(401);
	});

	test('expireTokens does not expire the refresh token', async () => {
		const tokens = sandbox.fanvue.issueToken({ account: 'mira' });
		sandbox.fanvue.expireTokens();

		expect((await me(tokens.access_token)).status).toBe(401);
		const { status } = await token({
			grant_type: 'refresh_token',
			refresh_token: tokens.refresh_token ?? '',
		});
		expect(status).toBe(200);
	});

	test('revoke invalidates all tokens of one account', async () => {
		const mira = sandbox.fanvue.issueToken({ account: 'mira' });
		const nolan = sandbox.fanvue.issueToken({ account: 'nolan' });
		sandbox.fanvue.revoke('mira');

		expect((await me(mira.access_token)).status).toBe(401);
		const { body } = await token({
			grant_type: 'refresh_token',
			refresh_token: mira.refresh_token ?? '',
		});
		expect(body.error).toBe('invalid_grant');
		expect((await me(nolan.access_token)).status).toBe(200);
	});

	test('secrets() returns every secret, and the request log contains none', async () => {
		const code = await signIn();
		const { body } = await exchange(code);
		await me(body.access_token);
		const secrets = sandbox.fanvue.secrets();
		const log = JSON.stringify(sandbox.requestLog.entries());

		expect(secrets).toEqual(
			expect.arrayContaining([code, String(body.access_token), String(body.refresh_token)]),
		);
		for (const secret of [...secrets, VERIFIER, clientSecret, BASIC]) {
			expect(log).not.toContain(secret);
		}
	});
});
