/** Types that several .mjs files of the host and of the tests in a real n8n share. */
import type { boot } from './boot.mjs';
import type { createProcesses } from './processes.mjs';
import type { createProgress } from './progress.mjs';

/**
 * Parsed JSON of n8n or of the sandbox. Each caller knows the shape it asked for, and a test that reads
 * something else fails.
 */
export type Json = ReturnType<typeof JSON.parse>;

/** How progress is shown on the terminal. */
export type Progress = ReturnType<typeof createProgress>;

/** A group of child processes. */
export type Processes = ReturnType<typeof createProcesses>;

/** One child process of such a group. */
export type ChildProgram = ReturnType<Processes['start']>;

/** A running n8n with its sandbox. */
export type BootedHost = Awaited<ReturnType<typeof boot>>;

/** The credentials and example workflows in n8n. */
export interface Demo {
	/** Address of the example that a new user should open first, or of all workflows if it was deleted. */
	firstUrl: string;
	/** Returns the credential of a type. */
	credential: (type: string) => CredentialReference;
	/** Returns the ID of an example workflow. */
	workflowId: (name: string) => string;
}

/** A booted host with credentials and example workflows: what every test in a real n8n gets. */
export type DemoHost = BootedHost & { demo: Demo };

/** The Node.js that n8n runs on. */
export interface Runtime {
	/** Path of the binary. */
	node: string;
	/** For example `24.21.0`. */
	version: string;
	/** Settings that this n8n needs on this Node.js. */
	settings: Environment;
}

export type Environment = Record<string, string | undefined>;

export interface CredentialReference {
	id: string;
	name: string;
}

export interface Credential {
	name: string;
	type: string;
	data: Record<string, string | boolean>;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: number[];
	parameters: Json;
	credentials?: Record<string, CredentialReference>;
	disabled?: boolean;
	onError?: string;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	webhookId?: string;
}

/** A workflow as a file or as a test describes it. */
export interface NewWorkflow {
	name: string;
	nodes: WorkflowNode[];
	connections: object;
	settings?: object;
}

/** What starts an example that `npm start -- --run` cannot start manually. */
export interface ExampleRun {
	/** The event, as the sentence "Waiting for …" continues. */
	waitsFor?: string;
	service?: 'fanvue' | 'fanfou' | 'fanbook';
	/** An action of the sandbox, which causes the event. */
	action?: string;
	input?: object;
	/** The button that a person presses while the workflow waits. */
	approve?: { channelId: string; label: string };
	/** The tool to call, of an MCP server. */
	mcp?: string;
}

/** A workflow of examples/. */
export interface Example extends NewWorkflow {
	tags: Array<{ name: string }>;
	meta: { titleZh: string; run?: ExampleRun };
}

/** A workflow as n8n stores it. */
export interface Workflow extends NewWorkflow {
	id: string;
	active: boolean;
	versionId: string;
	tags?: Array<{ name: string }>;
	/** The published version; n8n 1.x has none. */
	activeVersionId?: string | null;
}

export interface NodeType {
	name: string;
	version: number | number[];
	displayName: string;
	group: string[];
	credentials?: Array<{ name: string }>;
	properties: Array<{ name: string; default: Json }>;
	codex?: { categories?: string[] };
	iconUrl: Record<string, string>;
}

/** A row of n8n's list of executions. */
export interface ExecutionSummary {
	id: string;
	mode: string;
	status: string;
}

/** An execution as n8n stores it; `data` is in the form of the library flatted. */
export interface StoredExecution extends ExecutionSummary {
	data?: string;
	stoppedAt?: string;
}

export interface BinaryFile {
	/** Where n8n keeps the file, if it does not keep it in `data`. */
	id?: string;
	data: string;
	fileName: string;
	mimeType: string;
	/** For example `3 kB`. */
	fileSize?: string;
}

export interface Item {
	json: Json;
	binary?: Record<string, BinaryFile>;
	pairedItem?: unknown;
	error?: unknown;
}

/** What the data of an execution holds, as far as it is read here. */
export interface ExecutionData {
	resultData: {
		error?: { message: string; description?: string; node?: { name: string } };
		lastNodeExecuted?: string;
		runData: Record<
			string,
			Array<{ executionTime: number; startTime?: number; data?: { main?: Array<Item[] | null> } }>
		>;
	};
	/** Set while the execution waits. */
	waitTill?: string | null;
	executionData?: { nodeExecutionStack?: Array<{ data?: { main?: Array<Item[] | null> } }> };
}

/** One request in the sandbox's request log. */
export interface LoggedRequest {
	number: number;
	method: string;
	path: string;
	endpoint?: string;
	query: Array<[name: string, value: string]>;
	status: number;
	bodyText: string;
	parts: Array<{
		name: string;
		text?: string;
		filename?: string;
		contentType?: string;
		sha256?: string;
	}>;
	violations: Array<{ message: string }>;
}

/** A failure that the sandbox is told to produce. */
export interface Fault {
	kind: string;
	service?: string;
	endpoint?: string;
	delayMs?: number;
	times?: number;
}
