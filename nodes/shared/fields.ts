import type { Choice, Field, Look, Picker, Wire } from './operation';

/**
 * Short words for the fields of a table. Each takes the API's own name, the name people read, one
 * sentence about it, and whatever else differs from the usual.
 */
type More = Partial<Omit<Field, 'key' | 'label' | 'about'>> & { look?: Look; wire?: Wire };

function field(look: Look, wire: Wire) {
	return (key: string, label: string, about: string, more: More = {}): Field => ({
		key,
		label,
		about,
		look,
		wire,
		...more,
	});
}

/** Free text of one line. */
export const text = field({ as: 'text' }, 'text');

/** Free text of several lines. */
export const longText = field({ as: 'text', rows: 4 }, 'text');

/** An identifier typed in as text and sent as text. */
export const id = field({ as: 'text' }, 'id');

/** A 64-bit identifier typed in as text and sent as bare digits. */
export const int64 = field({ as: 'text' }, 'digits');

/** Several texts, separated by commas or given as a list. */
export const list = field({ as: 'list' }, 'list');

/** Several 64-bit identifiers, sent as bare digits. */
export const int64List = field({ as: 'list' }, 'digitsList');

/** Several texts, sent as one text with commas between them. */
export const commas = field({ as: 'list' }, 'commas');

/** A switch; the sentence begins with "Whether". */
export const flag = field({ as: 'flag' }, 'boolean');

/** An object or a list as JSON. */
export const json = field({ as: 'json' }, 'json');

/** A point in time, sent as ISO 8601 in UTC. */
export const date = field({ as: 'date' }, 'isoDate');

/** The name of the item's field that holds a file. */
export const file = (
	key: string,
	label = 'Input Data Field Name',
	about = 'Name of the field of the input item that holds the file',
	more: More = {},
): Field => ({
	key,
	name: 'binaryPropertyName',
	label,
	about,
	look: { as: 'text' },
	wire: 'binary',
	in: 'multipart',
	default: 'data',
	hint: 'The name of the input field containing the file data to be processed',
	...more,
});

/** A whole number within bounds. */
export const integer = (
	key: string,
	label: string,
	about: string,
	{ min, max, ...more }: More & { min?: number; max?: number } = {},
): Field => field({ as: 'number', min, max }, 'integer')(key, label, about, more);

/** One of several values. */
export const choice = (
	key: string,
	label: string,
	about: string,
	choices: Choice[],
	more: More = {},
): Field => field({ as: 'choice', choices }, 'text')(key, label, about, more);

/** Any of several values. */
export const choices = (
	key: string,
	label: string,
	about: string,
	options: Choice[],
	more: More = {},
): Field => field({ as: 'choices', choices: options }, 'list')(key, label, about, more);

/** A thing picked from a list, by its ID or by its address. */
export const locator = (
	key: string,
	label: string,
	about: string,
	picker: Picker,
	more: More = {},
): Field => field({ as: 'locator', picker }, 'id')(key, label, about, more);

/** Choices whose names follow from their values: `top_spenders` is shown as "Top Spenders". */
export function named(...values: string[]): Choice[] {
	return values.map((value) => ({
		name: value
			.replace(/([a-z])([A-Z])/g, '$1 $2')
			.split(/[\s_-]+/)
			.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
			.join(' '),
		value,
	}));
}
