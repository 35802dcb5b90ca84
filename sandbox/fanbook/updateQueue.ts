import type { Clock } from '../core/clock';

/** Names two limits in one sentence, 10000 and 100000; the smaller one is taken. */
const MAX_LENGTH = 10_000;

/** What an update is about; only the first two come without the full-message switch. */
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
 * The queue behind both getUpdates calls. Reading consumes: the reference does not say so, but
 * the vendor's sample polls without offset and never sees anything twice.
 */
export class UpdateQueue {
	private entries: Entry[] = [];
	private waiters: Waiter[] = [];
	private lastId = 410_000_000;

	constructor(private readonly clock: Clock) {}

	get size(): number {
		return this.entries.length;
	}

	/** How many long polls are open. */
	get waitingCount(): number {
		return this.waiters.length;
	}

	clear(): void {
		this.entries = [];
		for (const waiter of this.waiters) waiter.answer([]);
		this.waiters = [];
	}

	/** The number of the next update, for those that carry it in their own text. */
	nextId(): number {
		return ++this.lastId;
	}

	/** Queues an update; beyond 10,000 the oldest ones are lost. */
	add(kind: UpdateKind, update: Record<string, unknown>, id = this.nextId()): void {
		this.entries.push({ kind, update: { update_id: id, ...update } });
		if (this.entries.length > MAX_LENGTH) this.entries.shift();
		const waiting = this.waiters;
		this.waiters = [];
		for (const waiter of waiting) {
			const updates = this.take(waiter.limit, waiter.onlyCircle);
			if (updates.length > 0) waiter.answer(updates);
			else this.waiters.push(waiter);
		}
	}

	/** Takes up to `limit` updates from the head. */
	take(limit: number, onlyCircle: boolean): unknown[] {
		const fits = ({ kind }: Entry): boolean => !onlyCircle || kind === 'circle';
		const taken = this.entries.filter(fits).slice(0, limit);
		this.entries = this.entries.filter((entry) => !taken.includes(entry));
		return taken.map(({ update }) => update);
	}

	/** Forgets everything but the last `count` updates: `offset` counts from the tail. */
	keepLast(count: number): void {
		this.entries = this.entries.slice(-count);
	}

	/**
	 * Takes updates, waiting up to `timeoutMs` for the first one. There is one consumer: who was
	 * waiting before gets an empty answer.
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
