/** A client of n8n's own REST API, as its editor uses it. */
import { randomUUID } from 'node:crypto';
import { parse as parseFlatted } from 'flatted';
import { fetchWithRetry } from './fetchWithRetry.mjs';
import { until } from './processes.mjs';

const UNFINISHED = ['new', 'running', 'waiting'];

/** How long n8n may take to store the data of an execution after its status. */
const STORING_MS = 300;

/** A response of n8n with a status other than 2xx. */
export class RestError extends Error {
	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {number} status
	 * @param {string} text
	 */
	constructor(method, path, status, text) {
		super(`${method} ${path} responded with ${status}: ${text.slice(0, 600)}`);
		this.status = status;
	}
}

/**
 * n8n reads the running and the finished executions one after the other, so its list has one that ends
 * in between twice.
 *
 * @param {import('./types.ts').ExecutionSummary[]} executions
 */
function uniqueExecutions(executions) {
	return [...new Map(executions.map((execution) => [execution.id, execution])).values()];
}

/** One signed-in browser, as n8n sees it. */
export class N8nRest {
	#cookie = '';
	#browserId = randomUUID();

	/** @param {string} base address of n8n, without a path */
	constructor(base) {
		this.base = base;
	}

	/**
	 * Returns the headers that identify this browser. n8n rejects a session cookie that another browser
	 * ID accompanies.
	 *
	 * @returns {Record<string, string>}
	 */
	headers() {
		return { 'browser-id': this.#browserId, ...(this.#cookie && { cookie: this.#cookie }) };
	}

	/**
	 * @param {string} method
	 * @param {string} path from the root, e.g. `/rest/workflows`
	 * @param {unknown} [body] sent as JSON
	 * @returns {Promise<import('./types.ts').Json>} `data` of the response, or all of it if it has no `data`
	 * @throws {RestError}
	 */
	async call(method, path, body) {
		const response = await fetchWithRetry(this.base + path, {
			method,
			headers: { 'content-type': 'application/json', ...this.headers() },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.#cookie = cookie.split(';')[0] ?? '';
		}
		const text = await response.text();
		if (!response.ok) throw new RestError(method, path, response.status, text);
		try {
			const json = JSON.parse(text);
			return json?.data ?? json;
		} catch {
			return text;
		}
	}

	/**
	 * Creates the owner of a new n8n, or signs in to one that has an owner.
	 *
	 * @param {{ email: string, password: string, firstName: string, lastName: string }} owner
	 */
	async signIn({ email, password, firstName, lastName }) {
		const settings = await this.call('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			return await this.call('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		}
		// n8n 1.x reads `email`, later versions the other name.
		return await this.call('POST', '/rest/login', { email, emailOrLdapLoginId: email, password });
	}

	/** @returns {Promise<import('./types.ts').NodeType[]>} all node types of n8n */
	nodeTypes() {
		return this.call('GET', '/types/nodes.json');
	}

	/** @returns {Promise<Array<{ name: string, displayName: string }>>} all credential types of n8n */
	credentialTypes() {
		return this.call('GET', '/types/credentials.json');
	}

	/** @returns {Promise<Array<{ id: string, name: string, type: string }>>} */
	credentials() {
		return this.call('GET', '/rest/credentials');
	}

	/**
	 * @param {{ name: string, type: string, data: Record<string, string | boolean | string[]> }} credential
	 * @returns {Promise<{ id: string, name: string, type: string }>}
	 */
	createCredential({ name, type, data }) {
		return this.call('POST', '/rest/credentials', { name, type, data });
	}

	/**
	 * Replaces the fields of a credential. Secrets that are left out do not change.
	 *
	 * @param {import('./types.ts').Credential & { id: string }} credential
	 */
	updateCredential({ id, name, type, data }) {
		return this.call('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/**
	 * @param {import('./types.ts').Credential & { id: string }} credential
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>} what the Test button of the dialog shows
	 */
	testCredential({ id, name, type, data }) {
		return this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	/** @returns {Promise<Array<{ id: string, name: string }>>} all tags of workflows */
	tags() {
		return this.call('GET', '/rest/tags');
	}

	/**
	 * @param {string} name
	 * @returns {Promise<{ id: string, name: string }>}
	 */
	createTag(name) {
		return this.call('POST', '/rest/tags', { name });
	}

	/** @returns {Promise<import('./types.ts').Workflow[]>} all workflows, without their nodes */
	workflows() {
		return this.call('GET', '/rest/workflows');
	}

	/**
	 * @param {string} id
	 * @returns {Promise<import('./types.ts').Workflow>}
	 */
	workflow(id) {
		return this.call('GET', `/rest/workflows/${id}`);
	}

	/**
	 * @param {import('./types.ts').NewWorkflow} workflow
	 * @param {string[]} [tags] IDs of tags
	 * @returns {Promise<import('./types.ts').Workflow>}
	 */
	createWorkflow({ name, nodes, connections, settings }, tags = []) {
		return this.call('POST', '/rest/workflows', {
			name,
			active: false,
			nodes,
			connections,
			settings: { executionOrder: 'v1', ...settings },
			tags,
		});
	}

	/**
	 * @param {Partial<import('./types.ts').Workflow> & { id: string }} workflow the parts to change
	 * @returns {Promise<import('./types.ts').Workflow>}
	 */
	async updateWorkflow({ id, ...parts }) {
		return await this.call('PATCH', `/rest/workflows/${id}`, parts);
	}

	/**
	 * Publishes a workflow, which starts its triggers.
	 *
	 * @param {string} id
	 */
	async activate(id) {
		const { versionId } = await this.workflow(id);
		await this.#setActive(id, 'activate', { active: true, versionId });
	}

	/** @param {string} id */
	async deactivate(id) {
		const { versionId } = await this.workflow(id);
		await this.#setActive(id, 'deactivate', { active: false, versionId });
	}

	/**
	 * @param {string} id
	 * @param {'activate' | 'deactivate'} action
	 * @param {{ active: boolean, versionId: string }} change
	 */
	async #setActive(id, action, change) {
		const { versionId } = change;
		try {
			await this.call('POST', `/rest/workflows/${id}/${action}`, { versionId });
		} catch (error) {
			if (!(error instanceof RestError && error.status === 404)) throw error;
			// n8n 1.x has no routes for this; there it is a property of the workflow.
			await this.call('PATCH', `/rest/workflows/${id}`, change);
		}
	}

	/**
	 * Starts a workflow manually, as the editor's Execute button does.
	 *
	 * @param {string} id
	 * @param {string} triggerName the trigger node to start from
	 * @returns {Promise<{ executionId: string }>}
	 */
	async run(id, triggerName) {
		const workflowData = await this.workflow(id);
		return await this.call('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: triggerName },
			workflowData,
		});
	}

	/**
	 * @param {string} id of an execution
	 * @returns {Promise<import('./types.ts').StoredExecution>}
	 */
	execution(id) {
		return this.call('GET', `/rest/executions/${id}`);
	}

	/**
	 * @param {string} workflowId
	 * @param {number} [limit]
	 * @returns {Promise<import('./types.ts').ExecutionSummary[]>} the latest first
	 */
	async executions(workflowId, limit = 50) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		/** @type {{ results: import('./types.ts').ExecutionSummary[] }} */
		const { results } = await this.call('GET', `/rest/executions?filter=${filter}&limit=${limit}`);
		return uniqueExecutions(results);
	}

	/**
	 * @param {string} [workflowId] of this workflow only
	 * @returns {Promise<string[]>} the IDs of all executions, the latest first
	 */
	async executionIds(workflowId) {
		const query = new URLSearchParams({ limit: '100' });
		if (workflowId) query.set('filter', JSON.stringify({ workflowId }));
		/** @type {import('./types.ts').ExecutionSummary[]} */
		const executions = [];
		for (;;) {
			/** @type {{ results: import('./types.ts').ExecutionSummary[], nextCursor?: string }} */
			const page = await this.call('GET', `/rest/executions?${query}`);
			executions.push(...page.results);
			if (!page.nextCursor) return uniqueExecutions(executions).map(({ id }) => id);
			query.set('cursor', page.nextCursor);
		}
	}

	/**
	 * Waits until an execution has ended.
	 *
	 * @param {string} executionId
	 * @param {number} [timeout] in milliseconds
	 * @returns {Promise<Execution>}
	 */
	finished(executionId, timeout = 60_000) {
		return until(
			async () => {
				const stored = await this.execution(executionId);
				if (UNFINISHED.includes(stored.status) || !stored.data) return undefined;
				const data = readExecutionData(stored.data);
				if (!data.resultData || data.waitTill) return undefined;
				// n8n 1.x stores the status of an execution shortly before its data.
				if (Date.now() - Date.parse(stored.stoppedAt ?? '') < STORING_MS) return undefined;
				return new Execution(stored, data);
			},
			{ what: `execution ${executionId} to end`, timeout },
		);
	}

	/**
	 * Runs a workflow manually and waits until it has ended.
	 *
	 * @param {string} id
	 * @param {string} triggerName
	 * @param {number} [timeout] in milliseconds
	 * @returns {Promise<Execution>}
	 */
	async runToEnd(id, triggerName, timeout) {
		const { executionId } = await this.run(id, triggerName);
		return await this.finished(executionId, timeout);
	}
}

/**
 * @param {string} text data of an execution in the form in which n8n stores it
 * @returns {import('./types.ts').ExecutionData}
 */
export function readExecutionData(text) {
	return parseFlatted(text);
}

/** A finished execution. */
export class Execution {
	/**
	 * @param {import('./types.ts').StoredExecution} stored
	 * @param {import('./types.ts').ExecutionData} data
	 */
	constructor(stored, data) {
		this.id = stored.id;
		this.status = stored.status;
		this.mode = stored.mode;
		this.data = data;
	}

	/** @returns {string | undefined} the error that the editor shows */
	get failure() {
		const { error } = this.data.resultData;
		if (!error) return undefined;
		return [error.node?.name, error.message, error.description].filter(Boolean).join(': ');
	}

	/** @returns {string} the node that ran last */
	get lastNode() {
		return this.data.resultData.lastNodeExecuted ?? '';
	}

	/**
	 * @param {string} [node] the last one that ran if left out
	 * @param {number} [output]
	 * @returns {import('./types.ts').Item[]} the output items of a node
	 */
	items(node = this.lastNode, output = 0) {
		return this.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	}

	/** @returns {import('./types.ts').Item[]} the output of the last node that has any */
	lastItems() {
		const nodes = Object.entries(this.data.resultData.runData)
			.map(([node, runs]) => ({ node, startTime: runs.at(-1)?.startTime ?? 0 }))
			.sort((a, b) => b.startTime - a.startTime)
			.map(({ node }) => node);
		return (
			[this.lastNode, ...nodes].map((node) => this.items(node)).find(({ length }) => length > 0) ??
			[]
		);
	}

	/**
	 * @param {string} [node] the last one that ran if left out
	 * @returns {import('./types.ts').Item} the first output item of a node
	 * @throws if the node has no output
	 */
	firstItem(node = this.lastNode) {
		const [item] = this.items(node);
		if (!item) throw new Error(`"${node}" has no output. ${this.failure ?? ''}`);
		return item;
	}
}
