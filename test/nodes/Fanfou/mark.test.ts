import fc from 'fast-check';
import { EVENTS } from '../../../nodes/Fanfou/trigger/events';
import type { Mark, Rows } from '../../../nodes/Fanfou/trigger/mark';
import { readMark, readOn } from '../../../nodes/Fanfou/trigger/mark';

interface Row {
	id: string;
	order: number;
}

const ordered: Rows<Row> = { id: ({ id }) => id, order: ({ order }) => order };
const unordered: Rows<Row> = { id: ({ id }) => id, order: () => null };
const row = (order: number): Row => ({ id: `s${order}`, order });

/** A list, newest first, in pages of three. */
async function* paged(list: Row[], size = 3): AsyncGenerator<Row[]> {
	for (let start = 0; ; start += size) {
		const page = list.slice(start, start + size);
		yield page;
		if (page.length === 0) return;
	}
}

const read = async (list: Row[], mark: Mark | undefined, rows = ordered, most = 20) =>
	await readOn(paged(list), rows, mark, most);
const orders = (rows: Row[]) => rows.map(({ order }) => order);
const down = (from: number, to: number) =>
	Array.from({ length: from - to + 1 }, (_, index) => row(from - index));

test('the first reading has no news and looks at one page', async () => {
	const { rows, mark, cut } = await read(down(10, 1), undefined);
	expect(rows).toEqual([]);
	expect(mark).toEqual({
		seen: [
			['s10', 10],
			['s9', 9],
			['s8', 8],
		],
		floor: 7,
	});
	expect(cut).toBe(false);
});

test('news come oldest first, over as many pages as it takes', async () => {
	const { mark } = await read(down(10, 1), undefined);
	const { rows } = await read(down(18, 1), mark);
	expect(orders(rows)).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
});

test('a list that was empty at first is new altogether', async () => {
	const { mark } = await read([], undefined);
	const { rows } = await read(down(5, 1), mark);
	expect(orders(rows)).toEqual([1, 2, 3, 4, 5]);
});

test('what slides up when rows are deleted is not new', async () => {
	const { mark } = await read(down(10, 1), undefined);
	const { rows } = await read([row(11), ...down(7, 1)], mark);
	expect(orders(rows)).toEqual([11]);
});

test('a row that had to wait and shows up in the middle is new', async () => {
	const { mark } = await read([row(10), row(8), row(7), row(6)], undefined);
	const { rows } = await read([row(10), row(9), row(8)], mark);
	expect(orders(rows)).toEqual([9]);
	const strict = { ...ordered, late: () => false };
	expect((await read([row(10), row(9), row(8)], mark, strict)).rows).toEqual([]);
});

test('where pages run out, the newest come and it is said that some are missing', async () => {
	const { mark } = await read(down(10, 1), undefined);
	const { rows, cut, mark: next } = await read(down(40, 1), mark, ordered, 4);
	expect(cut).toBe(true);
	expect(orders(rows)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
	expect((await read(down(41, 1), next)).rows.map(({ order }) => order)).toEqual([41]);
});

test('a mark stays small, and what it forgets does not come again', async () => {
	const first = await read(down(10, 1), undefined);
	const second = await read(down(500, 1), first.mark, ordered, 500);
	expect(second.rows).toHaveLength(490);
	expect(second.mark.seen).toHaveLength(200);
	// All that is remembered was deleted.
	const third = await read([row(501), ...down(300, 1)], second.mark, ordered, 500);
	expect(orders(third.rows)).toEqual([501]);
});

test('without an order, news are what stands before the first known row', async () => {
	const { mark } = await read(down(10, 1), undefined, unordered);
	const { rows } = await read([row(12), row(11), row(9), row(8), row(7)], mark, unordered);
	expect(orders(rows)).toEqual([11, 12]);
});

test('where the whole list counts, its order does not, and who comes back is new again', async () => {
	const whole = { ...unordered, whole: true };
	const first = await read([row(1), row(2), row(3), row(4)], undefined, whole);
	const second = await read([row(1), row(5), row(3), row(4)], first.mark, whole);
	expect(orders(second.rows)).toEqual([5]);
	const third = await read([row(2), row(1), row(5), row(3), row(4)], second.mark, whole);
	expect(orders(third.rows)).toEqual([2]);
});

test('whatever is posted and deleted between readings, each row comes once and in order', async () => {
	const steps = fc.array(
		fc.record({
			posts: fc.integer({ min: 0, max: 30 }),
			deletes: fc.array(fc.nat(), { maxLength: 5 }),
		}),
		{ maxLength: 12 },
	);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 0, max: 8 }), steps, async (start, happenings) => {
			let next = start + 1;
			let list = start === 0 ? [] : down(start, 1);
			let { mark } = await read(list, undefined);
			const came: number[] = [];
			const expected: number[] = [];
			for (const { posts, deletes } of happenings) {
				for (let count = 0; count < posts; count += 1) {
					list = [row(next), ...list];
					next += 1;
				}
				list = list.filter((_, index) => !deletes.some((at) => at % (list.length + 1) === index));
				expected.push(
					...orders(list)
						.filter((order) => order > start && !expected.includes(order))
						.reverse(),
				);
				const reading = await read(list, readMark(JSON.parse(JSON.stringify(mark))));
				came.push(...orders(reading.rows));
				mark = reading.mark;
			}
			expect(came).toEqual(expected);
		}),
		{ numRuns: 200 },
	);
});

test('what is damaged in a mark is left out', () => {
	const stored = { seen: [['a', 3], 'b', [4, 4], ['c', '2'], ['d']], floor: 'low' };
	expect(readMark(stored)).toEqual({
		seen: [
			['a', 3],
			['c', null],
			['d', null],
		],
		floor: null,
	});
});

test('rows that do not tell their place have none', () => {
	const rows = (value: string) => EVENTS.find((event) => event.value === value)?.rows;
	expect(rows('directMessage')?.order({ id: 'm', created_at: 'soon' })).toBeNull();
	expect(rows('mention')?.order({ id: 's' })).toBeNull();
	expect(rows('homeStatus')?.late?.({ id: 's' })).toBe(false);
});

test.each([undefined, null, 'mark', {}, { seen: 'all' }])(
	'a damaged mark is none: %j',
	(stored) => {
		expect(readMark(stored)).toBeUndefined();
	},
);
