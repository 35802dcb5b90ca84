import type { EndpointMatch } from '../core/contract';
import type { SandboxRequest } from '../core/request';
import { ApiError } from '../core/service';
import type { FanfouAccount } from './context';
import { readSignedParameters } from './oauth';
import { jsonError, createError, xmlError } from './replies';
import type { FanfouState } from './state';
import { SignatureVerifier, type TokenKind } from './signatureVerifier';

const ANONYMOUS: FanfouAccount = { oauth: new Map() };

/** Authenticates requests: signature, approval of the application, then the hourly limit. */
export class FanfouAuth {
	private readonly verifier: SignatureVerifier;

	constructor(
		private readonly state: FanfouState,
		/** Returns the request as received, before `prepare` changed it. */
		private readonly originalRequest: (request: SandboxRequest) => SandboxRequest,
	) {
		this.verifier = new SignatureVerifier(state.tokens, state.clock);
	}

	authenticate(
		request: SandboxRequest,
		match: EndpointMatch | undefined,
	): FanfouAccount | ApiError {
		const endpoint = match?.endpoint.id;
		if (request.mount === '/fanfou-login') return this.authenticateLogin(request, endpoint);
		const verified = this.verifier.verify(this.originalRequest(request), 'access');
		if ('reason' in verified) {
			const write = this.state.settings.xmlErrors ? xmlError : jsonError;
			return new ApiError(write(401, verified.reason, request));
		}
		const { consumer, oauth, access } = verified;
		// An unapproved application can sign users in, but all its API requests fail.
		if (!consumer.isApproved) return createError(401, '参数错误!', request);
		const user = access && this.state.users.find(access.userId);
		return user ? { consumer, oauth, user } : createError(401, 'Invalid access token', request);
	}

	/** Checks the hourly limit. Requests for the limit itself are not counted. */
	checkRateLimit(
		match: EndpointMatch,
		{ user }: FanfouAccount,
	): { retryAfter: number } | undefined {
		if (!user || match.endpoint.id === 'account.rate_limit_status') return undefined;
		const limit = this.state.settings.hourlyLimit;
		if (this.state.limits.consume(user.id, limit)) return undefined;
		const { resetAt } = this.state.limits.getAllowance(user.id, limit);
		return { retryAfter: Math.max(1, Math.ceil((resetAt - this.state.clock.now()) / 1000)) };
	}

	headers({ user }: FanfouAccount): Record<string, string> {
		const { settings, limits } = this.state;
		if (!user || !settings.rateLimitHeaders) return {};
		const { remaining, resetAt } = limits.getAllowance(user.id, settings.hourlyLimit);
		return {
			'x-ratelimit-limit': String(settings.hourlyLimit),
			'x-ratelimit-remaining': String(remaining),
			'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
		};
	}

	/** Revokes the token that signed a request. */
	revokeTokenOf(request: SandboxRequest): void {
		this.state.tokens.revoke(readSignedParameters(request)?.oauth.get('oauth_token') ?? '');
	}

	private authenticateLogin(
		request: SandboxRequest,
		endpoint: string | undefined,
	): FanfouAccount | ApiError {
		if (endpoint === undefined || endpoint === 'oauth.authorize') return ANONYMOUS;
		const kind: TokenKind = endpoint === 'oauth.access_token' ? 'request' : 'none';
		const unsigned = (name: string): boolean => name.startsWith('x_auth_');
		const verified = this.verifier.verify(this.originalRequest(request), kind, unsigned);
		if ('reason' in verified) return createError(401, verified.reason, request);
		const { consumer, oauth, requestToken } = verified;
		return { consumer, oauth, ...(requestToken && { requestToken: requestToken.token }) };
	}
}
