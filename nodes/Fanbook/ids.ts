import { badParameter } from '../shared/failure';
import { idText, isUnset, textList } from '../shared/values';

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
	if (isUnset(value)) return value;
	const id = idText(label, value);
	if (isLongId.test(id)) return id;
	throw badParameter(label, `cannot be "${id}"`, LONG_ID.message);
}

/**
 * Several of them; empty when nothing is given.
 *
 * @param also a word that may stand among them
 */
export function longIds(label: string, value: unknown, also?: string): string[] {
	const ids = isUnset(value) ? [] : textList(label, value);
	for (const id of ids) {
		if (isLongId.test(id) || id === also) continue;
		throw badParameter(label, `cannot hold "${id}"`, 'Use long IDs: digits only, at most 19');
	}
	return ids;
}
