import type { Clock } from '../../core/clock';
import type { SandboxRequest } from '../../core/request';
import type { Reply } from '../../core/service';
import { DEMO } from '../../demo';
import type { FanvueSettings } from '../settings';
import type { FanvueState } from '../state';
import { AuthorizationEndpoint } from './authorize';
import { Grants, type TokenResponse } from './grants';
import { handleTokenRequest } from './token';

export type { TokenResponse, TokenCounts } from './grants';

/** The OAuth2 login server: consent, codes and tokens. */
export class Login {
	grants: Grants;
	private readonly authorize: AuthorizationEndpoint;

	constructor(
		private readonly clock: Clock,
		private readonly state: () => FanvueState,
		private readonly settings: () => FanvueSettings['login'],
	) {
		this.grants = new Grants(clock, settings);
		this.authorize = new AuthorizationEndpoint(state, () => this.grants, settings);
	}

	/** Removes every code and token. */
	reset(): void {
		this.grants = new Grants(this.clock, this.settings);
	}

	handle(request: SandboxRequest): Reply {
		const route = `${request.method} ${request.path}`;
		if (route === 'GET /oauth2/auth') return this.authorize.authorize(request);
		if (route === 'POST /oauth2/consent') return this.authorize.consent(request);
		if (route === 'POST /oauth2/token') return handleTokenRequest(request, this.grants);
		return { status: 404, json: { error: 'not_found', error_description: 'Unknown address' } };
	}

	/** Issues the tokens of a finished sign-in. Default: all scopes of the app. */
	issueToken(handle: string, scopes: readonly string[] = this.settings().appScopes): TokenResponse {
		const { uuid } = this.state().userByHandle(handle);
		return this.grants.issue(this.grants.addGrant(uuid, DEMO.fanvue.clientId, scopes));
	}
}
