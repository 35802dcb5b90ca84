import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Limits } from './answer';
import { Failure, secretsOf } from './failure';
import type { Json } from './json';
import type { Endpoint, Service } from './operation';
import type { Parts } from './request';
import { buildRequest } from './request';
import { send } from './send';
import { cancelled, wait } from './wait';

/** Every n8n context from which a service can be called. */
export type Caller =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** What the user may set under Options; times in milliseconds. */
export interface Patience {
	/** How often one call is tried in all. */
	tries: number;
	/** How long one request may take. */
	timeout: number;
	/** How long one call may wait for the service in all. */
	longestWait: number;
}

export const PATIENCE: Patience = { tries: 5, timeout: 60_000, longestWait: 300_000 };

/** What the calls that count against one rate limit share. */
interface Gate {
	pausedUntil: number;
	inFlight: number;
}

/**
 * One execution's dealings with one service: its addresses, its patience, and the pauses that all
 * of its lanes keep together.
 */
export class Session {
	readonly signal: AbortSignal | undefined;
	private credential: Promise<IDataObject> | undefined;
	private readonly gates = new Map<string, Gate>();
	/** What answers told beside their data. */
	readonly remarks = new Set<string>();

	constructor(
		readonly context: Caller,
		readonly service: Service,
		readonly patience: Patience = PATIENCE,
		/** Ends what is under way; by default the cancelling of the execution. */
		signal?: AbortSignal,
	) {
		this.signal =
			signal ??
			('getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined);
	}

	checkCancelled(): void {
		if (this.signal?.aborted) throw cancelled();
	}

	/** The credential's settings; read once. Only addresses and switches are meant to be used. */
	async settings(): Promise<IDataObject> {
		this.credential ??= this.readCredential();
		return await this.credential;
	}

	private async readCredential(): Promise<IDataObject> {
		const credential = await this.context.getCredentials<IDataObject>(this.service.credentialType);
		const obstacle = this.service.ready?.(credential);
		if (obstacle !== undefined) {
			throw new Failure(obstacle, { advice: 'Open the credential of this node and connect it' });
		}
		return credential;
	}

	/** Statuses that must reach n8n itself; none where the credential has nothing to renew. */
	async renewOn(): Promise<number[]> {
		const { renewOn = [], renewable } = this.service;
		if (renewOn.length === 0 || renewable === undefined) return renewOn;
		return renewable(await this.settings()) ? renewOn : [];
	}

	/** Base address without a slash at its end. */
	async host(name?: string): Promise<string> {
		const hosts = this.service.hosts(await this.settings());
		const address = name === undefined ? Object.values(hosts)[0] : hosts[name];
		if (address === undefined || !/^https?:\/\/[^/?#\s]+/.test(address)) {
			throw new Failure(`The address of ${this.service.name} in the credential is not a URL`, {
				advice: 'Enter it in the credential with https:// at the front',
			});
		}
		return address.replace(/\/+$/, '');
	}

	/** Texts that must not show up in a message. Empty while there is no readable credential. */
	async secrets(): Promise<string[]> {
		try {
			return secretsOf(await this.context.getCredentials<IDataObject>(this.service.credentialType));
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
	async fetch(endpoint: Endpoint, parts: Parts = {}): Promise<Json | undefined> {
		const request = await buildRequest(this, endpoint, parts);
		return await send(this, request);
	}

	private gate(bucket: string): Gate {
		let gate = this.gates.get(bucket);
		if (gate === undefined) this.gates.set(bucket, (gate = { pausedUntil: 0, inFlight: 0 }));
		return gate;
	}

	/** Waits for the pause that all lanes of a bucket share, then takes a place. Give it back with `leave`. */
	async enter(bucket: string): Promise<void> {
		this.checkCancelled();
		const gate = this.gate(bucket);
		while (gate.pausedUntil > Date.now()) {
			await wait(gate.pausedUntil - Date.now(), this.signal);
		}
		gate.inFlight += 1;
	}

	leave(bucket: string): void {
		this.gate(bucket).inFlight -= 1;
	}

	/**
	 * Waits before the next attempt of one call, at most as long as the user allows in all.
	 *
	 * @returns the milliseconds waited
	 * @throws Failure when cancelled
	 */
	async rest(pause: number, waited: number): Promise<number> {
		const allowed = Math.min(pause, Math.max(this.patience.longestWait - waited, 0));
		await wait(allowed, this.signal);
		return allowed;
	}

	/** Lets no lane start a call of this bucket before the given time. */
	pauseUntil(bucket: string, time: number): void {
		const gate = this.gate(bucket);
		gate.pausedUntil = Math.max(gate.pausedUntil, time);
	}

	/** Holds the lanes back before the service has to refuse. */
	pace(bucket: string, limits: Limits | undefined): void {
		if (limits === undefined || limits.remaining > this.gate(bucket).inFlight) return;
		const pause = limits.resetAt - Date.now();
		if (pause > 0 && pause <= this.patience.longestWait) this.pauseUntil(bucket, limits.resetAt);
	}
}
