import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { RateLimit } from '../http';
import { NodeFailure, collectSecrets } from '../errors';
import type { Json } from '../json';
import type { Endpoint, Service } from '../definition/operation';
import type { RequestParts } from './request';
import { buildRequest } from './request';
import { send } from './send';
import { cancelledFailure, sleepFor } from '../sleep';

/** Every n8n context from which a service can be called. */
export type N8nContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** What the user may set under Options; times in milliseconds. */
export interface RetryPolicy {
	/** How often one call is tried in all. */
	maxAttempts: number;
	/** How long one request may take. */
	timeoutMs: number;
	/** How long one call may wait for the service in all. */
	maxWaitMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
	maxAttempts: 5,
	timeoutMs: 60_000,
	maxWaitMs: 300_000,
};

/** What the calls that count against one rate limit share. */
interface Gate {
	pausedUntil: number;
	inFlight: number;
}

/**
 * One execution's dealings with one service: its addresses, its patience, and the pauses that all
 * of its lanes keep together.
 */
export class ApiClient {
	readonly signal: AbortSignal | undefined;
	private credential: Promise<IDataObject> | undefined;
	private readonly gates = new Map<string, Gate>();
	/** What answers told beside their data. */
	readonly hints = new Set<string>();

	constructor(
		readonly context: N8nContext,
		readonly service: Service,
		readonly retryPolicy: RetryPolicy = DEFAULT_RETRY_POLICY,
		/** Ends what is under way; by default the cancelling of the execution. */
		signal?: AbortSignal,
	) {
		this.signal =
			signal ??
			('getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined);
	}

	checkCancelled(): void {
		if (this.signal?.aborted) throw cancelledFailure();
	}

	/** The credential's settings; read once. Only addresses and switches are meant to be used. */
	async credentialSettings(): Promise<IDataObject> {
		this.credential ??= this.readCredential();
		return await this.credential;
	}

	private async readCredential(): Promise<IDataObject> {
		const credential = await this.context.getCredentials<IDataObject>(this.service.credentialType);
		const obstacle = this.service.validateCredential?.(credential);
		if (obstacle !== undefined) {
			throw new NodeFailure(obstacle, {
				description: 'Open the credential of this node and connect it',
			});
		}
		return credential;
	}

	/** Statuses that must reach n8n itself; none where the credential has nothing to renew. */
	async refreshStatuses(): Promise<number[]> {
		const { refreshOn: renewOn = [], canRefresh: renewable } = this.service;
		if (renewOn.length === 0 || renewable === undefined) return renewOn;
		return renewable(await this.credentialSettings()) ? renewOn : [];
	}

	/** Base address without a slash at its end. */
	async host(name?: string): Promise<string> {
		const hosts = this.service.hosts(await this.credentialSettings());
		const address = name === undefined ? Object.values(hosts)[0] : hosts[name];
		if (address === undefined || !/^https?:\/\/[^/?#\s]+/.test(address)) {
			throw new NodeFailure(`The address of ${this.service.name} in the credential is not a URL`, {
				description: 'Enter it in the credential with https:// at the front',
			});
		}
		return address.replace(/\/+$/, '');
	}

	/** Texts that must not show up in a message. Empty while there is no readable credential. */
	async secrets(): Promise<string[]> {
		try {
			return collectSecrets(
				await this.context.getCredentials<IDataObject>(this.service.credentialType),
			);
		} catch {
			return [];
		}
	}

	/**
	 * Calls any endpoint of the service, outside of an operation's own parameters.
	 *
	 * @returns the data of the answer, `undefined` where it has none
	 * @throws Failure when the service refuses or cannot be reached
	 */
	async fetch(endpoint: Endpoint, parts: RequestParts = {}): Promise<Json | undefined> {
		const request = await buildRequest(this, endpoint, parts);
		return await send(this, request);
	}

	private gate(bucket: string): Gate {
		let gate = this.gates.get(bucket);
		if (gate === undefined) this.gates.set(bucket, (gate = { pausedUntil: 0, inFlight: 0 }));
		return gate;
	}

	/** Waits for the pause that all lanes of a bucket share, then takes a place. Give it back with `leave`. */
	async acquire(bucket: string): Promise<void> {
		this.checkCancelled();
		const gate = this.gate(bucket);
		while (gate.pausedUntil > Date.now()) {
			await sleepFor(gate.pausedUntil - Date.now(), this.signal);
		}
		gate.inFlight += 1;
	}

	release(bucket: string): void {
		this.gate(bucket).inFlight -= 1;
	}

	/**
	 * Waits before the next attempt of one call, at most as long as the user allows in all.
	 *
	 * @returns the milliseconds waited
	 * @throws Failure when cancelled
	 */
	async sleepBeforeRetry(pause: number, waited: number): Promise<number> {
		const allowed = Math.min(pause, Math.max(this.retryPolicy.maxWaitMs - waited, 0));
		await sleepFor(allowed, this.signal);
		return allowed;
	}

	/** Lets no lane start a call of this bucket before the given time. */
	pauseUntil(bucket: string, time: number): void {
		const gate = this.gate(bucket);
		gate.pausedUntil = Math.max(gate.pausedUntil, time);
	}

	/** Holds the lanes back before the service has to refuse. */
	throttle(bucket: string, limits: RateLimit | undefined): void {
		if (limits === undefined || limits.remaining > this.gate(bucket).inFlight) return;
		const pause = limits.resetAt - Date.now();
		if (pause > 0 && pause <= this.retryPolicy.maxWaitMs) this.pauseUntil(bucket, limits.resetAt);
	}
}
