import { LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialType,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from './n8n';

interface ListRequest {
	node: INodeType;
	method: string;
	/** The parameters that are set in the editor. */
	parameters?: INodeParameters;
	credentials: CredentialData;
	credentialTypes: Record<string, ICredentialType>;
}

/** Returns the options of a locator's list, as the editor shows them. */
export async function searchList(
	options: ListRequest & { filter?: string; token?: string },
): Promise<INodeListSearchResult> {
	const { node, method, filter, token } = options;
	const search = node.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`The node has no list ${method}`);
	return await search.call(contextFor(options), filter, token);
}

/** Returns the options of a list of several things, as the editor shows them. */
export async function loadList(options: ListRequest): Promise<INodePropertyOptions[]> {
	const { node, method } = options;
	const load = node.methods?.loadOptions?.[method];
	if (load === undefined) throw new Error(`The node has no options ${method}`);
	return await load.call(contextFor(options));
}

function contextFor(options: ListRequest): LoadOptionsContext {
	const { node, parameters = {}, credentials, credentialTypes } = options;
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
	return new LoadOptionsContext(
		workflow,
		instance,
		{
			...additionalDataFor(store, storedWorkflow([instance]), 'manual'),
			currentNodeParameters: parameters,
		},
		'parameters',
	);
}
