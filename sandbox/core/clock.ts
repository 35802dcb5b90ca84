interface ScheduledTask {
	dueAt: number;
	run: () => void;
}

/**
 * The sandbox's clock. It follows the real time until a test moves it. Tokens, schedules and
 * timeouts all use it, so that a test can skip an hour without waiting.
 */
export class Clock {
	private offset = 0;
	private readonly tasks = new Set<ScheduledTask>();
	private timer: NodeJS.Timeout | undefined;

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.offset;
	}

	/** Whole seconds since 1970. */
	seconds(): number {
		return Math.floor(this.now() / 1000);
	}

	iso(): string {
		return new Date(this.now()).toISOString();
	}

	/** Moves the time by `ms` milliseconds (negative: back) and runs the tasks that are due. */
	advance(ms: number): void {
		this.offset += ms;
		this.runDue();
	}

	/** Sets the time (milliseconds since 1970) and runs the tasks that are due. */
	set(ms: number): void {
		this.offset = ms - Date.now();
		this.runDue();
	}

	/** Returns to the real time; pending tasks are kept. */
	reset(): void {
		this.offset = 0;
		this.runDue();
	}

	/** Runs a function after `ms` milliseconds of sandbox time. The returned function cancels it. */
	after(ms: number, run: () => void): () => void {
		const task: ScheduledTask = { dueAt: this.now() + ms, run };
		this.tasks.add(task);
		this.schedule();
		return () => {
			this.tasks.delete(task);
			this.schedule();
		};
	}

	/** Resolves after `ms` milliseconds of sandbox time. */
	async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.after(ms, resolve);
		});
	}

	/** Removes every task, so that nothing keeps the process alive. */
	stop(): void {
		this.tasks.clear();
		this.schedule();
	}

	private runDue(): void {
		const now = this.now();
		const due = [...this.tasks].filter((task) => task.dueAt <= now);
		due.sort((a, b) => a.dueAt - b.dueAt);
		for (const task of due) {
			if (this.tasks.delete(task)) task.run();
		}
		this.schedule();
	}

	private schedule(): void {
		if (this.timer !== undefined) clearTimeout(this.timer);
		this.timer = undefined;
		if (this.tasks.size === 0) return;
		const next = Math.min(...[...this.tasks].map((task) => task.dueAt));
		// setTimeout is limited to 2^31 - 1 ms: a longer delay is split.
		const delay = Math.min(Math.max(next - this.now(), 0), 2_000_000_000);
		this.timer = setTimeout(() => {
			this.runDue();
		}, delay);
		this.timer.unref();
	}
}
