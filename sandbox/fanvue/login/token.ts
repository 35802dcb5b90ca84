import { createHash } from 'node:crypto';
import { percentDecode } from '../../core/percentDecode';
import type { SandboxRequest } from '../../core/request';
import type { Reply } from '../../core/service';
import { DEMO } from '../../demo';
import type { Grants, TokenResponse } from './grants';

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };

class OAuthError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		description: string,
	) {
		super(description);
	}
}

function invalidGrant(description: string): OAuthError {
	return new OAuthError(400, 'invalid_grant', description);
}

function decode(text: string): string {
	// Client id and secret are form-urlencoded before they are joined.
	return percentDecode(text.replaceAll('+', ' ')) ?? text;
}

/** Returns the client of the Basic header. Throws if it is missing or wrong. */
function authenticateClient(request: SandboxRequest, form: Map<string, string>): string {
	const invalidClient = (description: string): OAuthError =>
		new OAuthError(401, 'invalid_client', description);
	if (form.has('client_secret')) {
		throw invalidClient(
			'The client must authenticate by HTTP Basic, not with a secret in the body',
		);
	}
	const [scheme, encoded] = (request.headers['authorization'] ?? '').split(' ');
	if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) {
		throw invalidClient('The client must authenticate by HTTP Basic');
	}
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	const cut = text.indexOf(':');
	const clientId = decode(text.slice(0, cut));
	const { clientId: knownId, clientSecret } = DEMO.fanvue;
	if (cut < 0 || clientId !== knownId || decode(text.slice(cut + 1)) !== clientSecret) {
		throw invalidClient('Client authentication was not accepted');
	}
	const inBody = form.get('client_id');
	if (inBody !== undefined && inBody !== clientId)
		throw invalidClient('client_id names another client');
	return clientId;
}

function exchange(form: Map<string, string>, clientId: string, grants: Grants): TokenResponse {
	const verifier = form.get('code_verifier') ?? '';
	if (!VERIFIER.test(verifier)) {
		throw invalidGrant('The PKCE code verifier must have 43 to 128 unreserved characters');
	}
	const code = grants.redeem(form.get('code') ?? '', clientId);
	if (!code) throw invalidGrant('The authorization code is invalid, expired or used');
	if (form.get('redirect_uri') !== code.redirectUri) {
		throw invalidGrant('redirect_uri is not the one of the authorization request');
	}
	const challenge = createHash('sha256').update(verifier).digest('base64url');
	if (challenge !== code.challenge) {
		throw invalidGrant('The PKCE code challenge did not match the code verifier');
	}
	grants.counts.exchanges += 1;
	return grants.issue(code.grant);
}

function refresh(form: Map<string, string>, clientId: string, grants: Grants): TokenResponse {
	const answer = grants.rotate(form.get('refresh_token') ?? '', clientId);
	if (!answer) throw invalidGrant('The refresh token is invalid, expired, revoked or used');
	grants.counts.refreshes += 1;
	return answer;
}

function issueTokens(request: SandboxRequest, grants: Grants): TokenResponse {
	if (!request.form) {
		const requested = 'The body must be application/x-www-form-urlencoded';
		throw new OAuthError(400, 'invalid_request', requested);
	}
	const form = new Map(request.form);
	if (form.size !== request.form.length) {
		throw new OAuthError(400, 'invalid_request', 'A parameter is given twice');
	}
	const clientId = authenticateClient(request, form);
	if (form.get('grant_type') === 'authorization_code') return exchange(form, clientId, grants);
	if (form.get('grant_type') === 'refresh_token') return refresh(form, clientId, grants);
	const requested = 'grant_type must be authorization_code or refresh_token';
	throw new OAuthError(400, 'unsupported_grant_type', requested);
}

/** Handles `POST /oauth2/token`. Returns tokens or `{error, error_description}`. */
export function handleTokenRequest(request: SandboxRequest, grants: Grants): Reply {
	try {
		return { json: issueTokens(request, grants), headers: NO_STORE };
	} catch (thrown) {
		if (!(thrown instanceof OAuthError)) throw thrown;
		grants.counts.refused += 1;
		const challenge: Record<string, string> =
			thrown.status === 401 ? { 'www-authenticate': 'Basic' } : {};
		return {
			status: thrown.status,
			headers: { ...NO_STORE, ...challenge },
			json: { error: thrown.code, error_description: thrown.message },
		};
	}
}
