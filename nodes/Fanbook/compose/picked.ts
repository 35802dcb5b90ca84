import type { INodeProperties } from 'n8n-workflow';
import { fieldProperty } from '../../shared/definition/describe';
import { invalidParameter } from '../../shared/errors';
import { locatorField } from '../../shared/definition/fields';
import type { Locator } from '../../shared/definition/operation';
import { toWireValue } from '../../shared/execution/parameterValues';

/** A locator inside a list of entries, where the table's own fields cannot stand. */
export function locatorProperty(
	label: string,
	name: string,
	about: string,
	picker: Locator,
	show: Record<string, string[]>,
): INodeProperties {
	return {
		...fieldProperty(locatorField(name, label, about, picker, { name })),
		displayOptions: { show },
	};
}

/**
 * The id behind such a locator.
 *
 * @throws Failure when it is empty or no id
 */
export function pickedId(label: string, value: unknown, picker: Locator): string {
	const id = toWireValue(locatorField('id', label, '', picker), value, 'UTC');
	if (id === undefined) throw invalidParameter(label, 'is empty', `Choose one under "${label}"`);
	return String(id);
}
