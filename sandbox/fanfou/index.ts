import type { SandboxRequest } from '../core/request';
import {
	ApiError,
	type Action,
	type Reply,
	type Section,
	type ServiceContext,
	type ServiceDefinition,
	type ServiceModule,
} from '../core/service';
import { createActions } from './actions';
import { toHandlers, type FanfouAccount } from './api';
import { Gate } from './gate';
import { apiHandlers } from './handlers';
import { Login, withHeaderXauth } from './login';
import { describe, overview } from './overview';
import { failure } from './replies';
import { seed } from './seed';
import { Store } from './store';
import { Town } from './town';

export type { FanfouAccount } from './api';
export type { Quirks } from './quirks';
export { UNAPPROVED_CONSUMER } from './tokens';

/**
 * Fanfou: the API (api.fanfou.com), the site's OAuth pages (fanfou.com), the user stream
 * (stream.fanfou.com) and the pictures. What tests do to it is in `Town`.
 */
export class Fanfou extends Town implements ServiceModule<FanfouAccount> {
	readonly definition: ServiceDefinition<FanfouAccount>;
	readonly actions: Readonly<Record<string, Action>> = createActions(this);
	private current: Store;
	private gate: Gate;
	private readonly received = new WeakMap<SandboxRequest, SandboxRequest>();

	constructor(private readonly context: ServiceContext) {
		super();
		this.current = new Store(context);
		this.gate = this.fill();
		const login = new Login(() => this.current);
		this.definition = {
			name: 'fanfou',
			mounts: [
				{ prefix: '/fanfou' },
				{
					prefix: '/fanfou-login',
					host: 'login',
					handle: (request) => login.takeForm(request),
				},
				{ prefix: '/fanfou-stream', host: 'stream' },
				{ prefix: '/fanfou-photo', handle: (request) => this.current.pictures.serve(request) },
			],
			handlers: { ...login.handlers, ...toHandlers(apiHandlers, () => this.current) },
			prepare: (request) => this.prepare(request),
			authenticate: (request, match) => this.gate.authenticate(request, match),
			authorize: (request, match, account) => {
				const full = this.gate.admit(match, account);
				return full && new ApiError(this.rateLimited(full.retryAfter, request));
			},
			headers: (_request, account) => this.gate.headers(account),
			isProtocolParameter: (name) => name.startsWith('oauth_'),
			replies: {
				violations: (violations, request) =>
					failure(400, `参数错误: ${violations[0]?.message ?? ''}`, request),
				unknownRoute: (request, methods) =>
					methods.length > 0
						? failure(405, `method must be ${methods.join(' or ')}`, request)
						: failure(404, 'Not Found', request),
				failure: (status, message, request) => failure(status, message, request),
				rateLimited: (seconds, request) => this.rateLimited(seconds, request),
				expiredToken: (request) => {
					this.gate.revokeTokenOf(request);
					return failure(401, 'Invalid access token', request);
				},
			},
		};
	}

	/** The live state; another one after each reset. */
	get store(): Store {
		return this.current;
	}

	reset(): void {
		this.current.streams.close();
		this.current = new Store(this.context);
		this.gate = this.fill();
	}

	close(): void {
		this.current.streams.close();
	}

	state(): unknown {
		return describe(this.current);
	}

	overview(): Section[] {
		return overview(this.current);
	}

	private fill(): Gate {
		seed(this.current);
		return new Gate(this.current, (request) => this.received.get(request) ?? request);
	}

	private prepare(request: SandboxRequest): SandboxRequest {
		if (request.mount !== '/fanfou-login') return request;
		const prepared = withHeaderXauth(request);
		this.received.set(prepared, request);
		return prepared;
	}

	private rateLimited(seconds: number, request: SandboxRequest): Reply {
		const reply = failure(429, 'Rate limit exceeded', request);
		return { ...reply, headers: { 'retry-after': String(seconds) } };
	}
}
