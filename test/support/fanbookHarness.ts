import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { Fanbook } from '../../nodes/Fanbook/Fanbook.node';
import type { Sandbox } from '../../sandbox/index';
import { startSandbox } from '../../sandbox/index';
import type { LoggedRequest } from '../../sandbox/core/requestLog';
import { DEMO } from '../../sandbox/demo';
import type { CredentialData } from './credentials';
import { searchList } from './lists';
import type { RunOptions, RunResult } from './n8n';
import { runNode } from './n8n';
import type { TestServer } from './server';

export const demo = DEMO.fanbook;

/** Runs the Fanbook node as the demo bot against its own sandbox. */
export class FanbookHarness {
	private started?: Sandbox;

	static async start(): Promise<FanbookHarness> {
		const harness = new FanbookHarness();
		harness.started = await startSandbox({ port: 0 });
		return harness;
	}

	/** Starts a sandbox for a test file, and a bare server that is reset between the tests. */
	static forTests(server: TestServer): FanbookHarness {
		const harness = new FanbookHarness();
		beforeAll(async () => {
			harness.started = await startSandbox({ port: 0 });
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
		if (this.started === undefined) throw new Error('The sandbox runs only during tests');
		return this.started;
	}

	async close(): Promise<void> {
		await this.started?.close();
	}

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

	async run(
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		more: Partial<RunOptions> = {},
	): Promise<RunResult> {
		return await runNode({
			node: new Fanbook(),
			parameters: { resource, operation, ...parameters },
			credentials: this.credential(),
			credentialTypes: { fanbookBotApi: new FanbookBotApi() },
			...more,
		});
	}

	/** Returns the options of a locator's list, as the editor shows them. */
	async list(
		method: string,
		parameters: INodeParameters = {},
		more: { filter?: string; token?: string; credentials?: CredentialData } = {},
	): Promise<INodeListSearchResult> {
		return await searchList({
			node: new Fanbook(),
			method,
			parameters,
			credentials: this.credential(),
			credentialTypes: { fanbookBotApi: new FanbookBotApi() },
			...more,
		});
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
}

/** Returns the value of a locator with an ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
