import { LoadOptionsContext } from 'n8n-core';
import type { INode, INodeListSearchResult, INodeParameters, IWorkflowBase } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { FanbookBotApi } from '../../../credentials/FanbookBotApi.credentials';
import { Fanbook } from '../../../nodes/Fanbook/Fanbook.node';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { JournalEntry } from '../../../sandbox/core/journal';
import { DEMO } from '../../../sandbox/demo';
import type { CredentialData } from '../../support/credentials';
import { CredentialStore } from '../../support/credentials';
import type { RunOptions, RunResult } from '../../support/n8n';
import { additionalDataFor, nodeTypesOf, runNode } from '../../support/n8n';

export const demo = DEMO.fanbook;

const NO_WORKFLOW: IWorkflowBase = {
	id: 'list',
	name: 'List',
	nodes: [],
	connections: {},
	active: false,
	isArchived: false,
	activeVersionId: null,
	createdAt: new Date(0),
	updatedAt: new Date(0),
};

/** A sandbox of Fanbook, and the node that works on it as the demo bot. */
export class Hall {
	private constructor(readonly sandbox: Sandbox) {}

	static async open(): Promise<Hall> {
		return new Hall(await startSandbox({ port: 0 }));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
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
		const node = new Fanbook();
		const instance: INode = {
			id: 'node',
			name: 'Node',
			type: 'test.fanbook',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { fanbookBotApi: { id: '1', name: 'fanbookBotApi' } },
		};
		const workflow = new Workflow({
			id: 'list',
			nodes: [instance],
			connections: {},
			active: false,
			nodeTypes: nodeTypesOf({ 'test.fanbook': node }),
		});
		const store = new CredentialStore(more.credentials ?? this.credential(), {
			fanbookBotApi: new FanbookBotApi(),
		});
		const data = additionalDataFor(store, NO_WORKFLOW, 'manual');
		const context = new LoadOptionsContext(
			workflow,
			instance,
			{ ...data, currentNodeParameters: parameters },
			'parameters',
		);
		const search = Object.entries(node.methods.listSearch).find(([name]) => name === method)?.[1];
		if (search === undefined) throw new Error(`The node has no list ${method}`);
		return await search.call(context, more.filter, more.token);
	}

	/** What arrived since the last reset. */
	calls(): JournalEntry[] {
		return this.sandbox.journal.entries({ service: 'fanbook' });
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
