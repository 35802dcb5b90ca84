import type {
	FieldOption,
	Field,
	FieldInput,
	Locator,
	OptionsSource,
	WireFormat,
} from './operation';

/**
 * Functions that define the fields of a table. Each takes the API's own name, the display name, the
 * description, and the settings that differ from the default. The order is that of a line of a table.
 */
type FieldSettings = Partial<Omit<Field, 'key' | 'displayName' | 'description'>> & {
	input?: FieldInput;
	wireFormat?: WireFormat;
};

function fieldFactory(input: FieldInput, wireFormat: WireFormat) {
	return (
		key: string,
		displayName: string,
		description: string,
		more: FieldSettings = {},
	): Field => ({
		key,
		displayName,
		description,
		input,
		wireFormat,
		...more,
	});
}

/** Free text of one line. */
export const textField = fieldFactory({ type: 'string' }, 'text');

/** Free text of several lines. */
export const longTextField = fieldFactory({ type: 'string', rows: 4 }, 'text');

/** An identifier typed in as text and sent as text. */
export const idField = fieldFactory({ type: 'string' }, 'id');

/** A 64-bit identifier typed in as text and sent as bare digits. */
export const int64Field = fieldFactory({ type: 'string' }, 'int64');

/** Several texts, separated by commas or given as a list. */
export const stringListField = fieldFactory({ type: 'stringList' }, 'stringList');

/** Several 64-bit identifiers, sent as bare digits. */
export const int64ListField = fieldFactory({ type: 'stringList' }, 'int64List');

/** Several texts, sent as one text with commas between them. */
export const commaListField = fieldFactory({ type: 'stringList' }, 'commaList');

/** A switch; the sentence begins with "Whether". */
export const booleanField = fieldFactory({ type: 'boolean' }, 'boolean');

/** An object or a list as JSON. */
export const jsonField = fieldFactory({ type: 'json' }, 'json');

/** A point in time, sent as ISO 8601 in UTC. */
export const dateTimeField = fieldFactory({ type: 'dateTime' }, 'dateTime');

/** The name of the item's field that holds a file. */
export const fileField = (
	key: string,
	displayName = 'Input Data Field Name',
	description = 'Name of the field of the input item that holds the file',
	more: FieldSettings = {},
): Field => ({
	key,
	name: 'binaryPropertyName',
	displayName,
	description,
	input: { type: 'string' },
	wireFormat: 'binary',
	in: 'multipart',
	default: 'data',
	hint: 'The name of the input field containing the file data to be processed',
	...more,
});

/** A whole number within bounds. */
export const integerField = (
	key: string,
	displayName: string,
	description: string,
	{ min, max, ...more }: FieldSettings & { min?: number; max?: number } = {},
): Field =>
	fieldFactory({ type: 'number', min, max }, 'integer')(key, displayName, description, more);

/** One of several values. */
export const optionsField = (
	key: string,
	displayName: string,
	description: string,
	choices: FieldOption[],
	more: FieldSettings = {},
): Field => fieldFactory({ type: 'options', choices }, 'text')(key, displayName, description, more);

/** Any of several values. */
export const multiOptionsField = (
	key: string,
	displayName: string,
	description: string,
	options: FieldOption[],
	more: FieldSettings = {},
): Field =>
	fieldFactory({ type: 'multiOptions', choices: options }, 'stringList')(
		key,
		displayName,
		description,
		more,
	);

/**
 * Several things picked from a list that the service provides; an expression may also give an array or
 * text with commas. n8n requires the display name to end with "Names or IDs".
 */
export const loadedListField = (
	key: string,
	displayName: string,
	description: string,
	source: OptionsSource,
	more: FieldSettings = {},
): Field =>
	fieldFactory({ type: 'loadedMultiOptions', source }, 'stringList')(
		key,
		displayName,
		description,
		more,
	);

/** A thing picked from a list, by its ID or by its address. */
export const locatorField = (
	key: string,
	displayName: string,
	description: string,
	picker: Locator,
	more: FieldSettings = {},
): Field =>
	fieldFactory({ type: 'resourceLocator', picker }, 'id')(key, displayName, description, more);

/** Choices whose names follow from their values: `top_spenders` is shown as "Top Spenders". */
export function optionsFromValues(...values: string[]): FieldOption[] {
	return values.map((value) => ({
		name: value
			.replace(/([a-z])([A-Z])/g, '$1 $2')
			.split(/[\s_-]+/)
			.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
			.join(' '),
		value,
	}));
}
