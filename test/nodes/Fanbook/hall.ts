import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { FanbookBotApi } from '../../../credentials/FanbookBotApi.credentials';
import { Fanbook } from '../../../nodes/Fanbook/Fanbook.node';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { LoggedRequest } from '../../../sandbox/core/requestLog';
import { DEMO } from '../../../sandbox/demo';
import type { CredentialData } from '../../support/credentials';
import { searchList } from '../../support/lists';
import type { RunOptions, RunResult } from '../../support/n8n';
import { runNode } from '../../support/n8n';
import type { TestServer } from '../../support/server';

export const demo = DEMO.fanbook;

/** A sandbox of Fanbook, and the node that works on it as the demo bot. */
export class Hall {
	private opened?: Sandbox;

	static async open(): Promise<Hall> {
		const hall = new Hall();
		hall.opened = await startSandbox({ port: 0 });
		return hall;
	}

	/** One for all tests of a file, with a server that stands in Fanbook's place and forgets between them. */
	static forTests(server: TestServer): Hall {
		const hall = new Hall();
		beforeAll(async () => {
			hall.opened = await startSandbox({ port: 0 });
			await server.start();
		});
		beforeEach(() => server.reset());
		afterAll(async () => {
			await hall.close();
			await server.close();
		});
		return hall;
	}

	get sandbox(): Sandbox {
		if (this.opened === undefined) throw new Error('The hall is open only inside of tests');
		return this.opened;
	}

	async close(): Promise<void> {
		await this.opened?.close();
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

	/** What a locator's list offers, as the editor would show it. */
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

	/** What arrived since the last reset. */
	calls(): LoggedRequest[] {
		return this.sandbox.requestLog.entries({ service: 'fanbook' });
	}

	/** The calls as `POST sendMessage {"chat_id":1}`. */
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

/** A locator as the editor saves it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
