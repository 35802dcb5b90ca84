import type { ActivityLog } from '../core/activityLog';
import type { Clock } from '../core/clock';

/** The reference states both 10000 and 100000; this is the smaller one. */
const MAX_LENGTH = 10_000;

/** The kind of an update. `circle` and `other` require the setting `fullMessages`. */
export type UpdateKind = 'join' | 'mention' | 'callback' | 'circle' | 'other';

interface Entry {
	kind: UpdateKind;
	update: Record<string, unknown>;
}

interface Waiter {
	onlyCircle: boolean;
	limit: number;
	answer: (updates: unknown[]) => void;
}

/**
 * The queue of both getUpdates methods. Updates are removed when they are read: the reference does
 * not define it, but the vendor's sample polls without an offset and expects no duplicates.
 */
export class UpdateQueue {
	private entries: Entry[] = [];
	private waiters: Waiter[] = [];
	private lastId = 410_000_000;

	constructor(
		private readonly clock: Clock,
		private readonly activityLog: ActivityLog,
	) {}

	get size(): number {
		return this.entries.length;
	}

	/** Returns the queued updates without removing them, oldest first. */
	peek(): Array<Record<string, unknown>> {
		return this.entries.map(({ update }) => update);
	}

	/** The number of open long polls. */
	get waitingCount(): number {
		return this.waiters.length;
	}

	clear(): void {
		this.entries = [];
		for (const waiter of this.waiters) waiter.answer([]);
		this.waiters = [];
	}

	/** Returns the id of the next update, for updates that contain it. */
	nextId(): number {
		return ++this.lastId;
	}

	/** Adds an update. If the queue is full, the oldest update is removed. */
	add(kind: UpdateKind, update: Record<string, unknown>, id = this.nextId()): void {
		const entry = { kind, update: { update_id: id, ...update } };
		this.entries.push(entry);
		this.activityLog.record({
			service: 'fanbook',
			kind: 'queueEntry',
			name: Object.keys(update)[0] ?? kind,
			summary: this.waiters.length > 0 ? 'to an open long poll' : 'waits for getUpdates',
			succeeded: true,
			details: entry.update,
		});
		if (this.entries.length > MAX_LENGTH) this.entries.shift();
		const waiting = this.waiters;
		this.waiters = [];
		for (const waiter of waiting) {
			const updates = this.take(waiter.limit, waiter.onlyCircle);
			if (updates.length > 0) waiter.answer(updates);
			else this.waiters.push(waiter);
		}
	}

	/** Removes and returns up to `limit` updates, oldest first. */
	take(limit: number, onlyCircle: boolean): unknown[] {
		const fits = ({ kind }: Entry): boolean => !onlyCircle || kind === 'circle';
		const taken = this.entries.filter(fits).slice(0, limit);
		this.entries = this.entries.filter((entry) => !taken.includes(entry));
		return taken.map(({ update }) => update);
	}

	/** Removes all but the last `count` updates: `offset` counts from the end of the queue. */
	keepLast(count: number): void {
		this.entries = this.entries.slice(-count);
	}

	/**
	 * Removes and returns updates, and waits up to `timeoutMs` for the first one. Only one consumer
	 * can wait: the previous one receives an empty list.
	 */
	async wait(limit: number, onlyCircle: boolean, timeoutMs: number): Promise<unknown[]> {
		for (const waiter of this.waiters) waiter.answer([]);
		this.waiters = [];
		const ready = this.take(limit, onlyCircle);
		if (ready.length > 0 || timeoutMs <= 0) return ready;
		return await new Promise((resolve) => {
			const waiter: Waiter = {
				onlyCircle,
				limit,
				answer: (updates) => {
					cancel();
					resolve(updates);
				},
			};
			const cancel = this.clock.after(timeoutMs, () => {
				this.waiters = this.waiters.filter((other) => other !== waiter);
				resolve([]);
			});
			this.waiters.push(waiter);
		});
	}
}
