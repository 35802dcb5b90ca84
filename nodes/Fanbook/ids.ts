import { NodeFailure, invalidParameter } from '../shared/errors';
import { Int64Literal } from '../shared/json';
import type { Json } from '../shared/json';
import { shown } from '../shared/execution/shownValue';
import { parseId, isEmptyValue, parseStringList } from '../shared/execution/parameterValues';

/** Pattern of Fanbook's long ids, and the message for other values. */
export const LONG_ID = {
	regex: '^\\d{1,19}$',
	message: 'Use the long ID: digits only, at most 19',
};

const isLongId = new RegExp(LONG_ID.regex);

/**
 * Reads a long id that is sent as text, whose format Fanbook does not check.
 *
 * @throws NodeFailure that names the parameter when the value is not a long id
 */
export function parseLongId(displayName: string, value: unknown): unknown {
	if (isEmptyValue(value)) return undefined;
	const id = parseId(displayName, value);
	if (isLongId.test(id)) return id;
	throw invalidParameter(displayName, `cannot be "${shown(id)}"`, LONG_ID.message);
}

/**
 * Reads a list of long ids; empty when there is no value.
 *
 * @param keyword text that is allowed beside ids
 */
export function parseLongIds(displayName: string, value: unknown, keyword?: string): string[] {
	const ids = isEmptyValue(value) ? [] : parseStringList(displayName, value);
	for (const id of ids) {
		if (isLongId.test(id) || id === keyword) continue;
		throw invalidParameter(
			displayName,
			`cannot contain "${shown(id)}"`,
			'Use long IDs: digits only, at most 19',
		);
	}
	return ids;
}

/**
 * Returns the ID of a row, from which the next page starts.
 *
 * @throws NodeFailure for anything but digits
 */
export function idOfRow(id: string): Int64Literal {
	if (isLongId.test(id)) return new Int64Literal(BigInt(id).toString());
	throw new NodeFailure(`Fanbook returned the ID "${shown(id)}", which is not a number`, {
		description: 'The rows after it cannot be read. Lower Limit to get those before it',
	});
}

/** Compares ids by age: negative when `a` is older, positive when it is newer, zero when equal. */
export function compareIds(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a === b ? 0 : a < b ? -1 : 1;
}

/** Returns an id as text; `null` for a missing id and for `0`, which Fanbook uses for none. */
export function readId(value: Json | undefined): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text !== '' && text !== '0' ? text : null;
}
