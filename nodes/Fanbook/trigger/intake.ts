import type { Happening, EventName, Tidy } from './happening';
import type { Ledger } from './ledger';
import { pause } from './pause';

/** How many runs there may be at once, and how many events may wait for one. */
export interface Room {
	runs: number;
	waiting: number;
	/**
	 * Milliseconds after which the next event starts a run although there is no room, longer the
	 * more runs there are. Without it an event waits as long as it takes.
	 */
	pace?: number;
}

/** What becomes of an accepted event. */
export interface Outlet {
	/**
	 * Starts the workflow. Resolves when n8n has reported back about the run.
	 *
	 * @throws when the run could not start
	 */
	start: (item: Tidy & { event: EventName }, id: string | undefined) => Promise<void>;
	/** n8n could not start the workflow for this event, in several attempts. */
	failed: (reason: unknown, id: string | undefined) => void;
}

interface Entry {
	item: Tidy & { event: EventName };
	id: string | undefined;
}

/**
 * Takes happenings from every transport: drops what is not wanted and what was seen before, and
 * starts a run for each of the rest, no more at once than there is room for.
 */
export class Intake {
	private readonly queue: Entry[] = [];
	private running = 0;
	private isPushing = false;

	constructor(
		private readonly wanted: (happening: Happening) => EventName | undefined,
		private readonly ledger: Ledger,
		private readonly outlet: Outlet,
		private readonly signal: AbortSignal,
		private readonly room: Room,
		/** How long to wait before n8n is asked again to start a run it could not start. */
		private readonly again: readonly number[],
	) {}

	/** False when there was no room for it; then it counts as not seen. */
	offer(happening: Happening): boolean {
		const event = this.wanted(happening);
		if (event === undefined || this.signal.aborted) return true;
		if (this.isFull()) return false;
		if (!this.ledger.enter(happening.id, happening.echo)) return true;
		this.queue.push({ item: { event, ...happening.tidy }, id: happening.id });
		this.next();
		return true;
	}

	/** Like `offer`, but waits for room. For transports that can wait. */
	async put(happening: Happening): Promise<void> {
		while (!this.signal.aborted && !this.offer(happening)) {
			await pause(60_000, this.signal, () => !this.isFull());
		}
	}

	private isFull(): boolean {
		return this.running >= this.room.runs && this.queue.length >= this.room.waiting;
	}

	private next(): void {
		while (this.running < this.room.runs && this.queue.length > 0 && !this.signal.aborted) {
			this.begin();
		}
		if (this.queue.length > 0 && !this.isPushing) void this.push();
	}

	/** Starts what waits, a little slower than it comes in. */
	private async push(): Promise<void> {
		const { pace, runs } = this.room;
		if (pace === undefined) return;
		this.isPushing = true;
		while (this.queue.length > 0 && !this.signal.aborted) {
			const crowd = this.running / runs;
			await pause(pace * crowd, this.signal, () => this.running < runs);
			if (!this.signal.aborted) this.begin();
		}
		this.isPushing = false;
	}

	private begin(): void {
		const entry = this.queue.shift();
		if (entry === undefined) return;
		this.running += 1;
		void this.run(entry).then(() => {
			this.running -= 1;
			this.next();
		});
	}

	/** A second start under the same key is dropped by n8n if the first one worked after all. */
	private async run({ item, id }: Entry): Promise<void> {
		for (const rest of [...this.again, undefined]) {
			try {
				await this.outlet.start(item, id);
				return this.ledger.settle(id);
			} catch (error) {
				if (this.signal.aborted) return;
				if (rest === undefined) {
					this.outlet.failed(error, id);
					return this.ledger.settle(id);
				}
			}
			await pause(rest, this.signal);
		}
	}
}
