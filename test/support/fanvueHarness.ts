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
	sandbox.fanvue.reset();
	return sandbox;
}

/** The Fanvue node with a sandbox and connected accounts. */
export class FanvueHarness {
	private opened?: Sandbox;

	static async open(): Promise<FanvueHarness> {
		const harness = new FanvueHarness();
		harness.opened = await startFanvue();
		return harness;
	}

	/** Opens one harness for all tests of a file, and resets the stand-in server before each test. */
	static forTests(server: TestServer): FanvueHarness {
		const harness = new FanvueHarness();
		beforeAll(async () => {
			harness.opened = await startFanvue();
			await server.start();
		});
		beforeEach(() => server.reset());
		afterAll(async () => {
			await harness.close();
			await server.close();
		});
		return harness;
	}

	get sandbox(): Sandbox {
		if (this.opened === undefined) throw new Error('The harness is open only inside of tests');
		return this.opened;
	}

	async close(): Promise<void> {
		await this.opened?.close();
	}

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

	/** Runs one operation as the creator Mira, unless other credentials are given. */
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
		return await searchList({
			node: new Fanvue(),
			method,
			credentials: this.credential(),
			credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
			...more,
		});
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
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
