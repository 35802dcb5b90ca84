import type { INodeProperties } from 'n8n-workflow';
import { fieldProperty } from '../../shared/describe';
import { badParameter } from '../../shared/failure';
import { locator } from '../../shared/fields';
import type { Picker } from '../../shared/operation';
import { wireValue } from '../../shared/values';

/** A locator inside a list of entries, where the table's own fields cannot stand. */
export function locatorProperty(
	label: string,
	name: string,
	about: string,
	picker: Picker,
	show: Record<string, string[]>,
): INodeProperties {
	return {
		...fieldProperty(locator(name, label, about, picker, { name })),
		displayOptions: { show },
	};
}

/**
 * The id behind such a locator.
 *
 * @throws Failure when it is empty or no id
 */
export function pickedId(label: string, value: unknown, picker: Picker): string {
	const id = wireValue(locator('id', label, '', picker), value, 'UTC');
	if (id === undefined) throw badParameter(label, 'is empty', `Choose one under "${label}"`);
	return String(id);
}
