import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	IHttpRequestMethods,
	IWebhookData,
	IWebhookResponseData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { CredentialData } from './credentials';
import { CredentialStore } from './credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from './n8n';

/**
 * Behaves like n8n's server around a webhook node, over real HTTP: activates it, passes each
 * request to it, then stores its static data, and responds at once when a workflow starts.
 */
export class WebhookHost {
	readonly started: IDataObject[] = [];
	/** Failed executions that n8n saves because the node threw. */
	readonly saved: Array<{ message: string; description: string | undefined }> = [];
	/** The public URL of n8n, if it is another one. */
	publicBase: string | undefined;
	/** Whether n8n can start the workflow; if not, it responds with 500. */
	canStart = true;
	/** `manual` during a test run in the editor. */
	mode: 'webhook' | 'manual' = 'webhook';
	/** Static data as stored. */
	disk = '{}';
	parameters: INodeParameters;
	/** The next delivery, if n8n waits before it starts the workflow for it. */
	private held:
		| { received: () => void; closed: () => void; released: Promise<unknown>; handled: () => void }
		| undefined;
	private deliveries = 0;
	private readonly arrivals = new EventEmitter();
	private readonly server: Server;
	private readonly credentials: CredentialStore;

	constructor(
		private readonly options: {
			node: INodeType;
			parameters: INodeParameters;
			credentials: CredentialData;
			credentialTypes: Record<string, ICredentialType>;
		},
	) {
		this.parameters = options.parameters;
		this.credentials = new CredentialStore(options.credentials, options.credentialTypes);
		this.server = createServer((request, response) => void this.take(request, response));
	}

	async listen(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	get base(): string {
		const address = this.server.address();
		return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`;
	}

	/** The webhook URL of the node, as shown in the editor. */
	get url(): string {
		return `${this.base}webhook/hook-1/fanvue`;
	}

	/** Resolves when n8n has passed so many deliveries to the node. */
	async arrived(count: number): Promise<void> {
		while (this.deliveries < count) await once(this.arrivals, 'delivery');
	}

	/**
	 * Makes n8n wait before it starts the workflow for the next delivery, as a busy one does.
	 * `received` resolves when the node has handled that delivery, `closed` when its connection is
	 * closed, and `release` when n8n has responded.
	 */
	hold(): {
		received: Promise<unknown>;
		closed: Promise<unknown>;
		release: () => Promise<void>;
	} {
		const events = new EventEmitter();
		const received = once(events, 'received');
		const handled = once(events, 'handled');
		this.held = {
			received: () => events.emit('received'),
			closed: () => events.emit('closed'),
			released: once(events, 'released'),
			handled: () => events.emit('handled'),
		};
		return {
			received,
			closed: once(events, 'closed'),
			release: async () => {
				events.emit('released');
				await handled;
			},
		};
	}

	/** Publishes the workflow, which registers missing webhooks. */
	async activate(): Promise<void> {
		const methods = this.options.node.webhookMethods?.default;
		const exists = await this.hook((context) => methods?.checkExists.call(context));
		if (exists !== true) await this.hook((context) => methods?.create.call(context));
	}

	async deactivate(): Promise<void> {
		await this.hook((context) => this.options.node.webhookMethods?.default?.delete.call(context));
	}

	private async hook<T>(
		work: (context: HookContext) => Promise<T> | undefined,
	): Promise<T | undefined> {
		const { workflow, node, additionalData, webhookData } = this.parts();
		const context = new HookContext(
			workflow,
			node,
			additionalData,
			'trigger',
			'activate',
			webhookData,
		);
		const result = await work(context);
		this.disk = JSON.stringify(workflow.staticData);
		return result;
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		const { workflow, node, additionalData, webhookData } = this.parts(methodOf(request));
		const answer = Object.assign(response, {
			status(code: number) {
				response.statusCode = code;
				return answer;
			},
			json(body: unknown) {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(body));
			},
		});
		Object.assign(request, { rawBody: Buffer.concat(chunks) });
		Object.assign(additionalData, { httpRequest: request, httpResponse: answer });
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			this.mode,
			webhookData,
			[],
			null,
		);
		let result: IWebhookResponseData | undefined;
		const { held } = this;
		this.held = undefined;
		try {
			const handling = this.options.node.webhook?.call(context);
			this.deliveries += 1;
			this.arrivals.emit('delivery');
			result = await handling;
			if (held !== undefined) response.once('close', held.closed);
			held?.received();
			await held?.released;
			if (!this.canStart && result?.workflowData !== undefined) throw new Error('No database');
			this.disk = JSON.stringify(workflow.staticData);
			for (const item of result?.workflowData?.[0] ?? []) this.started.push(item.json);
			// n8n sends `responseData` first, and its default is this text.
			const { responseData = 'firstEntryJson' } = webhookData.webhookDescription;
			if (result?.noWebhookResponse !== true)
				answer.status(200).json(responseData || result?.webhookResponse);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			if (result === undefined) this.saved.push({ message, description: descriptionOf(error) });
			answer.status(500).json({ message: 'Workflow could not be started' });
		} finally {
			held?.handled();
		}
	}

	private parts(method: IHttpRequestMethods = 'POST') {
		const webhookDescription = this.options.node.description.webhooks?.find(
			({ httpMethod }) => httpMethod === method,
		);
		if (webhookDescription === undefined) throw new Error(`No webhook for ${method}`);
		const node: INode = {
			id: 'node',
			name: 'Node',
			type: 'test.node',
			typeVersion: 1,
			position: [0, 0],
			webhookId: 'hook-1',
			parameters: this.parameters,
			credentials: Object.fromEntries(
				Object.keys(this.options.credentials).map((type) => [type, { id: '1', name: type }]),
			),
		};
		const base = storedWorkflow([node], { active: true });
		const workflow = new Workflow({
			...base,
			nodeTypes: nodeTypesOf({ 'test.node': this.options.node }),
			staticData: JSON.parse(this.disk),
		});
		const additionalData = additionalDataFor(this.credentials, base, 'trigger');
		additionalData.webhookBaseUrl = `${this.publicBase ?? this.base}webhook`;
		const webhookData: IWebhookData = {
			httpMethod: method,
			node: 'Node',
			path: 'hook-1/fanvue',
			webhookDescription,
			workflowId: base.id,
			workflowExecuteAdditionalData: additionalData,
		};
		return { workflow, node, additionalData, webhookData };
	}
}

function methodOf({ method }: IncomingMessage): IHttpRequestMethods {
	return method === 'GET' || method === 'HEAD' ? method : 'POST';
}

function descriptionOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || !('description' in error)) return undefined;
	return typeof error.description === 'string' ? error.description : undefined;
}
