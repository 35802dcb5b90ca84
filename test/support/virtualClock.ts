/**
 * Waits without waiting: the sleep of n8n moves the clock forward and returns. Timeouts of sockets run on
 * real time. A test file that imports this also needs, before its other imports,
 * `jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }))`.
 */
const realNow = Date.now.bind(Date);
let offsetMs = 0;
let beforeWaking: (() => void | Promise<void>) | undefined;

/** Milliseconds slept since the last reset. */
let sleptMs = 0;

/** Moves the clock instead of waiting. */
export async function virtualSleep(milliseconds: number): Promise<void> {
	offsetMs += milliseconds;
	sleptMs += milliseconds;
	await beforeWaking?.();
	await new Promise((resolve) => setImmediate(resolve));
}

export const virtualClock = {
	/** A stopped clock moves only while something sleeps. */
	install({ isStopped = false } = {}): void {
		const startedAt = realNow();
		Date.now = () => Math.floor((isStopped ? startedAt : realNow()) + offsetMs);
	},
	uninstall(): void {
		Date.now = realNow;
		offsetMs = 0;
	},
	/** Starts counting anew; `onSleep` runs at each sleep. */
	reset(onSleep?: () => void | Promise<void>): void {
		sleptMs = 0;
		beforeWaking = onSleep;
	},
	/** Moves the clock without a sleep, as if an event took so long. */
	advance(milliseconds: number): void {
		offsetMs += milliseconds;
	},
	get sleptMs(): number {
		return sleptMs;
	},
};
