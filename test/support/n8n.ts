import 'reflect-metadata';
import { configureGlobalAxiosDefaults } from '@n8n/backend-network';
import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryKeyData,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IVersionedNodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, setSafeRegexEngine, Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';

configureGlobalAxiosDefaults();

// n8n ends a regular expression after a quarter of a second of real time, which a busy machine can
// spend on other processes.
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, `${flags ?? ''}g`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

/** Options of a run; see `runNode`. */
export interface RunOptions {
	node: INodeType;
	/** Parameters of the node under test; expressions (`={{ … }}`) are resolved by n8n. */
	parameters: INodeParameters;
	/** Parameters of a second node of this type, which processes the output of the first one. */
	nextParameters?: INodeParameters;
	/** Input items; by default one empty item. */
	items?: Array<{ json: IDataObject; binary?: IBinaryKeyData }>;
	/** Credential data by type, e.g. `{ fanbookBotApi: { botToken: '…', host: '…' } }`. */
	credentials?: CredentialData;
	/** The credential classes by type, so that the real ones sign. */
	credentialTypes?: Record<string, ICredentialType>;
	/** Node settings such as `onError: 'continueErrorOutput'`, `executeOnce`, `alwaysOutputData`. */
	settings?: Partial<INode>;
	/** Called once the run has started; lets a test cancel it. */
	onStart?: (cancel: () => void) => void;
	/** By default `manual`. */
	mode?: 'manual' | 'trigger';
	/** The type's name inside n8n; ends with `Tool` where a node runs as AI tool. */
	typeName?: string;
	timezone?: string;
}

export interface RunResult {
	run: IRun;
	/** Items of the node's first output. */
	items: INodeExecutionData[];
	/** Items of every output, the error output last. */
	outputs: INodeExecutionData[][];
	/** The error that ended the run. */
	error?: { message: string; description?: string | null; httpCode?: string | null } & IDataObject;
	credentials: CredentialStore;
	/** The whole execution as n8n would save it. */
	saved: string;
	hints: string[];
	/** Messages that a manual run shows in the browser's console. */
	uiMessages: string[];
}

/** Passes the test's items to the node under test. */
class Start implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	constructor(private readonly items: INodeExecutionData[]) {}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const node = this.getWorkflow();
		return [STARTS.get(node.id ?? '')?.items ?? []];
	}
}
/** n8n calls `execute` with its own `this`, so the items of a run are found by its workflow's id. */
const STARTS = new Map<string, Start>();
let runs = 0;

export function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	const get = (name: string): INodeType => {
		const type = types[name];
		if (type === undefined) throw new Error(`The test has no node type ${name}`);
		return type;
	};
	return {
		getByName: (name: string): INodeType | IVersionedNodeType => get(name),
		getByNameAndVersion: (name: string, version?: number): INodeType =>
			NodeHelpers.getVersionedNodeType(get(name), version),
		getKnownTypes: () => ({}),
	};
}

const unused = (what: string) => async (): Promise<never> => {
	throw new Error(`${what} is not part of these tests`);
};

/** Everything that n8n's server provides to an execution. */
export function additionalDataFor(
	credentials: CredentialStore,
	workflow: IWorkflowBase,
	mode: 'manual' | 'trigger',
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:5678/';
	return {
		executionId: 'execution-1',
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks(mode, 'execution-1', workflow),
		currentNodeExecutionIndex: 0,
		executeWorkflow: unused('A sub-workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unused('A task runner'),
		restApiUrl: `${base}rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}form`,
		formWaitingBaseUrl: `${base}form-waiting`,
		formTestBaseUrl: `${base}form-test`,
		webhookBaseUrl: `${base}webhook`,
		webhookWaitingBaseUrl: `${base}webhook-waiting`,
		webhookTestBaseUrl: `${base}webhook-test`,
		mcpBaseUrl: `${base}mcp`,
		mcpTestBaseUrl: `${base}mcp-test`,
		userId: 'user-1',
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		logAiEvent: () => undefined,
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
	};
}

/** One workflow, Start → Node → (error output), and its stored form. */
interface Prepared {
	/** What the workflow was made of, as JSON; undefined if JSON cannot hold that. */
	madeOf: string | undefined;
	node: INodeType;
	workflow: Workflow;
	base: IWorkflowBase;
}

/**
 * The last workflows that are not running, by what they were made of. n8n reads every property of a node
 * when it makes a workflow, so runs that differ only in their items and credentials share one.
 */
const idle = new Map<string, Prepared>();
const MAX_IDLE = 300;

/** Takes a workflow out, so that no two runs use it at once. */
function takeIdle(madeOf: string, node: INodeType): Prepared | undefined {
	const known = idle.get(madeOf);
	if (known?.node !== node) return undefined;
	idle.delete(madeOf);
	return known;
}

function keepIdle(prepared: Prepared): void {
	if (prepared.madeOf === undefined) return;
	idle.set(prepared.madeOf, prepared);
	const [oldest] = idle.keys();
	if (idle.size > MAX_IDLE && oldest !== undefined) idle.delete(oldest);
}

function prepareWorkflow(options: RunOptions): Prepared {
	const { node } = options;
	const typeName = options.typeName ?? `test.${node.description.name}`;
	const timezone = options.timezone ?? 'UTC';
	const tested = (name: string, parameters: INodeParameters): INode => ({
		id: name.toLowerCase(),
		name,
		type: typeName,
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(options.credentials ?? {}).map((type) => [type, { id: '1', name: type }]),
		),
		...options.settings,
	});
	const nodes: INode[] = [
		{
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		tested('Node', options.parameters),
		...(options.nextParameters === undefined ? [] : [tested('Next', options.nextParameters)]),
	];
	const madeOf = isPlain(nodes) ? JSON.stringify([nodes, timezone]) : undefined;
	const known = madeOf === undefined ? undefined : takeIdle(madeOf, node);
	if (known !== undefined) return known;
	runs += 1;
	const workflowId = `workflow-${runs}`;
	const connections = {
		Start: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] },
		...(options.nextParameters === undefined
			? {}
			: { Node: { main: [[{ node: 'Next', type: NodeConnectionTypes.Main, index: 0 }]] } }),
	};
	const base = storedWorkflow(nodes, { id: workflowId, connections });
	const workflow = new Workflow({
		id: workflowId,
		name: 'Test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypesOf({ 'n8n-nodes-base.manualTrigger': new Start([]), [typeName]: node }),
		settings: { executionOrder: 'v1', timezone },
	});
	return { madeOf, node, workflow, base };
}

/** Returns whether a value is the same after it was written as JSON and read again. */
function isPlain(value: unknown, depth = 0): boolean {
	if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
	if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
	if (value === null) return true;
	if (depth > 50) return false;
	const isKnown = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
	return (
		isKnown &&
		Reflect.ownKeys(value).every(
			(key) => key === 'length' || isPlain(Reflect.get(value, key), depth + 1),
		)
	);
}

/**
 * Runs a node inside n8n's own execution engine, with real HTTP: Start → Node → (error output).
 */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const { mode = 'manual' } = options;
	const prepared = prepareWorkflow(options);
	const { workflow, base } = prepared;
	STARTS.set(workflow.id, new Start(options.items ?? [{ json: {} }]));
	const credentials = new CredentialStore(options.credentials ?? {}, options.credentialTypes ?? {});
	try {
		const uiMessages: string[] = [];
		const data = additionalDataFor(credentials, base, mode);
		data.sendDataToUI = (_type, sent) => uiMessages.push(...uiMessagesOf(sent));
		const engine = new WorkflowExecute(data, mode);
		const running = engine.run({ workflow });
		options.onStart?.(() => running.cancel());
		const run = await running;
		const result = run.data.resultData.runData.Node?.[0];
		const outputs = (result?.data?.main ?? []).map((items) => items ?? []);
		return {
			run,
			outputs,
			items: outputs[0] ?? [],
			error: readError(run.data.resultData.error ?? result?.error),
			credentials,
			get saved() {
				return JSON.stringify(run);
			},
			hints: (result?.hints ?? []).map((hint) => hint.message),
			uiMessages,
		};
	} finally {
		STARTS.delete(workflow.id);
		keepIdle(prepared);
	}
}

/** Returns the texts of a message to the editor: `{ source, messages }`. */
function uiMessagesOf(sent: IDataObject | IDataObject[]): string[] {
	return [sent]
		.flat()
		.flatMap(({ messages }) => (Array.isArray(messages) ? messages.map(String) : []));
}

function readError(error: unknown): RunResult['error'] {
	if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
	return { ...error, message: String(error.message) };
}

/** Returns a file as n8n keeps it in memory with an item. */
export function binaryFile(data: Buffer, fileName: string, mimeType: string) {
	return {
		data: data.toString('base64'),
		fileName,
		mimeType,
		fileSize: `${data.length} B`,
		fileExtension: fileName.split('.').pop(),
		bytes: data.length,
	};
}

/** Returns a workflow as n8n stores it. */
export function storedWorkflow(nodes: INode[], more: Partial<IWorkflowBase> = {}): IWorkflowBase {
	return {
		id: 'workflow-1',
		name: 'Test',
		nodes,
		connections: {},
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		...more,
	};
}
