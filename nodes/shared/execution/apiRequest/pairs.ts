import { textField } from '../../definition/fields';
import type { Field, ItemContext } from '../../definition/operation';
import { invalidParameter } from '../../errors';
import { isObject } from '../../json';
import { isEmptyValue, parseId } from '../parameterValues';

/** Where the rows of names and values are inside the parameter. */
const ROWS = 'parameters';

/**
 * Returns a field with rows of a name and a value each.
 *
 * @param row what the panel calls one of them
 */
export function pairsField(
	key: string,
	{
		displayName,
		description,
		row = 'Parameter',
		...more
	}: { displayName: string; description: string; row?: string } & Partial<Field>,
): Field {
	const value = (name: string, displayName: string) => ({
		displayName,
		name,
		type: 'string' as const,
		default: '',
	});
	return {
		...textField(key, displayName, description, { notSent: true, required: false }),
		input: {
			type: 'custom',
			property: {
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: `Add ${row}`,
				options: [
					{
						displayName: `${row}s`,
						name: ROWS,
						values: [value('name', 'Name'), value('value', 'Value')],
					},
				],
			},
		},
		...more,
	};
}

/**
 * Returns the rows of such a field in order. A row with a list has one pair per element; a row without
 * a value (null) is left out, and an empty text is a value.
 *
 * @throws NodeFailure naming the field
 */
export function readPairs(
	item: ItemContext,
	{ parameter, displayName }: { parameter: string; displayName: string },
): Array<[name: string, value: string]> {
	const given = item.raw(parameter);
	const rows = isObject(given) ? given[ROWS] : given;
	if (!Array.isArray(rows)) {
		if (isEmptyValue(rows) || (isObject(given) && rows === undefined)) return [];
		throw invalidParameter(displayName, 'is not a list', 'Give rows of a name and a value');
	}
	return rows.flatMap((row: unknown): Array<[string, string]> => {
		const { name, value }: Record<string, unknown> = isObject(row) ? row : {};
		const values: unknown[] = Array.isArray(value) ? value : [value];
		const present = values.filter((one) => one !== undefined && one !== null);
		const named = typeof name === 'string' ? name.trim() : '';
		if (named === '') {
			if (present.every((one) => one === '')) return [];
			throw invalidParameter(displayName, 'has a value without a name', 'Fill in its name');
		}
		return present.map((one) => [named, one === '' ? '' : textOf(displayName, one)]);
	});
}

/** Returns text as it is; parseId refuses numbers that JavaScript has already rounded. */
function textOf(displayName: string, value: unknown): string {
	if (typeof value === 'number' && !Number.isInteger(value)) {
		if (Number.isFinite(value)) return String(value);
		throw invalidParameter(displayName, `cannot have the value ${value}`, 'Give text or a number');
	}
	if (typeof value === 'boolean') return String(value);
	return typeof value === 'string' ? value : parseId(displayName, value);
}

/** Returns pairs as an object, with a list for a name that occurs several times. */
export function toRecord(pairs: Array<[name: string, value: string]>): Record<string, unknown> {
	const values = new Map<string, string | string[]>();
	for (const [name, value] of pairs) {
		const known = values.get(name);
		values.set(name, known === undefined ? value : [known, value].flat());
	}
	return Object.fromEntries(values);
}
