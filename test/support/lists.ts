import { LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialType,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from './n8n';

/** Returns the options of a locator's list, as the editor shows them. */
export async function searchList(options: {
	node: INodeType;
	method: string;
	/** The parameters that are set in the editor. */
	parameters?: INodeParameters;
	credentials: CredentialData;
	credentialTypes: Record<string, ICredentialType>;
	filter?: string;
	token?: string;
}): Promise<INodeListSearchResult> {
	const { node, method, parameters = {}, credentials, credentialTypes } = options;
	const instance: INode = {
		id: 'node',
		name: 'Node',
		type: 'test.node',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: '1', name: type }]),
		),
	};
	const workflow = new Workflow({
		id: 'list',
		nodes: [instance],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ 'test.node': node }),
	});
	const store = new CredentialStore(credentials, credentialTypes);
	const context = new LoadOptionsContext(
		workflow,
		instance,
		{
			...additionalDataFor(store, storedWorkflow([instance]), 'manual'),
			currentNodeParameters: parameters,
		},
		'parameters',
	);
	const search = node.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`The node has no list ${method}`);
	return await search.call(context, options.filter, options.token);
}
