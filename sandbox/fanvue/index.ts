import type {
	Action,
	Section,
	ServiceContext,
	ServiceDefinition,
	ServiceModule,
} from '../core/service';

/** Who a request acts for. */
export interface FanvueAccount {
	handle: string;
}

/** Fanvue: the API, its OAuth2 login server and its presigned storage. */
export class Fanvue implements ServiceModule<FanvueAccount> {
	readonly definition: ServiceDefinition<FanvueAccount>;
	readonly actions: Readonly<Record<string, Action>> = {};

	constructor(private readonly context: ServiceContext) {
		this.definition = {
			name: 'fanvue',
			mounts: [{ prefix: '/fanvue' }, { prefix: '/fanvue-login' }, { prefix: '/fanvue-storage' }],
			handlers: {},
			authenticate: () => ({ handle: 'mira' }),
			replies: {
				violations: (violations) => ({
					status: 400,
					json: { errors: violations.map(({ message }) => message) },
				}),
				unknownRoute: () => ({ status: 404, json: { message: 'Not Found' } }),
				failure: (status, message) => ({ status, json: { message } }),
				rateLimited: (seconds) => ({
					status: 429,
					headers: { 'retry-after': String(seconds) },
					json: { error: 'Too Many Requests' },
				}),
				expiredToken: () => ({ status: 401, json: { error: 'Unauthorized' } }),
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
