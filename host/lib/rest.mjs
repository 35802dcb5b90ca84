/** A driver of n8n's own REST API, as the editor uses it. */
import { randomUUID } from 'node:crypto';
import { parseFlatted } from './flatted.mjs';
import { until } from './processes.mjs';

const UNFINISHED = ['new', 'running', 'waiting'];

/** An answer of n8n with another status than 2xx. */
export class RestRefused extends Error {
	constructor(method, path, status, text) {
		super(`${method} ${path} answered ${status}: ${text.slice(0, 600)}`);
		this.status = status;
	}
}

/** One signed-in browser, as far as n8n can tell. */
export class N8nRest {
	/** @param {string} base address of n8n, without a path */
	constructor(base) {
		this.base = base;
		this.cookie = '';
		this.browserId = randomUUID();
	}

	/** What identifies this browser; n8n refuses a session cookie that comes with another browser id. */
	headers() {
		return { 'browser-id': this.browserId, ...(this.cookie && { cookie: this.cookie }) };
	}

	/**
	 * @param {string} method
	 * @param {string} path from the root, e.g. `/rest/workflows`
	 * @param {unknown} [body] sent as JSON
	 * @returns {Promise<any>} the answer's `data`, or all of it where there is none
	 * @throws {RestRefused}
	 */
	async call(method, path, body) {
		const response = await fetch(this.base + path, {
			method,
			headers: { 'content-type': 'application/json', ...this.headers() },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) [this.cookie] = cookie.split(';');
		}
		const text = await response.text();
		if (!response.ok) throw new RestRefused(method, path, response.status, text);
		try {
			const json = JSON.parse(text);
			return json?.data ?? json;
		} catch {
			return text;
		}
	}

	/** Creates the first owner of a new n8n, or signs in to one that has an owner. */
	async signIn({ email, password, firstName, lastName }) {
		const settings = await this.call('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			return await this.call('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		}
		return await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** @returns {Promise<{ name: string, displayName: string }[]>} all node types n8n offers */
	nodeTypes() {
		return this.call('GET', '/types/nodes.json');
	}

	/** @returns {Promise<{ name: string, displayName: string }[]>} all credential types n8n offers */
	credentialTypes() {
		return this.call('GET', '/types/credentials.json');
	}

	/** @returns {Promise<{ id: string, name: string, type: string }[]>} */
	credentials() {
		return this.call('GET', '/rest/credentials');
	}

	/** @returns {Promise<{ id: string, name: string, type: string }>} */
	createCredential({ name, type, data }) {
		return this.call('POST', '/rest/credentials', { name, type, data });
	}

	/** Replaces a credential's fields. Secrets that are left out stay. */
	updateCredential({ id, name, type, data }) {
		return this.call('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** @returns {Promise<{ status: 'OK' | 'Error', message: string }>} what the dialog's Test button shows */
	testCredential({ id, name, type, data = {} }) {
		return this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	/** @returns {Promise<{ id: string, name: string, active: boolean }[]>} */
	workflows() {
		return this.call('GET', '/rest/workflows');
	}

	workflow(id) {
		return this.call('GET', `/rest/workflows/${id}`);
	}

	/** @param {{ name: string, nodes: object[], connections: object, settings?: object }} workflow */
	createWorkflow({ name, nodes, connections, settings }) {
		return this.call('POST', '/rest/workflows', {
			name,
			active: false,
			nodes,
			connections,
			settings: { executionOrder: 'v1', ...settings },
		});
	}

	/** @param {{ id: string, [part: string]: unknown }} workflow the parts to change */
	async updateWorkflow({ id, ...parts }) {
		return await this.call('PATCH', `/rest/workflows/${id}`, parts);
	}

	/** Publishes a workflow: its triggers listen from now on. */
	async activate(id) {
		const { versionId } = await this.workflow(id);
		return await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	deactivate(id) {
		return this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Starts a workflow by hand, as the editor's Execute button does.
	 *
	 * @param {string} id
	 * @param {string} triggerName the trigger node to start from
	 * @returns {Promise<{ executionId?: string, waitingForWebhook?: boolean }>}
	 */
	async run(id, triggerName) {
		const workflowData = await this.workflow(id);
		return await this.call('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: triggerName },
			workflowData,
		});
	}

	/**
	 * @param {string} workflowId
	 * @param {number} [limit]
	 * @returns {Promise<{ id: string, mode: string, status: string }[]>} the latest first
	 */
	async executions(workflowId, limit = 50) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call('GET', `/rest/executions?filter=${filter}&limit=${limit}`);
		return results;
	}

	/**
	 * @param {string} [workflowId] of this workflow only
	 * @returns {Promise<string[]>} the ids of all executions there are, the latest first
	 */
	async executionIds(workflowId) {
		const query = new URLSearchParams({ limit: '100' });
		if (workflowId) query.set('filter', JSON.stringify({ workflowId }));
		const ids = [];
		for (;;) {
			const { results, nextCursor } = await this.call('GET', `/rest/executions?${query}`);
			ids.push(...results.map(({ id }) => id));
			if (!nextCursor) return ids;
			query.set('cursor', nextCursor);
		}
	}

	/** Waits for an execution's end. @returns {Promise<Execution>} */
	finished(executionId, timeout = 60_000) {
		return until(
			async () => {
				const stored = await this.call('GET', `/rest/executions/${executionId}`);
				if (UNFINISHED.includes(stored.status) || !stored.data) return undefined;
				const data = parseFlatted(stored.data);
				return data?.resultData ? new Execution(stored, data) : undefined;
			},
			{ what: `execution ${executionId} to end`, timeout },
		);
	}

	/** Runs a workflow by hand and waits for its end. @returns {Promise<Execution>} */
	async runToEnd(id, triggerName, timeout) {
		const { executionId } = await this.run(id, triggerName);
		return await this.finished(executionId, timeout);
	}
}

/** A finished execution. */
export class Execution {
	constructor(stored, data) {
		this.id = stored.id;
		this.status = stored.status;
		this.mode = stored.mode;
		this.data = data;
	}

	/** @returns {string | undefined} what the editor shows when the execution stopped */
	get failure() {
		const { error } = this.data.resultData;
		if (!error) return undefined;
		return [error.node?.name, error.message, error.description].filter(Boolean).join(': ');
	}

	/** @returns {string | undefined} the node that ran last */
	get lastNode() {
		return this.data.resultData.lastNodeExecuted;
	}

	/**
	 * @param {string} [node] the last one that ran when left out
	 * @param {number} [output]
	 * @returns {{ json: any, binary?: object, pairedItem?: unknown }[]} the items that came out of a node
	 */
	items(node = this.lastNode, output = 0) {
		return this.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	}
}
