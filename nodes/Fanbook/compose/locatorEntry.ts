import type { INodeProperties } from 'n8n-workflow';
import { fieldProperty } from '../../shared/definition/describe';
import { invalidParameter } from '../../shared/errors';
import { locatorField } from '../../shared/definition/fields';
import type { Locator } from '../../shared/definition/operation';
import { toWireValue } from '../../shared/execution/parameterValues';

/** Returns a locator for the entries of a fixed collection. */
export function locatorProperty(
	name: string,
	displayName: string,
	description: string,
	{ locator, show }: { locator: Locator; show: Record<string, string[]> },
): INodeProperties {
	return {
		...fieldProperty(locatorField(name, displayName, description, locator, { name })),
		displayOptions: { show },
	};
}

/**
 * Returns the id of such a locator.
 *
 * @throws NodeFailure when it is empty or not an id
 */
export function readLocatorId(displayName: string, value: unknown, locator: Locator): string {
	const id = toWireValue(locatorField('id', displayName, '', locator), value, 'UTC');
	if (id === undefined)
		throw invalidParameter(displayName, 'is empty', `Choose one under "${displayName}"`);
	return String(id);
}
