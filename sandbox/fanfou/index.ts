import type { SandboxRequest } from '../core/request';
import { takeSnapshot, type Restore } from '../core/snapshot';
import {
	ApiError,
	type Action,
	type Reply,
	type ServiceContext,
	type ServiceDefinition,
	type ServiceModule,
} from '../core/service';
import { createActions } from './actions';
import { toHandlers, type FanfouAccount } from './context';
import { FanfouAuth } from './auth';
import { apiHandlers } from './handlers';
import { Login, moveXauthFromHeader } from './login';
import { describeState } from './describeState';
import { errorReply } from './replies';
import { createRequestSigner } from './signRequest';
import { seed } from './seed/seed';
import { FanfouState } from './state';
import { FanfouSimulation } from './simulation';
import { createViews } from './views';

export type { FanfouAccount } from './context';
export { UNAPPROVED_CONSUMER } from './tokens';

/**
 * Fanfou: the API (api.fanfou.com), the site's OAuth pages (fanfou.com), the user stream
 * (stream.fanfou.com) and the pictures. Its simulated users are in `FanfouSimulation`.
 */
export class Fanfou extends FanfouSimulation implements ServiceModule<FanfouAccount> {
	readonly definition: ServiceDefinition<FanfouAccount>;
	readonly actions: Readonly<Record<string, Action>> = createActions(this);
	readonly views: Readonly<Record<string, Action>> = createViews(() => this.currentState);
	readonly signRequest = createRequestSigner(() => this.context.clock.seconds());
	private currentState: FanfouState;
	private auth: FanfouAuth;
	private readonly originalRequests = new WeakMap<SandboxRequest, SandboxRequest>();

	constructor(private readonly context: ServiceContext) {
		super();
		this.currentState = new FanfouState(context);
		this.auth = this.createAuth();
		const login = new Login(() => this.currentState);
		this.definition = {
			name: 'fanfou',
			mounts: [
				{ prefix: '/fanfou' },
				{
					prefix: '/fanfou-login',
					host: 'login',
					handle: (request) => login.handleAuthorizeForm(request),
				},
				{ prefix: '/fanfou-stream', host: 'stream' },
				{ prefix: '/fanfou-photo', handle: (request) => this.currentState.pictures.serve(request) },
			],
			handlers: { ...login.handlers, ...toHandlers(apiHandlers, () => this.currentState) },
			prepare: (request) => this.prepare(request),
			authenticate: (request, match) => this.auth.authenticate(request, match),
			authorize: (request, match, account) => {
				const limit = this.auth.checkRateLimit(match, account);
				return limit && new ApiError(this.rateLimited(limit.retryAfter, request));
			},
			headers: (_request, account) => this.auth.headers(account),
			isProtocolParameter: (name) => name.startsWith('oauth_'),
			replies: {
				violations: (violations, request) =>
					errorReply(400, `参数错误: ${violations[0]?.message ?? ''}`, request),
				unknownRoute: (request, methods) =>
					methods.length > 0
						? errorReply(405, `method must be ${methods.join(' or ')}`, request)
						: errorReply(404, 'Not Found', request),
				failure: (status, message, request) => errorReply(status, message, request),
				rateLimited: (seconds, request) => this.rateLimited(seconds, request),
				expiredToken: (request) => {
					this.auth.revokeTokenOf(request);
					return errorReply(401, 'Invalid access token', request);
				},
			},
		};
	}

	/** The current state. Every reset replaces it. */
	get sandboxState(): FanfouState {
		return this.currentState;
	}

	reset(): void {
		this.currentState.streams.close();
		this.currentState = new FanfouState(this.context);
		this.auth = this.createAuth();
	}

	close(): void {
		this.currentState.streams.close();
	}

	state(): unknown {
		return describeState(this.currentState);
	}

	takeSnapshot(): Restore {
		const state = this.currentState;
		const except = ['clock', 'streams', 'limits', 'tokens', 'settings', 'count'];
		return takeSnapshot(state, { except });
	}

	private createAuth(): FanfouAuth {
		seed(this.currentState);
		return new FanfouAuth(
			this.currentState,
			(request) => this.originalRequests.get(request) ?? request,
		);
	}

	private prepare(request: SandboxRequest): SandboxRequest {
		if (request.mount !== '/fanfou-login') return request;
		const prepared = moveXauthFromHeader(request);
		this.originalRequests.set(prepared, request);
		return prepared;
	}

	private rateLimited(seconds: number, request: SandboxRequest): Reply {
		const reply = errorReply(429, 'Rate limit exceeded', request);
		return { ...reply, headers: { 'retry-after': String(seconds) } };
	}
}
