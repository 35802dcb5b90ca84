import {
	NO_LIMIT,
	passWithinLimit,
	rejectWithinLimit,
	startWithinLimit,
} from '../../../nodes/shared/client/concurrencyLimit';
import type { ConcurrencyLimit } from '../../../nodes/shared/client/concurrencyLimit';

const NOW = 1_700_000_000_000;

const pass = (state: ConcurrencyLimit, ...running: number[]) =>
	running.reduce(
		(passed, count, number) => passWithinLimit(passed, { number, running: count }),
		state,
	);
/** A request that started last is rejected. */
const reject = (
	state: ConcurrencyLimit,
	running: number,
	{ number = 100, last = 0, now = NOW }: { number?: number; last?: number; now?: number } = {},
) => rejectWithinLimit(state, { number, running }, { now, last: Math.max(last, number) });

/** Up to ten ran at the same time and were let through. */
const ten = pass(NO_LIMIT, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10);
const limited = reject(ten, 11);

test('any number may run until one is rejected', () => {
	expect(startWithinLimit(ten, 1000, NOW)).toBe(ten);
});

test('a rejection while more ran than ever before shows a limit', () => {
	expect(limited.limit?.running).toBe(10);
	expect(startWithinLimit(limited, 9, NOW)).toBe(limited);
	expect(startWithinLimit(limited, 10, NOW)).toBeUndefined();
});

test('of several that ran at the same time, the one that started first says most', () => {
	const wave = [14, 12, 11, 13].reduce(
		(state, running) => reject(state, running, { number: 90 + running, last: 104 }),
		ten,
	);
	expect(wave.limit?.running).toBe(10);
});

test('a rejection while no more ran than before shows none', () => {
	expect(reject(ten, 10)).toBe(ten);
	// If fewer ran, it even speaks against one.
	expect(reject(ten, 9)).toEqual({ ...NO_LIMIT, needed: 20 });
});

test('a rejection at the limit lowers it by one, as not all count alike', () => {
	const lower = reject(limited, 10, { number: 101 });
	expect(lower.limit?.running).toBe(9);
	// Another one, with too few let through since, shows that there is none.
	expect(reject(pass(lower, 9, 9), 9, { number: 104 }).limit).toBeUndefined();
	expect(reject(pass(lower, ...Array<number>(10).fill(9)), 9, { number: 112 }).limit?.running).toBe(
		8,
	);
});

test('a rejection below the limit shows that there is none', () => {
	expect(reject(limited, 9, { number: 101 }).limit).toBeUndefined();
});

test('after a wrong guess, twice as many requests have to pass before the next one', () => {
	const wrong = reject(limited, 9, { number: 101 });
	const nearly = pass(wrong, ...Array<number>(19).fill(8));
	expect(reject(nearly, 9).limit).toBeUndefined();
	expect(reject(pass(nearly, 8), 9).limit?.running).toBe(8);
});

test('few requests, and those that ran alone, show none', () => {
	expect(reject(NO_LIMIT, 5).limit).toBeUndefined();
	expect(reject(pass(NO_LIMIT, ...Array<number>(50).fill(1)), 2).limit).toBeUndefined();
	expect(reject(pass(NO_LIMIT, 1, 2, 3, 4), 5).limit).toBeUndefined();
});

test('after five seconds one more request is tried', () => {
	expect(startWithinLimit(limited, 10, NOW + 4999)).toBeUndefined();
	const tried = startWithinLimit(limited, 10, NOW + 5000);
	if (tried === undefined) throw new Error('No request was tried');
	expect(startWithinLimit(tried, 11, NOW + 5100)).toBeUndefined();
	// If it is rejected, the limit is the same as before, for five more seconds.
	const rejected = reject(tried, 11, { number: 101, now: NOW + 5020 });
	expect(rejected.limit?.running).toBe(10);
	expect(startWithinLimit(rejected, 10, NOW + 10_019)).toBeUndefined();
	expect(startWithinLimit(rejected, 10, NOW + 10_020)).toBeDefined();
});

test('if it is let through, twice as many are tried each second', () => {
	let state = limited;
	for (const [running, now] of [
		[10, NOW + 5000],
		[11, NOW + 6000],
		[13, NOW + 7000],
	] as const) {
		const next = startWithinLimit(state, running, now);
		if (next === undefined) throw new Error(`No further request was tried while ${running} ran`);
		const most = (next.limit?.ceiling ?? 0) - 1;
		expect(startWithinLimit(next, most, now)).toBe(next);
		expect(startWithinLimit(next, most + 1, now + 999)).toBeUndefined();
		state = pass(next, most + 1);
	}
	expect(state.limit?.running).toBe(17);
});
