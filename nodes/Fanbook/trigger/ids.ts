import type { Json } from '../../shared/json';

/** Negative when `a` is the older id, positive when it is the newer, zero when both are the same. */
export function compareIds(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a === b ? 0 : a < b ? -1 : 1;
}

/** An id as text; `null` for nothing and for the `0` that stands for it. */
export function readId(value: Json | undefined): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text !== '' && text !== '0' ? text : null;
}
