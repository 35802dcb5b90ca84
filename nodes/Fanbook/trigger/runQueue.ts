import type { DeliveryLog } from './deliveryLog';
import type { EventName, FanbookEvent, NormalizedEvent } from './events/event';
import { wait } from './wait';

/** Limits of the queue. */
export interface QueueLimits {
	/** Runs in progress at once. */
	maxRuns: number;
	/** Events that may wait for a run. */
	maxWaiting: number;
	/**
	 * Milliseconds after which a run starts although `maxRuns` are in progress; more when there are
	 * more runs. If not set, events wait until a run ends.
	 */
	startInterval?: number;
}

/** Item of the output. */
export type OutputEvent = NormalizedEvent & { event: EventName };

/** Starts workflow runs. */
export interface RunStarter {
	/**
	 * Starts a run. Resolves when n8n has reported its end.
	 *
	 * @throws when the run could not start
	 */
	start: (item: OutputEvent, id: string | undefined) => Promise<void>;
	/** Called when all attempts to start a run have failed. */
	failed: (reason: unknown, id: string | undefined) => void;
}

export interface RunQueueOptions {
	/** Returns the name under which an event starts the workflow, if it does. */
	matchEvent: (event: FanbookEvent) => EventName | undefined;
	deliveryLog: DeliveryLog;
	starter: RunStarter;
	signal: AbortSignal;
	limits: QueueLimits;
	/** Milliseconds before each new attempt to start a run. */
	startRetryDelays: readonly number[];
}

/** How often the queue is checked at the latest, in milliseconds. */
const CHECK_INTERVAL = 60_000;

interface QueuedEvent {
	item: OutputEvent;
	id: string | undefined;
}

/**
 * Receives the events of all transports, drops those that do not match the filter or were seen
 * before, and starts one run for each of the others, within the limits.
 */
export class RunQueue {
	private readonly queue: QueuedEvent[] = [];
	private running = 0;
	private isPacing = false;

	constructor(private readonly options: RunQueueOptions) {}

	/** Adds an event. Returns false when the queue is full; the event then counts as not seen. */
	offer(event: FanbookEvent): boolean {
		const { matchEvent, deliveryLog, signal } = this.options;
		const name = matchEvent(event);
		if (name === undefined || signal.aborted) return true;
		if (this.isFull()) return false;
		if (!deliveryLog.register(event.id, event.deduplicationKey)) return true;
		this.queue.push({ item: { event: name, ...event.data }, id: event.id });
		this.startQueued();
		return true;
	}

	/** Adds an event as soon as there is room. For transports that can wait. */
	async put(event: FanbookEvent): Promise<void> {
		const { signal } = this.options;
		while (!signal.aborted && !this.offer(event)) {
			await wait(CHECK_INTERVAL, { signal, until: () => !this.isFull() });
		}
	}

	/**
	 * Resolves when no event is waiting and all runs have ended, or the runs take longer than the
	 * given time. n8n has then written the executions of all events that were added before.
	 */
	async started(maxWait: number): Promise<void> {
		const { signal } = this.options;
		while (!signal.aborted && this.queue.length > 0) {
			await wait(CHECK_INTERVAL, { signal, until: () => this.queue.length === 0 });
		}
		await wait(maxWait, { signal, until: () => this.running === 0 });
	}

	private isFull(): boolean {
		const { maxRuns, maxWaiting } = this.options.limits;
		return this.running >= maxRuns && this.queue.length >= maxWaiting;
	}

	private startQueued(): void {
		const { limits, signal } = this.options;
		while (this.running < limits.maxRuns && this.queue.length > 0 && !signal.aborted) {
			this.startOne();
		}
		if (this.queue.length > 0 && !this.isPacing) void this.startPaced();
	}

	/** Starts waiting events at intervals of `startInterval`. */
	private async startPaced(): Promise<void> {
		const { limits, signal } = this.options;
		if (limits.startInterval === undefined) return;
		this.isPacing = true;
		while (this.queue.length > 0 && !signal.aborted) {
			const load = this.running / limits.maxRuns;
			const until = () => this.running < limits.maxRuns;
			await wait(limits.startInterval * load, { signal, until });
			if (!signal.aborted) this.startOne();
		}
		this.isPacing = false;
	}

	private startOne(): void {
		const next = this.queue.shift();
		if (next === undefined) return;
		this.running += 1;
		void this.run(next).then(() => {
			this.running -= 1;
			this.startQueued();
		});
	}

	/** Repeating an attempt is safe: n8n drops a run with the same key if the first one started. */
	private async run({ item, id }: QueuedEvent): Promise<void> {
		const { deliveryLog, starter, signal, startRetryDelays } = this.options;
		for (const delay of [...startRetryDelays, undefined]) {
			try {
				await starter.start(item, id);
				return deliveryLog.markStarted(id);
			} catch (error) {
				if (signal.aborted) return;
				if (delay === undefined) {
					starter.failed(error, id);
					return deliveryLog.markStarted(id);
				}
			}
			await wait(delay, { signal });
		}
	}
}
