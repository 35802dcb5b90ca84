import fc from 'fast-check';
import {
	checkpointAt,
	newestRead,
	parseCheckpoint,
	readNew,
	rowsSince,
} from '../../../nodes/shared/polling/checkpoint';
import type { Checkpoint, ListPage, PolledList } from '../../../nodes/shared/polling/checkpoint';

interface Row {
	id: string;
	position: number | null;
}

type Options = Partial<PolledList<Row>> & {
	size?: number;
	/** Receives the index of the first row of each page that is read. */
	requests?: number[];
	/** Whether the last page is marked as such instead of being followed by an empty page. */
	marksLast?: boolean;
};

/** A list, newest first, in pages of three. */
function listOf(rows: Row[], { size = 3, requests, marksLast = false, ...more }: Options = {}) {
	async function* pages(): AsyncGenerator<ListPage<Row>> {
		for (let start = 0; ; start += size) {
			requests?.push(start);
			const page = rows.slice(start, start + size);
			const isLast = marksLast && start + size >= rows.length;
			yield { rows: page, isLast };
			if (page.length === 0 || isLast) return;
		}
	}
	return {
		pages: pages(),
		id: ({ id }: Row) => id,
		position: ({ position }: Row) => position,
		...more,
	};
}

const row = (position: number): Row => ({ id: `s${position}`, position });
const rowsAt = (...positions: number[]) => positions.map(row);
const down = (from: number, to: number) =>
	Array.from({ length: from - to + 1 }, (_, index) => row(from - index));
const unordered = { position: () => null };

async function read(
	rows: Row[],
	checkpoint: Checkpoint | undefined,
	options: Options & { maxPages?: number } = {},
) {
	const { maxPages = 20, ...more } = options;
	return await readNew(listOf(rows, more), checkpoint, { maxPages });
}
const positions = (rows: Row[]) => rows.map(({ position }) => position);
const ids = (rows: Row[]) => rows.map(({ id }) => id);

describe('the first reading', () => {
	test('returns no rows and reads one page', async () => {
		const requests: number[] = [];
		const { rows, checkpoint, gap } = await read(down(10, 1), undefined, { requests });
		expect(rows).toEqual([]);
		expect(requests).toEqual([0]);
		expect(checkpoint).toEqual({
			seen: [
				['s10', 10],
				['s9', 9],
				['s8', 8],
			],
			floor: 8,
			isComplete: false,
		});
		expect(gap).toBeUndefined();
	});

	test('reads on until the overlap is passed', async () => {
		const requests: number[] = [];
		const list = rowsAt(102, 101, 100, 5, 4, 3, 2, 1);
		const first = await read(list, undefined, { requests, overlap: 10 });
		expect(first.rows).toEqual([]);
		expect(newestRead(first.checkpoint)).toBe(102);
		expect(requests).toEqual([0, 3]);
	});

	test('of an empty list makes all later rows new', async () => {
		const { checkpoint } = await read([], undefined);
		const { rows } = await read(down(5, 1), checkpoint);
		expect(positions(rows)).toEqual([1, 2, 3, 4, 5]);
	});

	test('of a single row does not hide a later row of the same second', async () => {
		const { checkpoint } = await read(rowsAt(7), undefined);
		const { rows } = await read([{ id: 'later', position: 7 }, row(7)], checkpoint);
		expect(ids(rows)).toEqual(['later']);
	});

	test('reads a list without positions up to ten pages', async () => {
		const requests: number[] = [];
		const { checkpoint } = await read(down(100, 1), undefined, { ...unordered, requests });
		expect(requests).toHaveLength(10);
		expect(checkpoint.seen).toHaveLength(30);
		expect(checkpoint.isComplete).toBe(false);
	});
});

describe('later readings', () => {
	test('return new rows oldest first, over as many pages as it takes', async () => {
		const { checkpoint } = await read(down(10, 1), undefined);
		const { rows } = await read(down(18, 1), checkpoint);
		expect(positions(rows)).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
	});

	test('read no further back than the overlap', async () => {
		const list = rowsAt(400, 330, 320, 310, 300, 200, 100);
		const { checkpoint } = await read(list, undefined, { overlap: 10 });
		const requests: number[] = [];
		const grown = [...rowsAt(600, 500), ...list];
		const second = await read(grown, checkpoint, { overlap: 10, requests });
		expect(positions(second.rows)).toEqual([500, 600]);
		expect(requests).toEqual([0, 3]);
		const third = await read(grown, second.checkpoint, { overlap: 10 });
		expect(third.rows).toEqual([]);
	});

	test('do not return rows that move up because others were deleted', async () => {
		const { checkpoint } = await read(down(10, 1), undefined);
		const { rows } = await read([row(11), ...down(7, 1)], checkpoint);
		expect(positions(rows)).toEqual([11]);
	});

	test('return a row that is listed late, in the middle, unless the list rules it out', async () => {
		const { checkpoint } = await read(rowsAt(10, 8, 7, 6), undefined);
		const { rows } = await read(rowsAt(10, 9, 8), checkpoint);
		expect(positions(rows)).toEqual([9]);
		const strict = await read(rowsAt(10, 9, 8), checkpoint, { mayBeLate: () => false });
		expect(strict.rows).toEqual([]);
	});

	test('return a late row within the overlap once, on whichever page it is', async () => {
		const list = down(60, 1);
		const { checkpoint } = await read(list, undefined, { overlap: 30 });
		const late = [...down(60, 41), { id: 'late', position: 40 }, ...down(39, 1)];
		const next = await read(late, checkpoint, { overlap: 30 });
		expect(ids(next.rows)).toEqual(['late']);
		expect((await read(late, next.checkpoint, { overlap: 30 })).rows).toEqual([]);
	});

	test('return a row listed long after its time if it is on a page that is read anyway', async () => {
		const { checkpoint } = await read(rowsAt(1000, 10), undefined, { marksLast: true });
		const next = await read(rowsAt(1000, 500, 10), checkpoint, { overlap: 5, marksLast: true });
		expect(positions(next.rows)).toEqual([500]);
	});

	test('return the newest rows and report a gap if the pages run out', async () => {
		const { checkpoint } = await read(down(10, 1), undefined);
		const cut = await read(down(40, 1), checkpoint, { maxPages: 4 });
		expect(cut.gap).toBe('missing');
		expect(positions(cut.rows)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
		const next = await read(down(41, 1), cut.checkpoint);
		expect(positions(next.rows)).toEqual([41]);
		expect(next.gap).toBeUndefined();
		const burst = await read(down(60, 1), next.checkpoint);
		expect(positions(burst.rows)).toEqual(
			down(60, 42)
				.map(({ position }) => position)
				.reverse(),
		);
	});

	test('return a row once that moves to the next page while it is requested', async () => {
		const { checkpoint } = await read(down(3, 1), undefined);
		const moved = [row(7), row(6), row(5), row(5), row(4), row(3)];
		expect(positions((await read(moved, checkpoint)).rows)).toEqual([4, 5, 6, 7]);
	});

	test('never return a row that is older than the trigger', async () => {
		const options: Options = { isBeforeStart: ({ position }) => Number(position) < 300 };
		const { checkpoint } = await read([], undefined, options);
		const { rows } = await read([...rowsAt(301), ...down(299, 1)], checkpoint, options);
		expect(positions(rows)).toEqual([301]);
	});

	test('put rows of equal position in the order of the list, or of their IDs', async () => {
		const same = ['a5', 'a4', 'a3', 'a2', 'a1'].map((id) => ({ id, position: 50 }));
		const { checkpoint } = await read(rowsAt(1), undefined);
		const byList = await read([...same, row(1)], checkpoint);
		expect(ids(byList.rows)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
		const compareIds = (a: string, b: string) => a.localeCompare(b);
		const byId = await read([...[...same].reverse(), row(1)], checkpoint, { compareIds });
		expect(ids(byId.rows)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
	});
});

describe('rows without a plausible position', () => {
	const bad = (id: string): Row => ({ id, position: null });

	test.each([
		['first', (known: Row[]) => [bad('x'), ...known]],
		['in between', (known: Row[]) => [...known.slice(0, 1), bad('x'), ...known.slice(1)]],
		['last', (known: Row[]) => [...known.slice(0, 2), bad('x'), ...known.slice(2)]],
	])('a row without a position is new once if it is %s on the page', async (_where, place) => {
		const known = down(10, 1);
		const { checkpoint } = await read(known, undefined);
		const next = await read(place(known), checkpoint);
		expect(ids(next.rows)).toEqual(['x']);
		expect((await read(place(known), next.checkpoint)).rows).toEqual([]);
	});

	test('a row of 2099 does not hide the rows after it', async () => {
		const future = { id: 'future', position: 4_070_908_800_000 };
		const options = { latest: 1000, overlap: 5 };
		const first = await read([future], undefined, options);
		const second = await read([future, row(900)], first.checkpoint, options);
		expect(ids(second.rows)).toEqual(['s900']);
		const third = await read([future, ...down(920, 900)], second.checkpoint, options);
		expect(positions(third.rows)).toEqual(
			down(920, 901)
				.map(({ position }) => position)
				.reverse(),
		);
		expect((await read([future, ...down(920, 900)], third.checkpoint, options)).rows).toEqual([]);
	});

	test('a row of 2099 that is the only one of its page does not hide what is posted next', async () => {
		const future = { id: 'future', position: 4_070_908_800_000 };
		const { checkpoint } = await read([future], undefined, { latest: 1000 });
		const { rows } = await read([future, row(1001)], checkpoint, { latest: 1001 });
		expect(positions(rows)).toEqual([1001]);
	});

	test('a row of 2099 that appears later starts once and hides nothing', async () => {
		const options = { latest: 1000, overlap: 5 };
		const { checkpoint } = await read(down(10, 1), undefined, options);
		const future = { id: 'future', position: 9999 };
		const second = await read([future, ...down(12, 1)], checkpoint, options);
		expect(ids(second.rows)).toEqual(['s11', 's12', 'future']);
		const third = await read([future, ...down(19, 1)], second.checkpoint, options);
		expect(positions(third.rows)).toEqual([13, 14, 15, 16, 17, 18, 19]);
	});

	test('a floor beyond the current time, as in a changed checkpoint, hides nothing', async () => {
		const stored = { seen: [], floor: 1e18, isComplete: false };
		const { rows, checkpoint } = await read([row(1001)], stored, { latest: 1000 });
		expect(positions(rows)).toEqual([1001]);
		expect(checkpoint.floor).toBe(1000);
	});

	test('a service whose clock is ahead loses and repeats nothing', async () => {
		const options = { latest: 5, overlap: 2 };
		const { checkpoint } = await read(down(30, 10), undefined, options);
		const { rows } = await read(down(34, 10), checkpoint, options);
		expect(positions(rows)).toEqual([31, 32, 33, 34]);
	});
});

describe('lists without positions', () => {
	test('new rows are those before a known row', async () => {
		const { checkpoint } = await read(down(10, 1), undefined, unordered);
		const { rows } = await read(rowsAt(12, 11, 9, 8, 7), checkpoint, unordered);
		expect(positions(rows)).toEqual([11, 12]);
	});

	test('no old row becomes new when the newest leave the list', async () => {
		const { checkpoint } = await read(down(300, 1), undefined, { ...unordered, size: 100 });
		const { rows, gap } = await read(down(195, 1), checkpoint, { ...unordered, size: 100 });
		expect(rows).toEqual([]);
		expect(gap).toBeUndefined();
	});

	test('no row is new, and a gap is reported, when no known row is left in a long list', async () => {
		const { checkpoint } = await read(down(3000, 1), undefined, { ...unordered, size: 100 });
		const {
			rows,
			gap,
			checkpoint: next,
		} = await read(down(1500, 1), checkpoint, {
			...unordered,
			size: 100,
		});
		expect(rows).toEqual([]);
		expect(gap).toBe('undecidable');
		const { rows: later } = await read(down(1501, 1), next, { ...unordered, size: 100 });
		expect(positions(later)).toEqual([1501]);
	});

	test('a row that came back to the top does not hide the new rows behind it', async () => {
		const { checkpoint } = await read(down(10, 1), undefined, unordered);
		const list = [row(4), row(11), row(10), ...down(9, 5), ...down(3, 1)];
		expect(positions((await read(list, checkpoint, unordered)).rows)).toEqual([11]);
	});

	test('where the whole list is read, order does not matter and a row that came back is new', async () => {
		const whole = { ...unordered, isReadWhole: true };
		const first = await read(rowsAt(1, 2, 3, 4), undefined, whole);
		const second = await read(rowsAt(1, 5, 3, 4), first.checkpoint, whole);
		expect(positions(second.rows)).toEqual([5]);
		const third = await read(rowsAt(2, 1, 5, 3, 4), second.checkpoint, whole);
		expect(positions(third.rows)).toEqual([2]);
	});

	test('where the whole list is longer than may be read, what moves up is not new', async () => {
		const whole = { ...unordered, isReadWhole: true, maxPages: 2 };
		const first = await read(down(20, 1), undefined, whole);
		const second = await read([row(21), ...down(18, 1)], first.checkpoint, whole);
		expect(positions(second.rows)).toEqual([21]);
		expect(second.gap).toBeUndefined();
		const third = await read([row(21), ...down(18, 1)], second.checkpoint, whole);
		expect([third.rows, third.gap]).toEqual([[], undefined]);
		const replaced = await read(down(40, 1), third.checkpoint, whole);
		expect([replaced.rows, replaced.gap]).toEqual([[], 'undecidable']);
	});
});

describe('what is remembered', () => {
	test('stays small, and what is forgotten is not returned again', async () => {
		const first = await read(down(10, 1), undefined);
		const second = await read(down(500, 1), first.checkpoint, { maxPages: 500 });
		expect(second.rows).toHaveLength(490);
		expect(second.checkpoint.seen).toHaveLength(200);
		// All remembered rows were deleted.
		const list = [row(501), ...down(300, 1)];
		const third = await read(list, second.checkpoint, { maxPages: 500 });
		expect(positions(third.rows)).toEqual([501]);
	});

	test('covers the overlap, so that 1,300 rows within it start 1,300 workflows', async () => {
		const options = { size: 50, overlap: 120_000 };
		const first = await read(rowsAt(1), undefined, options);
		let { checkpoint } = first;
		const returned: string[] = [];
		const list: Row[] = rowsAt(1);
		for (let poll = 0; poll < 5; poll += 1) {
			for (let index = 0; index < 260; index += 1) list.unshift(row(1_000_000 + list.length * 90));
			const result = await readNew(listOf(list, options), checkpoint);
			checkpoint =
				parseCheckpoint(JSON.parse(JSON.stringify(result.checkpoint))) ?? first.checkpoint;
			returned.push(...ids(result.rows));
		}
		expect(returned).toHaveLength(1300);
		expect(new Set(returned).size).toBe(1300);
	});

	test('covers many rows of one moment', async () => {
		const same = Array.from({ length: 600 }, (_, index) => ({ id: `m${index}`, position: 50 }));
		const { checkpoint } = await read(rowsAt(1), undefined);
		const first = await read([...same, row(1)], checkpoint, { maxPages: 300, overlap: 5 });
		expect(first.rows).toHaveLength(600);
		const list = [row(60), ...same, row(1)];
		const next = await read(list, first.checkpoint, { maxPages: 300, overlap: 5 });
		expect(ids(next.rows)).toEqual(['s60']);
	});
});

describe('several lists with one checkpoint', () => {
	const chat = (name: string, ...at: number[]): Row[] =>
		at.map((position) => ({ id: `${name}${position}`, position }));

	test('return their new rows together, oldest first, each once', async () => {
		const begin = checkpointAt(10);
		const a = chat('a', 14, 12, 9, 8);
		const b = chat('b', 13, 11, 7);
		const first = await readNew([listOf(a), listOf(b)], begin);
		expect(ids(first.rows)).toEqual(['b11', 'a12', 'b13', 'a14']);
		const again = await readNew([listOf(b), listOf(a)], first.checkpoint);
		expect(again.rows).toEqual([]);
	});

	test('return nothing and keep their place if there is no list', async () => {
		const { rows, checkpoint } = await readNew<Row>([], checkpointAt(10));
		expect(rows).toEqual([]);
		expect(checkpoint).toEqual(checkpointAt(10));
	});
});

test('rows since a position are returned once each, newest first', async () => {
	const moved = [row(9), row(8), row(7), row(7), row(6), row(5), row(4)];
	expect(positions(await rowsSince(listOf(moved), 6))).toEqual([9, 8, 7, 6]);
});

test('the newest position read is that of the floor if nothing was read', () => {
	expect(newestRead(checkpointAt(7))).toBe(7);
	expect(newestRead({ seen: [['a', 9]], floor: 7, isComplete: false })).toBe(9);
	expect(newestRead({ seen: [], floor: null, isComplete: true })).toBeNull();
});

test('rows that arrive between readings are each returned exactly once and in order', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }), { maxLength: 8 }),
			async (bursts) => {
				let position = 1000;
				let count = 0;
				const list: Row[] = rowsAt(999, 998, 997, 996, 995, 985);
				let { checkpoint } = await read(list, undefined, { overlap: 10 });
				const returned: string[] = [];
				const expected: string[] = [];
				for (const burst of bursts) {
					for (const distance of burst) {
						position += distance;
						count += 1;
						list.unshift({ id: `n${count}`, position });
						expected.push(`n${count}`);
					}
					const stored = parseCheckpoint(JSON.parse(JSON.stringify(checkpoint)));
					const next = await read(list, stored, { overlap: 10, maxPages: 100 });
					checkpoint = next.checkpoint;
					returned.push(...ids(next.rows));
				}
				expect(returned).toEqual(expected);
			},
		),
	);
});

test('rows posted and deleted between readings are each returned once and in order', async () => {
	const steps = fc.array(
		fc.record({
			posts: fc.integer({ min: 0, max: 30 }),
			deletes: fc.array(fc.nat(), { maxLength: 5 }),
		}),
		{ maxLength: 12 },
	);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 0, max: 8 }), steps, async (start, changes) => {
			let next = start + 1;
			let list = start === 0 ? [] : down(start, 1);
			let { checkpoint } = await read(list, undefined);
			const returned: Array<number | null> = [];
			const expected: Array<number | null> = [];
			for (const { posts, deletes } of changes) {
				for (let count = 0; count < posts; count += 1) {
					list = [row(next), ...list];
					next += 1;
				}
				list = list.filter((_, index) => !deletes.some((at) => at % (list.length + 1) === index));
				expected.push(
					...positions(list)
						.filter((position) => Number(position) > start && !expected.includes(position))
						.reverse(),
				);
				const stored = parseCheckpoint(JSON.parse(JSON.stringify(checkpoint)));
				const result = await read(list, stored);
				returned.push(...positions(result.rows));
				checkpoint = result.checkpoint;
			}
			expect(returned).toEqual(expected);
		}),
		{ numRuns: 200 },
	);
});

test('what is damaged in a stored checkpoint is left out', () => {
	const stored = { seen: [['a', 3], 'b', [4, 4], ['c', '2'], ['d']], floor: 'low' };
	expect(parseCheckpoint(stored)).toEqual({
		seen: [
			['a', 3],
			['c', null],
			['d', null],
		],
		floor: null,
		isComplete: false,
	});
});

test.each([undefined, null, 'x', 'mark', {}, { seen: 'all' }, { seen: 2, floor: 1 }])(
	'%j is not a checkpoint',
	(stored) => {
		expect(parseCheckpoint(stored)).toBeUndefined();
	},
);
