import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { Fanvue } from '../../nodes/Fanvue/Fanvue.node';
import type { Sandbox } from '../../sandbox/index';
import { startSandbox } from '../../sandbox/index';
import { DEMO } from '../../sandbox/demo';
import type { LoggedRequest } from '../../sandbox/core/requestLog';
import type { CredentialData } from './credentials';
import type { RunOptions, RunResult } from './n8n';
import { searchList } from './lists';
import { runNode } from './n8n';
import type { TestServer } from './server';

async function startFanvue(): Promise<Sandbox> {
	const sandbox = await startSandbox({ port: 0 });
	// The Fanvue Trigger does not accept unsigned requests, so a probe would refuse its webhook.
	sandbox.fanvue.baseline.webhooks.probe = false;
	sandbox.fanvue.reset();
	return sandbox;
}

/** A sandbox of Fanvue with accounts that are connected, and the node that works on it. */
export class FanvueHarness {
	private opened?: Sandbox;

	static async open(): Promise<FanvueHarness> {
		const studio = new FanvueHarness();
		studio.opened = await startFanvue();
		return studio;
	}

	/** One for all tests of a file, with a server that stands in the API's place and forgets between them. */
	static forTests(server: TestServer): FanvueHarness {
		const studio = new FanvueHarness();
		beforeAll(async () => {
			studio.opened = await startFanvue();
			await server.start();
		});
		beforeEach(() => server.reset());
		afterAll(async () => {
			await studio.close();
			await server.close();
		});
		return studio;
	}

	get sandbox(): Sandbox {
		if (this.opened === undefined) throw new Error('The studio is open only inside of tests');
		return this.opened;
	}

	async close(): Promise<void> {
		await this.opened?.close();
	}

	/** A credential as it is once an account has been connected. */
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

	/** Runs one operation as the creator Mira, or as whoever the credential belongs to. */
	async run(
		resource: string,
		operation: string,
		parameters: object = {},
		more: Partial<RunOptions> = {},
	): Promise<RunResult> {
		return await runNode({
			node: new Fanvue(),
			parameters: { resource, operation, ...parameters },
			credentials: this.credential(),
			credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
			...more,
		});
	}

	/** What a locator's list offers. */
	async list(
		method: string,
		more: {
			parameters?: INodeParameters;
			credentials?: CredentialData;
			filter?: string;
			token?: string;
		} = {},
	): Promise<INodeListSearchResult> {
		return await searchList({
			node: new Fanvue(),
			method,
			credentials: this.credential(),
			credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
			...more,
		});
	}

	/** What arrived at the API (or elsewhere, with a part of the path) since the last reset. */
	calls(path = '/fanvue/'): LoggedRequest[] {
		return this.sandbox.requestLog.entries({ service: 'fanvue', path });
	}

	/** The calls as `GET /posts?page=1`. */
	lines(): string[] {
		return this.calls().map(({ method, path, query }) => {
			const pairs = query.map(([key, value]) => `${key}=${value}`).join('&');
			return `${method} ${path.slice('/fanvue'.length)}${pairs === '' ? '' : `?${pairs}`}`;
		});
	}

	uuid(handle: string): string {
		return this.sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
	}
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
