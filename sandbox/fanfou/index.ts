import type {
	Action,
	Section,
	ServiceContext,
	ServiceDefinition,
	ServiceModule,
} from '../core/service';

/** Who a request acts for. */
export interface FanfouAccount {
	id: string;
}

/** Fanfou: the API (api.fanfou.com) and the site's OAuth pages (fanfou.com). */
export class Fanfou implements ServiceModule<FanfouAccount> {
	readonly definition: ServiceDefinition<FanfouAccount>;
	readonly actions: Readonly<Record<string, Action>> = {};

	constructor(private readonly context: ServiceContext) {
		this.definition = {
			name: 'fanfou',
			mounts: [
				{ prefix: '/fanfou' },
				{ prefix: '/fanfou-login', host: 'login' },
				{ prefix: '/fanfou-stream', host: 'stream' },
			],
			handlers: {},
			authenticate: () => ({ id: 'demo' }),
			ignores: (name) => name.startsWith('oauth_'),
			replies: {
				violations: (violations, request) => ({
					status: 400,
					json: { request: request.path, error: violations[0]?.message ?? '' },
				}),
				unknownRoute: (request) => ({
					status: 404,
					json: { request: request.path, error: 'Not Found' },
				}),
				failure: (status, message, request) => ({
					status,
					json: { request: request.path, error: message },
				}),
				rateLimited: (seconds, request) => ({
					status: 429,
					headers: { 'retry-after': String(seconds) },
					json: { request: request.path, error: 'Rate limit exceeded' },
				}),
				expiredToken: (request) => ({
					status: 401,
					json: { request: request.path, error: 'Invalid access token' },
				}),
			},
		};
	}

	reset(): void {}

	close(): void {}

	state(): unknown {
		return { now: this.context.clock.iso() };
	}

	overview(): Section[] {
		return [];
	}
}
