import type { INodeProperties } from 'n8n-workflow';

/** A text field of a credential that most people leave as it is. */
type AdvancedField = INodeProperties & { type: 'string' | 'options'; default: string };

/**
 * Returns the switch "Advanced" and the fields that it shows. Its state decides only what the panel
 * shows: a stored value is used all the same, and a notice names it while the switch is off.
 *
 * n8n neither reads nor stores a credential's value while its field is hidden by a condition.
 * Therefore each field has a second property with the same name, of type `hidden`, which holds the
 * value while the switch is off.
 */
export function advancedFields(fields: AdvancedField[]): INodeProperties[] {
	return [
		advancedSwitch('Values set there apply even while hidden.'),
		...fields.flatMap((field) => [
			shownWhenOn(field),
			{
				displayName: field.displayName,
				name: field.name,
				type: 'hidden' as const,
				...(field.typeOptions === undefined ? {} : { typeOptions: field.typeOptions }),
				default: field.default,
				displayOptions: { hide: { advanced: [true] } },
			},
			hiddenValueNotice(field),
		]),
	];
}

/**
 * Returns the switch and its fields for a credential type that extends another one. n8n merges the
 * properties of such types by name, so there can be no second property of one name. Therefore the
 * fields that the switch shows have names of their own (`customBaseUrl`), which count while the
 * switch is on. The values under the plain names (`baseUrl`) are hidden and always kept, for
 * credentials that are made through n8n's API or its credential overwrites.
 */
export function advancedFieldsOfExtension(fields: AdvancedField[]): INodeProperties[] {
	return [
		advancedSwitch('While this is off, values entered there are not used.'),
		...fields.flatMap((field) => [
			{
				...shownWhenOn(field),
				name: customName(field.name),
				default: '',
				placeholder: `e.g. ${field.default}`,
			},
			{
				displayName: field.displayName,
				name: field.name,
				type: 'hidden' as const,
				default: field.default,
			},
		]),
	];
}

/** Returns the name of the field that replaces a hidden value: `customBaseUrl` for `baseUrl`. */
function customName(name: string): string {
	return `custom${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function advancedSwitch(effect: string): INodeProperties {
	return {
		displayName: 'Advanced',
		name: 'advanced',
		type: 'boolean',
		default: false,
		description: `Whether to show addresses and special settings. ${effect}`,
	};
}

function shownWhenOn(field: AdvancedField): INodeProperties {
	return { ...field, displayOptions: { hide: { advanced: [false] } } };
}

function hiddenValueNotice({
	displayName,
	name,
	default: unchanged,
}: AdvancedField): INodeProperties {
	return {
		displayName: `${displayName} is set and in use. Turn on Advanced to see or change it.`,
		name: `${name}Notice`,
		type: 'notice',
		default: '',
		displayOptions: { hide: { advanced: [true], [name]: [...new Set(['', unchanged])] } },
	};
}
