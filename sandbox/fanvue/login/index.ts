import type { Clock } from '../../core/clock';
import type { SandboxRequest } from '../../core/request';
import type { Reply } from '../../core/service';
import { DEMO } from '../../demo';
import type { Settings } from '../settings';
import type { World } from '../world';
import { Authorize } from './authorize';
import { Grants, type TokenAnswer } from './grants';
import { answerToken } from './token';

export type { TokenAnswer, TokenCounts } from './grants';

/** The login server: consent, codes and tokens. */
export class Login {
	grants: Grants;
	private readonly authorize: Authorize;

	constructor(
		private readonly clock: Clock,
		private readonly world: () => World,
		private readonly settings: () => Settings['login'],
	) {
		this.grants = new Grants(clock, settings);
		this.authorize = new Authorize(world, () => this.grants, settings);
	}

	/** Forgets every code and token. */
	reset(): void {
		this.grants = new Grants(this.clock, this.settings);
	}

	answer(request: SandboxRequest): Reply {
		const route = `${request.method} ${request.path}`;
		if (route === 'GET /oauth2/auth') return this.authorize.ask(request);
		if (route === 'POST /oauth2/consent') return this.authorize.decide(request);
		if (route === 'POST /oauth2/token') return answerToken(request, this.grants);
		return { status: 404, json: { error: 'not_found', error_description: 'Unknown address' } };
	}

	/** Tokens as a finished sign-in gives them; all scopes of the app unless told. */
	issueToken(handle: string, scopes: readonly string[] = this.settings().appScopes): TokenAnswer {
		const { uuid } = this.world().byHandle(handle);
		return this.grants.issue(this.grants.consent(uuid, DEMO.fanvue.clientId, scopes));
	}
}
