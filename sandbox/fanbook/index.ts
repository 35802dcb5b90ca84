import { DEMO } from '../demo';
import {
	Refusal,
	type Action,
	type Section,
	type ServiceContext,
	type ServiceDefinition,
	type ServiceModule,
} from '../core/service';

export interface FanbookAccount {
	token: string;
}

/** Fanbook: the bot API and the WebSocket gateway. */
export class Fanbook implements ServiceModule<FanbookAccount> {
	readonly definition: ServiceDefinition<FanbookAccount>;
	readonly actions: Readonly<Record<string, Action>> = {};

	constructor(private readonly context: ServiceContext) {
		this.definition = {
			name: 'fanbook',
			mounts: [{ prefix: '/fanbook' }],
			handlers: {},
			jsonContentType: 'text/plain; charset=utf-8',
			prepare: (request) => ({ ...request, path: request.path.replace(/^\/api\/bot\/[^/]+/, '') }),
			authenticate: (request) =>
				request.rawUrl.includes(`/api/bot/${DEMO.fanbook.botToken}/`)
					? { token: DEMO.fanbook.botToken }
					: new Refusal({
							status: 401,
							json: { ok: false, error_code: 901, description: 'bad token' },
						}),
			replies: {
				violations: (violations) => ({
					failed: true,
					json: { ok: false, error_code: 1001, description: violations[0]?.message ?? '' },
				}),
				unknownRoute: () => ({
					status: 404,
					json: { ok: false, error_code: 404, description: 'Not Found' },
				}),
				failure: (status, message) => ({
					status,
					json: { ok: false, error_code: status, description: message },
				}),
				rateLimited: () => ({
					failed: true,
					json: { ok: false, error_code: 10002, description: 'too fast' },
				}),
				expiredToken: () => ({
					status: 401,
					json: { ok: false, error_code: 901, description: 'bad token' },
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
