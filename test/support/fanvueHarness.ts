import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { Fanvue } from '../../nodes/Fanvue/Fanvue.node';
import { DEMO } from '../../sandbox/demo';
import type { LoggedRequest } from '../../sandbox/core/requestLog';
import type { CredentialData } from './credentials';
import { ServiceHarness } from './serviceHarness';

export { byId } from './serviceHarness';

/** Runs the Fanvue node with connected accounts, by default as the creator Mira. */
export class FanvueHarness extends ServiceHarness {
	/** Returns the credential of a connected account. */
	credential(
		account = 'mira',
		more: { scopes?: string[]; apiRoutes?: string; baseUrl?: string } = {},
	): CredentialData {
		const { scopes, ...fields } = more;
		const token = this.sandbox.fanvue.issueToken({ account, scopes });
		return {
			fanvueOAuth2Api: {
				clientId: DEMO.fanvue.clientId,
				clientSecret: DEMO.fanvue.clientSecret,
				baseUrl: this.sandbox.urls.fanvueApi,
				loginUrl: this.sandbox.urls.fanvueLogin,
				oauthTokenData: { ...token },
				...fields,
			},
		};
	}

	/** Returns the options of a resource locator's list. */
	async list(
		method: string,
		more: {
			parameters?: INodeParameters;
			credentials?: CredentialData;
			filter?: string;
			token?: string;
		} = {},
	): Promise<INodeListSearchResult> {
		return await this.search(method, more);
	}

	/** Returns the requests to the API (or with another part of the path) since the last reset. */
	calls(path = '/fanvue/'): LoggedRequest[] {
		return this.sandbox.requestLog.entries({ service: 'fanvue', path });
	}

	/** Returns the requests as `GET /posts?page=1`. */
	lines(): string[] {
		return this.calls().map(({ method, path, query }) => {
			const pairs = query.map(([key, value]) => `${key}=${value}`).join('&');
			return `${method} ${path.slice('/fanvue'.length)}${pairs === '' ? '' : `?${pairs}`}`;
		});
	}

	uuid(handle: string): string {
		return this.sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
	}

	protected node(): Fanvue {
		return new Fanvue();
	}

	protected credentialTypes() {
		return { fanvueOAuth2Api: new FanvueOAuth2Api() };
	}
}
