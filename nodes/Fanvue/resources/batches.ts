/** Splits a list into lists of at most this many entries. */
export function splitIntoBatches<T>(entries: readonly T[], size: number): T[][] {
	const batches: T[][] = [];
	for (let start = 0; start < entries.length; start += size) {
		batches.push(entries.slice(start, start + size));
	}
	return batches;
}
