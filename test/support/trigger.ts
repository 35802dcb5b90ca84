import { Container } from '@n8n/di';
import { TriggerContext, TriggersAndPollers } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	ITriggerFunctions,
	ITriggerResponse,
	IWorkflowBase,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from './n8n';

/** Waits until a condition holds, and fails with its description after a timeout. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	timeoutMs = 10_000,
): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`Timed out while waiting until ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** One execution as n8n stores it. */
export interface Execution {
	json: IDataObject;
	key: string | undefined;
	isFinished: boolean;
}

export interface HostOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentials: CredentialData;
	credentialTypes: Record<string, ICredentialType>;
	/** Work of the workflow for an item; by default it ends at once. */
	work?: (json: IDataObject) => Promise<void>;
	/** False deletes an execution when it ends, as n8n can be configured. */
	keepsExecutions?: boolean;
	/** Called after the static data is stored and before the execution exists. */
	beforeExecution?: (json: IDataObject) => void;
}

/**
 * Behaves like n8n's server around a trigger, with storage that survives restarts: static data is
 * stored at activation and with each emit, before the execution exists; an emit with the key of a
 * stored execution is dropped; the end of an execution is reported to the trigger.
 */
export class TriggerHost {
	/** Stored executions. */
	executions: Execution[] = [];
	/** The items of all executions that started, stored or not. */
	readonly started: IDataObject[] = [];
	/** Static data as stored. */
	disk = '{}';
	readonly saved: Array<{ message: string; description?: string | null }> = [];
	readonly givenUp: Array<{ message: string; description?: string | null }> = [];
	readonly logs: string[] = [];
	/** Number of emits that n8n dropped because of their key. */
	dropped = 0;
	running = 0;
	peak = 0;
	readonly credentials: CredentialStore;

	constructor(readonly options: HostOptions) {
		this.credentials = new CredentialStore(options.credentials, options.credentialTypes);
	}

	/** Starts the trigger permanently, as publishing a workflow or starting n8n does. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<ActiveTrigger> {
		const active = new ActiveTrigger(this, 'trigger', activation);
		await active.start();
		if (active.isAlive) this.store(active.workflow);
		return active;
	}

	/** Runs the trigger as a test in the editor; resolves with the items shown. */
	async test(onListening?: (stop: () => Promise<void>) => void): Promise<INodeExecutionData[]> {
		const active = new ActiveTrigger(this, 'manual', 'manual');
		const response = await active.start();
		let stopped: () => void = () => undefined;
		const stop = new Promise<[]>((resolve) => {
			stopped = () => resolve([]);
		});
		await response.manualTriggerFunction?.();
		onListening?.(async () => {
			await active.close();
			stopped();
		});
		const items = await Promise.race([response.manualTriggerResponse, stop]);
		// n8n closes a successful test run, sometimes twice.
		await active.close();
		await active.close();
		return items?.[0] ?? [];
	}

	/** Returns the texts of started executions in order. */
	texts(): string[] {
		return this.started.map(({ text }) => String(text));
	}

	store(workflow: Workflow): void {
		this.disk = JSON.stringify(workflow.staticData);
	}

	/** Handles an emit as the server does. */
	async take(active: ActiveTrigger, json: IDataObject, key: string | undefined): Promise<boolean> {
		this.store(active.workflow);
		this.options.beforeExecution?.(json);
		await Promise.resolve();
		if (!active.isAlive) return false;
		if (key !== undefined && this.executions.some((execution) => execution.key === key)) {
			this.dropped += 1;
			return false;
		}
		const execution: Execution = { json, key, isFinished: false };
		this.executions.push(execution);
		this.started.push(json);
		this.running += 1;
		this.peak = Math.max(this.peak, this.running);
		await this.options.work?.(json);
		this.running -= 1;
		execution.isFinished = true;
		if (this.options.keepsExecutions === false) {
			this.executions = this.executions.filter((other) => other !== execution);
		}
		return true;
	}
}

/** A trigger that was started. */
export class ActiveTrigger {
	readonly workflow: Workflow;
	/** False once the process was killed: nothing it does has an effect any more. */
	isAlive = true;
	private response: ITriggerResponse | undefined;
	private readonly base: IWorkflowBase;
	private readonly node: INode;

	constructor(
		private readonly host: TriggerHost,
		private readonly mode: 'trigger' | 'manual',
		private readonly activation: WorkflowActivateMode,
	) {
		const { options } = host;
		const type = `test.${options.node.description.name}`;
		this.node = {
			id: 'trigger-node',
			name: 'Fanbook Trigger',
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: options.parameters,
			credentials: Object.fromEntries(
				Object.keys(options.credentials).map((name) => [name, { id: '1', name }]),
			),
		};
		this.base = storedWorkflow([this.node], { active: mode === 'trigger' });
		this.workflow = new Workflow({
			id: 'workflow-1',
			name: 'Test',
			nodes: [this.node],
			connections: { 'Fanbook Trigger': { [NodeConnectionTypes.Main]: [] } },
			active: mode === 'trigger',
			nodeTypes: nodeTypesOf({ [type]: options.node }),
			staticData: JSON.parse(host.disk),
			settings: { executionOrder: 'v1', timezone: 'UTC' },
		});
	}

	/** Calls the node's trigger function through n8n's own engine. */
	async start(): Promise<ITriggerResponse> {
		const additionalData = additionalDataFor(this.host.credentials, this.base, this.mode);
		const node = this.workflow.getNode(this.node.name) ?? this.node;
		const response = await Container.get(TriggersAndPollers).runTriggerFunction(
			this.workflow,
			node,
			() => this.context(node, additionalData),
			additionalData,
			this.mode,
			this.activation,
		);
		if (response === undefined) throw new Error('The trigger answered nothing');
		this.response = response;
		return response;
	}

	/** Deactivates the workflow, or stops a test. */
	async close(): Promise<void> {
		await this.response?.closeFunction?.();
	}

	/** Ends the process at once: nothing more is stored and no execution starts. */
	async kill(): Promise<void> {
		this.isAlive = false;
		await this.close();
	}

	private context(
		node: INode,
		additionalData: ReturnType<typeof additionalDataFor>,
	): ITriggerFunctions {
		const { host } = this;
		const context = new TriggerContext(
			this.workflow,
			node,
			additionalData,
			this.mode,
			this.activation,
			(data, _response, done, key) => {
				if (!this.isAlive) return;
				for (const { json } of data[0] ?? []) void this.emit(json, done, key);
			},
			(error) => void host.givenUp.push(readable(error)),
			(error) => void host.saved.push(readable(error)),
		);
		const log = (level: string) => (text: string) => void host.logs.push(`${level}: ${text}`);
		Object.defineProperty(context, 'logger', {
			value: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
		});
		return context;
	}

	private async emit(
		json: IDataObject,
		done: Parameters<ITriggerFunctions['emit']>[2],
		key: string | undefined,
	): Promise<void> {
		try {
			await this.host.take(this, json, key);
			if (!this.isAlive) return;
			const run = { status: 'success' };
			// n8n resolves with the finished run, and with `undefined` for an emit that it dropped.
			done?.resolve(JSON.parse(JSON.stringify(run)));
		} catch (error) {
			done?.reject(error instanceof Error ? error : new Error(String(error)));
		}
	}
}

function readable(error: Error & { description?: string | null }) {
	return { message: error.message, description: error.description };
}
