import type { Parameters } from '../core/parameters';

/**
 * Returns one page of a list: at most `size` items after the cursor, and whether more follow. An
 * unknown cursor gives an empty page, which ends a client's loop.
 */
export function pageAfter<T>(
	items: readonly T[],
	{ cursor, size, idOf }: { cursor: string | undefined; size: number; idOf: (item: T) => string },
): { page: T[]; next: boolean } {
	const isFirst = cursor === undefined || cursor === '' || cursor === '0';
	const start = isFirst ? 0 : items.findIndex((item) => idOf(item) === cursor) + 1;
	if (!isFirst && start === 0) return { page: [], next: false };
	return { page: items.slice(start, start + size), next: start + size < items.length };
}

/** Returns the `size` parameter (text or number), limited to 1..`max`. */
export function readPageSize(parameters: Parameters, fallback: number, max: number): number {
	const size = parameters.integer('size', fallback);
	return Number.isInteger(size) && size > 0 ? Math.min(size, max) : fallback;
}
