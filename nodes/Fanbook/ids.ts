import { invalidParameter } from '../shared/errors';
import type { Json } from '../shared/json';
import { parseId, isEmpty, parseStringList } from '../shared/execution/parameterValues';

/** What a long ID of Fanbook looks like, and the sentence for what is none. */
export const LONG_ID = {
	regex: '^\\d{1,19}$',
	message: 'Use the long ID: digits only, at most 19',
};

const isLongId = new RegExp(LONG_ID.regex);

/**
 * An ID that travels as text, which the wire would not check.
 *
 * @throws Failure naming the parameter when it is no long ID
 */
export function longId(label: string, value: unknown): unknown {
	if (isEmpty(value)) return value;
	const id = parseId(label, value);
	if (isLongId.test(id)) return id;
	throw invalidParameter(label, `cannot be "${id}"`, LONG_ID.message);
}

/**
 * Several of them; empty when nothing is given.
 *
 * @param also a word that may stand among them
 */
export function longIds(label: string, value: unknown, also?: string): string[] {
	const ids = isEmpty(value) ? [] : parseStringList(label, value);
	for (const id of ids) {
		if (isLongId.test(id) || id === also) continue;
		throw invalidParameter(label, `cannot hold "${id}"`, 'Use long IDs: digits only, at most 19');
	}
	return ids;
}

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
