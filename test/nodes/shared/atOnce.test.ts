import {
	ANY_NUMBER,
	passAtOnce,
	rejectAtOnce,
	startAtOnce,
} from '../../../nodes/shared/client/atOnce';

const NOW = 1_700_000_000_000;
/** Ten ran at the same time and were let through. */
const ten = passAtOnce(passAtOnce(ANY_NUMBER, 10), 4);

test('any number may run until one is rejected', () => {
	expect(startAtOnce(ten, 1000, NOW)).toBe(ten);
});

test('a rejection while more ran than ever before shows a limit', () => {
	// Of those that ran at the same time, the one that started first says most.
	const limited = rejectAtOnce(rejectAtOnce(ten, 12, NOW), 11, NOW);
	expect(limited.limit).toBe(10);
	expect(rejectAtOnce(limited, 13, NOW).limit).toBe(10);
	expect(startAtOnce(limited, 9, NOW)).toBe(limited);
	expect(startAtOnce(limited, 10, NOW)).toBeUndefined();
});

test('a rejection while as many ran as before shows none, and that there was none', () => {
	expect(rejectAtOnce(ten, 10, NOW).limit).toBe(Infinity);
	const limited = rejectAtOnce(ten, 11, NOW);
	expect(rejectAtOnce(limited, 10, NOW).limit).toBe(Infinity);
});

test('a rejection before any request was let through shows none', () => {
	expect(rejectAtOnce(ANY_NUMBER, 5, NOW).limit).toBe(Infinity);
});

test('one more request is tried every ten seconds', () => {
	const limited = rejectAtOnce(ten, 11, NOW);
	expect(startAtOnce(limited, 10, NOW + 9_999)).toBeUndefined();
	const tried = startAtOnce(limited, 10, NOW + 10_000);
	expect(tried?.limit).toBe(11);
	if (tried === undefined) return;
	expect(startAtOnce(tried, 11, NOW + 19_999)).toBeUndefined();
	expect(startAtOnce(tried, 11, NOW + 20_000)?.limit).toBe(12);
	// If it is rejected, the limit is the same as before.
	expect(rejectAtOnce(tried, 11, NOW + 10_020)).toMatchObject({
		limit: 10,
		triedAt: NOW + 10_020,
	});
});
