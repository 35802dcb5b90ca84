import type { EndpointMatch } from '../core/contract';
import type { SandboxRequest } from '../core/request';
import { ApiError } from '../core/service';
import type { FanfouAccount } from './api';
import { readSigned } from './oauth';
import { jsonFailure, refusal, xmlFailure } from './replies';
import type { Store } from './store';
import { Verifier, type TokenKind } from './verify';

const ANONYMOUS: FanfouAccount = { oauth: new Map() };

/** Who may come in: signature first, then the application's approval and the hour's calls. */
export class Gate {
	private readonly verifier: Verifier;

	constructor(
		private readonly store: Store,
		/** The request as it came, before the contract's view of it was prepared. */
		private readonly received: (request: SandboxRequest) => SandboxRequest,
	) {
		this.verifier = new Verifier(store.tokens, store.clock);
	}

	authenticate(
		request: SandboxRequest,
		match: EndpointMatch | undefined,
	): FanfouAccount | ApiError {
		const endpoint = match?.endpoint.id;
		if (request.mount === '/fanfou-login') return this.admitToLogin(request, endpoint);
		const verified = this.verifier.verify(this.received(request), 'access');
		if ('reason' in verified) {
			const write = this.store.quirks.xmlFailures ? xmlFailure : jsonFailure;
			return new ApiError(write(401, verified.reason, request));
		}
		const { consumer, oauth, access } = verified;
		// What applications see that wait for approval: the handshake works, no call does.
		if (!consumer.isApproved) return refusal(401, '参数错误!', request);
		const user = access && this.store.users.find(access.userId);
		return user ? { consumer, oauth, user } : refusal(401, 'Invalid access token', request);
	}

	/** The hourly limit; asking for it costs nothing. */
	admit(match: EndpointMatch, { user }: FanfouAccount): { retryAfter: number } | undefined {
		if (!user || match.endpoint.id === 'account.rate_limit_status') return undefined;
		const limit = this.store.quirks.hourlyLimit;
		if (this.store.limits.take(user.id, limit)) return undefined;
		const { resetAt } = this.store.limits.look(user.id, limit);
		return { retryAfter: Math.max(1, Math.ceil((resetAt - this.store.clock.now()) / 1000)) };
	}

	headers({ user }: FanfouAccount): Record<string, string> {
		const { quirks, limits } = this.store;
		if (!user || !quirks.rateLimitHeaders) return {};
		const { remaining, resetAt } = limits.look(user.id, quirks.hourlyLimit);
		return {
			'x-ratelimit-limit': String(quirks.hourlyLimit),
			'x-ratelimit-remaining': String(remaining),
			'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
		};
	}

	/** Takes back the token a request is signed with. */
	revokeTokenOf(request: SandboxRequest): void {
		this.store.tokens.revoke(readSigned(request)?.oauth.get('oauth_token') ?? '');
	}

	private admitToLogin(
		request: SandboxRequest,
		endpoint: string | undefined,
	): FanfouAccount | ApiError {
		if (endpoint === undefined || endpoint === 'oauth.authorize') return ANONYMOUS;
		const kind: TokenKind = endpoint === 'oauth.access_token' ? 'request' : 'none';
		const unsigned = (name: string): boolean => name.startsWith('x_auth_');
		const verified = this.verifier.verify(this.received(request), kind, unsigned);
		if ('reason' in verified) return refusal(401, verified.reason, request);
		const { consumer, oauth, requestToken } = verified;
		return { consumer, oauth, ...(requestToken && { requestToken: requestToken.token }) };
	}
}
