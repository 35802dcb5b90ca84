import type {
	ICredentialType,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/index';
import { startSandbox } from './sandbox';
import type { CredentialData } from './credentials';
import { loadList, searchList } from './lists';
import type { RunOptions, RunResult } from './n8n';
import { runNode } from './n8n';
import type { TestServer } from './server';

/** Runs the node of one service against its own sandbox. */
export abstract class ServiceHarness {
	private started?: Sandbox;
	private nodeType?: INodeType;

	/** @param shared returns a running sandbox, which the harness uses instead of starting one */
	constructor(private readonly shared?: () => Sandbox) {}

	/** Starts a sandbox. */
	static async start<Harness extends ServiceHarness>(this: new () => Harness): Promise<Harness> {
		const harness = new this();
		await harness.open();
		return harness;
	}

	/** Starts a sandbox for a test file, and a bare server that is reset between the tests. */
	static forTests<Harness extends ServiceHarness>(
		this: new () => Harness,
		server: TestServer,
	): Harness {
		const harness = new this();
		beforeAll(async () => {
			await harness.open();
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
		const sandbox = this.started ?? this.shared?.();
		if (sandbox === undefined) throw new Error('The sandbox runs only during tests');
		return sandbox;
	}

	async open(): Promise<void> {
		this.started = await startSandbox({ port: 0 });
	}

	async close(): Promise<void> {
		await this.started?.close();
	}

	abstract credential(): CredentialData;

	/** Runs one operation with the credential of the harness, unless others are given. */
	async run(
		resource: string,
		operation: string,
		parameters: object = {},
		more: Partial<RunOptions> = {},
	): Promise<RunResult> {
		this.nodeType ??= this.node();
		return await runNode({
			node: this.nodeType,
			parameters: { resource, operation, ...parameters },
			credentials: this.credential(),
			credentialTypes: this.credentialTypes(),
			...more,
		});
	}

	/** Returns the options of a list of several things, as the editor shows them. */
	async load(
		method: string,
		more: { parameters?: INodeParameters; credentials?: CredentialData } = {},
	): Promise<INodePropertyOptions[]> {
		return await loadList({
			node: this.node(),
			method,
			credentials: this.credential(),
			credentialTypes: this.credentialTypes(),
			...more,
		});
	}

	protected abstract node(): INodeType;

	protected abstract credentialTypes(): Record<string, ICredentialType>;

	/** Returns the options of a resource locator's list, as the editor shows them. */
	protected async search(
		method: string,
		more: {
			parameters?: INodeParameters;
			credentials?: CredentialData;
			filter?: string;
			token?: string;
		},
	): Promise<INodeListSearchResult> {
		return await searchList({
			node: this.node(),
			method,
			credentials: this.credential(),
			credentialTypes: this.credentialTypes(),
			...more,
		});
	}
}

/** Returns the value of a locator with an ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
