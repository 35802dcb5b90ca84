import fc from 'fast-check';
import { parseCheckpoint, readNew } from '../../../nodes/shared/polling/checkpoint';
import type { Checkpoint } from '../../../nodes/shared/polling/checkpoint';

interface Row {
	id: string;
	time: number;
}

/** A list as a service would hand it out: newest first, in pages. */
function feed(list: Row[], asked: number[] = [], size = 3) {
	async function* pages() {
		const newest = [...list].reverse();
		for (let at = 0; at < newest.length; at += size) {
			asked.push(at);
			yield newest.slice(at, at + size);
		}
	}
	return { pages: pages(), id: ({ id }: Row) => id, time: ({ time }: Row) => time, overlap: 10 };
}

const rows = (...times: number[]): Row[] => times.map((time) => ({ id: `r${time}`, time }));

test('the first reading only finds out where to begin', async () => {
	const asked: number[] = [];
	const first = await readNew(feed(rows(1, 2, 3, 4, 5, 100, 101, 102), asked), undefined);
	expect(first.rows).toEqual([]);
	expect(first.mark.time).toBe(102);
	expect(asked).toEqual([0, 3]);
});

test('later ones give what is new, oldest first, and read no further back than needed', async () => {
	const list = rows(100, 200, 300, 310, 320, 330, 400);
	const { mark } = await readNew(feed(list), undefined);
	const asked: number[] = [];
	const second = await readNew(feed([...list, ...rows(500, 600)], asked), mark);
	expect(second.rows.map(({ time }) => time)).toEqual([500, 600]);
	expect(asked).toEqual([0, 3]);
	const third = await readNew(feed([...list, ...rows(500, 600)]), second.mark);
	expect(third.rows).toEqual([]);
});

test('an empty list, then a first row', async () => {
	const { mark } = await readNew(feed([]), undefined);
	expect((await readNew(feed(rows(5)), mark)).rows).toEqual(rows(5));
});

test('whatever arrives between readings comes exactly once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }), { maxLength: 8 }),
			async (bursts) => {
				let time = 1000;
				let count = 0;
				const list: Row[] = rows(985, 995, 996, 997, 998, 999);
				let mark: Checkpoint = (await readNew(feed(list), undefined)).mark;
				const got: string[] = [];
				for (const burst of bursts) {
					for (const gap of burst) {
						time += gap;
						count += 1;
						list.push({ id: `n${count}`, time });
					}
					const next = await readNew(feed(list), parseCheckpoint(JSON.parse(JSON.stringify(mark))));
					mark = next.mark;
					got.push(...next.rows.map(({ id }) => id));
				}
				expect(got).toEqual(list.slice(6).map(({ id }) => id));
			},
		),
	);
});

test('a row that shows up late, within the overlap, is still found once', async () => {
	const { mark } = await readNew(feed(rows(100, 110)), undefined);
	const late = [...rows(100), { id: 'late', time: 105 }, ...rows(110)];
	const next = await readNew(feed(late), mark);
	expect(next.rows.map(({ id }) => id)).toEqual(['late']);
	expect((await readNew(feed(late), next.mark)).rows).toEqual([]);
});

test.each([[undefined], [null], ['x'], [{}], [{ time: 'x', ids: [] }], [{ time: 1, ids: 2 }]])(
	'%p is no mark',
	(stored) => expect(parseCheckpoint(stored)).toBeUndefined(),
);
