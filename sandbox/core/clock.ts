interface Alarm {
	dueAt: number;
	run: () => void;
}

/**
 * The sandbox's own time. It runs with the real clock until a test moves it; tokens, schedules
 * and silence limits all look here, so that an hour can pass in a test without waiting.
 */
export class Clock {
	private offset = 0;
	private readonly alarms = new Set<Alarm>();
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

	/** Moves the time forward (or back) by milliseconds and runs what became due. */
	advance(ms: number): void {
		this.offset += ms;
		this.runDue();
	}

	/** Sets the time to milliseconds since 1970. */
	set(ms: number): void {
		this.offset = ms - Date.now();
		this.runDue();
	}

	/** Back to the real time; pending alarms stay. */
	reset(): void {
		this.offset = 0;
		this.runDue();
	}

	/** Runs something once `ms` milliseconds of sandbox time have passed; the result cancels it. */
	after(ms: number, run: () => void): () => void {
		const alarm: Alarm = { dueAt: this.now() + ms, run };
		this.alarms.add(alarm);
		this.arm();
		return () => {
			this.alarms.delete(alarm);
			this.arm();
		};
	}

	/** Resolves after `ms` milliseconds of sandbox time. */
	async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.after(ms, resolve);
		});
	}

	/** Drops every alarm, so that nothing keeps the process alive. */
	stop(): void {
		this.alarms.clear();
		this.arm();
	}

	private runDue(): void {
		const now = this.now();
		const due = [...this.alarms].filter((alarm) => alarm.dueAt <= now);
		due.sort((a, b) => a.dueAt - b.dueAt);
		for (const alarm of due) {
			if (this.alarms.delete(alarm)) alarm.run();
		}
		this.arm();
	}

	private arm(): void {
		if (this.timer !== undefined) clearTimeout(this.timer);
		this.timer = undefined;
		if (this.alarms.size === 0) return;
		const next = Math.min(...[...this.alarms].map((alarm) => alarm.dueAt));
		// setTimeout cannot hold more than 2^31 - 1 ms: it wakes earlier and arms again.
		const delay = Math.min(Math.max(next - this.now(), 0), 2_000_000_000);
		this.timer = setTimeout(() => {
			this.runDue();
		}, delay);
		this.timer.unref();
	}
}
