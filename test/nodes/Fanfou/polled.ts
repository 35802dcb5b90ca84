import { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { FanfouOAuth1Api } from '../../../credentials/FanfouOAuth1Api.credentials';
import { FanfouTrigger } from '../../../nodes/Fanfou/FanfouTrigger.node';
import type { Sandbox } from '../../../sandbox';
import { CredentialStore } from '../../support/credentials';
import { additionalDataFor, nodeTypesOf } from '../../support/n8n';
import { TOKENS } from './support';

/** A Fanfou Trigger that is polled now and then, in n8n's own context. */
export class Polled {
	/** Static data, as on disk: outlives a restart. */
	disk = '{}';
	/** What it told in executions of their own. */
	readonly reported: string[] = [];

	constructor(private readonly sandbox: () => Sandbox) {}

	reset(): void {
		this.disk = '{}';
		this.reported.length = 0;
	}

	/** One poll; keeps the static data only when all went well. */
	async poll(
		parameters: INodeParameters,
		mode: 'manual' | 'trigger' = 'trigger',
	): Promise<IDataObject[]> {
		const node = new FanfouTrigger();
		const { fanfouApi: baseUrl, fanfouLogin: loginUrl } = this.sandbox().urls;
		const credentials = { fanfouOAuth1Api: { ...TOKENS, baseUrl, loginUrl } };
		const store = new CredentialStore(credentials, { fanfouOAuth1Api: new FanfouOAuth1Api() });
		const instance: INode = {
			id: 'node',
			name: 'Node',
			type: 'test.fanfouTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { fanfouOAuth1Api: { id: '1', name: 'Fanfou' } },
		};
		const base: IWorkflowBase = {
			id: 'workflow-1',
			name: 'Test',
			nodes: [instance],
			connections: {},
			active: true,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(0),
			updatedAt: new Date(0),
		};
		const workflow = new Workflow({
			...base,
			nodeTypes: nodeTypesOf({ 'test.fanfouTrigger': node }),
			staticData: JSON.parse(this.disk),
		});
		const context = new PollContext(
			workflow,
			workflow.getNode('Node') ?? instance,
			additionalDataFor(store, base, mode),
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			(error) => void this.reported.push(error.message),
		);
		const result = await node.poll.call(context);
		this.disk = JSON.stringify(workflow.staticData);
		return (result?.[0] ?? []).map(({ json }) => json);
	}
}
