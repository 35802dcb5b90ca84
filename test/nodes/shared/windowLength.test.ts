import {
	correctLength,
	keepLength,
	newLength,
	tryShorter,
} from '../../../nodes/shared/client/rateWindow/windowLength';
import type { WindowLength } from '../../../nodes/shared/client/rateWindow/windowLength';

/** Tries lengths against the true one until the next try is far away. Returns all that were tried. */
function search(from: WindowLength, trueMs: number): { length: WindowLength; tried: number[] } {
	let length = from;
	const tried: number[] = [];
	for (let now = 0; tried.length < 40; now = length.triesAt) {
		length = tryShorter(length, now);
		tried.push(length.ms);
		if (length.ms < trueMs) {
			const found = { mostMs: trueMs, leastMs: length.ms, opensAt: now, statedMs: 0 };
			length = correctLength(length, found);
		}
		if (length.triesAt - now >= 10 * length.ms) return { length, tried };
	}
	throw new Error('The length was not found');
}

test('the middle is tried until the length is known to a hundredth', () => {
	const { length, tried } = search(newLength(6600, 5400, 0), 6000);
	expect(tried).toEqual([6000, 5700, 5850, 5925, 5962.5]);
	expect(search(newLength(6600, 5400, 0), 6100).tried).toEqual([6000, 6050]);
	expect(length.ms).toBe(6000);
});

test('without a shortest length the tries become shorter ever faster', () => {
	let length = newLength(1000, 0, 0);
	const tried: number[] = [];
	for (let i = 0; i < 7; i++) {
		length = tryShorter(length, length.triesAt);
		tried.push(length.ms);
	}
	expect(tried.map(Math.round)).toEqual([980, 941, 866, 727, 494, 247, 124]);
});

test('a try that fails is taken back', () => {
	const shorter = tryShorter(newLength(6000, 0, 0), 0);
	expect(shorter).toMatchObject({ ms: 5880, provenMs: 6000, tried: 1, triesAt: 6000 });
	const measured = { mostMs: 7000, leastMs: 5000, opensAt: 0, statedMs: 0 };
	// It is not longer than what was long enough, and longer than what was tried.
	expect(correctLength(shorter, measured)).toMatchObject({ ms: 6000, failedMs: 5880 });
	expect(correctLength(shorter, { ...measured, mostMs: 5900 })).toMatchObject({
		ms: 5900,
		failedMs: 0,
		triesAt: 59_000,
	});
});

test('a length that was not tried can turn out to be longer', () => {
	const measured = { mostMs: 6500, leastMs: 6200, opensAt: 100, statedMs: 0 };
	expect(correctLength(newLength(6000, 0, 0), measured)).toEqual(newLength(6500, 6200, 6600));
});

test('where waits are stated in whole seconds, a failed try is rare', () => {
	const shorter = tryShorter(newLength(6000, 5000, 0), 0);
	const measured = { mostMs: 6500, leastMs: 5500, opensAt: 0, statedMs: 1000 };
	expect(correctLength(shorter, measured)).toMatchObject({ ms: 6000, triesAt: 20_000 });
	// The same without a try costs nothing, so the next one is soon.
	expect(correctLength(newLength(6000, 0, 0), measured)).toMatchObject({ ms: 6500, triesAt: 6500 });
	// Half a second is precise enough there.
	expect(correctLength(shorter, { ...measured, mostMs: 5800 })).toMatchObject({ failedMs: 0 });
});

test('a length that is kept is the proven one', () => {
	const shorter = tryShorter(newLength(6000, 5000, 0), 0);
	expect(keepLength(shorter, 100)).toEqual(newLength(6000, 0, 6100));
});

test('nothing is tried before its time', () => {
	const length = newLength(6000, 0, 1000);
	expect(tryShorter(length, 999)).toBe(length);
});
