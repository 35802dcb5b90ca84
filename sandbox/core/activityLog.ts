import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from './clock';
import type { ServiceName } from './contract';
import { writeJson } from './json';
import { redactResponse } from './secrets';

/**
 * - `action`: a simulated user did something
 * - `gatewayFrame`: a frame was pushed to the gateway's connections
 * - `queueEntry`: an update was added to the queue of getUpdates
 * - `delivery`: one attempt to deliver a webhook
 * - `streamEvent`: an event was written to user streams
 */
export type ActivityKind = 'action' | 'gatewayFrame' | 'queueEntry' | 'delivery' | 'streamEvent';

export interface NewActivity {
	service: ServiceName;
	kind: ActivityKind;
	/** The name of the action, frame or topic. */
	name: string;
	/** What became of it, in a few words. */
	summary: string;
	succeeded: boolean;
	details: unknown;
}

/** Something that simulated users did, or that the services sent because of it. */
export interface Activity extends Omit<NewActivity, 'details'> {
	/** JSON text, so that integers keep their digits. */
	details: string;
	number: number;
	/** Milliseconds of sandbox time. */
	at: number;
	/** The number of the action that caused it; null for effects of API requests. */
	causedBy: number | null;
}

const MAX_ENTRIES = 500;

/** The latest actions of simulated users and everything that the services sent to clients. */
export class ActivityLog {
	private list: Activity[] = [];
	private count = 0;
	private readonly listeners = new Set<(activity: Activity) => void>();
	private readonly cause = new AsyncLocalStorage<number>();

	constructor(private readonly clock: Clock) {}

	record(activity: NewActivity): Activity {
		return this.add(activity, ++this.count);
	}

	/**
	 * Runs an action of a simulated user. What is recorded meanwhile, and in the asynchronous work that
	 * it starts, is linked to the action.
	 */
	async runAction<Result>(
		{ service, name, input }: { service: ServiceName; name: string; input: unknown },
		run: () => Result | Promise<Result>,
	): Promise<{ number: number; result: Result }> {
		const number = ++this.count;
		const action = { service, kind: 'action', name } as const;
		try {
			const result = await this.cause.run(number, run);
			this.add({ ...action, summary: 'done', succeeded: true, details: input }, number);
			return { number, result };
		} catch (thrown) {
			const summary = thrown instanceof Error ? thrown.message : 'failed';
			this.add({ ...action, summary, succeeded: false, details: input }, number);
			throw thrown;
		}
	}

	/** Returns the entries in order, by default all that are kept. */
	entries(causedBy?: number): Activity[] {
		if (causedBy === undefined) return [...this.list];
		return this.list.filter((entry) => entry.causedBy === causedBy);
	}

	/** Calls a function for every new entry. The returned function ends this. */
	subscribe(listener: (activity: Activity) => void): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	clear(): void {
		this.list = [];
	}

	private add(activity: NewActivity, number: number): Activity {
		const cause = this.cause.getStore() ?? null;
		const details = writeJson(activity.details);
		const entry: Activity = {
			...activity,
			// What a user entered may be a secret; what the services send by themselves is not.
			details: activity.kind === 'action' ? redactResponse(details) : details,
			number,
			at: this.clock.now(),
			causedBy: cause,
		};
		this.list.push(entry);
		if (this.list.length > MAX_ENTRIES) this.list.shift();
		for (const listener of this.listeners) listener(entry);
		return entry;
	}
}
