import { PollContext } from 'n8n-core';
import type { ICredentialType, IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from './n8n';

export interface PollOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentials: CredentialData;
	credentialTypes: Record<string, ICredentialType>;
	mode?: 'manual' | 'trigger';
	/** ID of the credential that the node uses. */
	credentialId?: string;
}

/** A polling trigger node in n8n's own context. */
export class PollHost {
	/** Static data as stored, which survives a restart. */
	disk = '{}';
	/** Messages of failed executions that the node saved. */
	readonly reported: string[] = [];

	reset(): void {
		this.disk = '{}';
		this.reported.length = 0;
	}

	/** Runs one poll; keeps the static data only if it succeeds. */
	async poll(options: PollOptions): Promise<IDataObject[]> {
		const { node, parameters, credentials, credentialTypes } = options;
		const { credentialId = '1', mode = 'trigger' } = options;
		const instance: INode = {
			id: 'node',
			name: 'Node',
			type: 'test.node',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: Object.fromEntries(
				Object.keys(credentialTypes).map((type) => [type, { id: credentialId, name: type }]),
			),
		};
		const base = storedWorkflow([instance], { active: true });
		const workflow = new Workflow({
			...base,
			nodeTypes: nodeTypesOf({ 'test.node': node }),
			staticData: JSON.parse(this.disk),
		});
		const context = new PollContext(
			workflow,
			workflow.getNode('Node') ?? instance,
			additionalDataFor(new CredentialStore(credentials, credentialTypes), base, mode),
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			(error) => void this.reported.push(error.message),
		);
		const result = await node.poll?.call(context);
		this.disk = JSON.stringify(workflow.staticData);
		return (result?.[0] ?? []).map(({ json }) => json);
	}
}
