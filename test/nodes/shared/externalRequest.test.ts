import fc from 'fast-check';
import { splitIntoParts, chunksOf } from '../../../nodes/shared/client/externalRequest';

async function all(source: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const found: Buffer[] = [];
	for await (const piece of source) found.push(Buffer.from(piece));
	return found;
}

async function* from(list: Buffer[]): AsyncGenerator<Buffer> {
	yield* list;
}

test('chunks of any size become parts of one size, and no byte is lost', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.uint8Array({ maxLength: 40 })),
			fc.integer({ min: 1, max: 16 }),
			async (arrays, size) => {
				const list = arrays.map((bytes) => Buffer.from(bytes));
				const parts = await all(splitIntoParts(from(list), size));
				expect(Buffer.concat(parts).equals(Buffer.concat(list))).toBe(true);
				expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
				expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true);
			},
		),
	);
});

test('parts are written into the given buffers', async () => {
	const mine = Buffer.alloc(4);
	const parts: Buffer[] = [];
	for await (const part of splitIntoParts(from([Buffer.from('abcdef')]), 4, () => mine)) {
		parts.push(part);
		expect(part.buffer).toBe(mine.buffer);
	}
	expect(parts.map((part) => part.length)).toEqual([4, 2]);
});

test('a body is read in chunks, whether it is a buffer, a text or empty', async () => {
	expect(await all(chunksOf(Buffer.from('sea')))).toEqual([Buffer.from('sea')]);
	expect(await all(chunksOf('sée'))).toEqual([Buffer.from('sée')]);
	expect(await all(chunksOf(undefined))).toEqual([]);
});
