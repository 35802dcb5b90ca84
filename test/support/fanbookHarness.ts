import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { Fanbook } from '../../nodes/Fanbook/Fanbook.node';
import type { LoggedRequest } from '../../sandbox/core/requestLog';
import { DEMO } from '../../sandbox/demo';
import type { CredentialData } from './credentials';
import { ServiceHarness } from './serviceHarness';

export { byId } from './serviceHarness';

export const demo = DEMO.fanbook;

/** Runs the Fanbook node as the demo bot. */
export class FanbookHarness extends ServiceHarness {
	credential(more: Record<string, string> = {}): CredentialData {
		return {
			fanbookBotApi: {
				botToken: demo.botToken,
				host: this.sandbox.urls.fanbook,
				botId: demo.botId,
				...more,
			},
		};
	}

	/** Returns the options of a locator's list, as the editor shows them. */
	async list(
		method: string,
		parameters: INodeParameters = {},
		more: { filter?: string; token?: string; credentials?: CredentialData } = {},
	): Promise<INodeListSearchResult> {
		return await this.search(method, { parameters, ...more });
	}

	/** Returns the requests since the last reset. */
	calls(): LoggedRequest[] {
		return this.sandbox.requestLog.entries({ service: 'fanbook' });
	}

	/** Returns the requests as `POST sendMessage {"chat_id":1}`. */
	lines(): string[] {
		return this.calls().map(({ method, path, query, bodyText }) => {
			const pairs = query.map(([key, value]) => `${key}=${value}`).join('&');
			const name = path.replace(/^.*\/api\/bot\/([^/]+\/)?/, '');
			return [`${method} ${name}${pairs === '' ? '' : `?${pairs}`}`, bodyText]
				.filter((part) => part !== undefined && part !== '')
				.join(' ');
		});
	}

	protected node(): Fanbook {
		return new Fanbook();
	}

	protected credentialTypes() {
		return { fanbookBotApi: new FanbookBotApi() };
	}
}
