import { isObject, toJson } from '../../shared/json';
import {
	isEmptyValue,
	parseInteger,
	parseStringList,
} from '../../shared/execution/parameterValues';

/** Returns the entries of a fixed collection (`{ <group>: [...] }`). */
export function entriesOf(value: unknown, group: string): Array<Record<string, unknown>> {
	const list: unknown = isObject(value) ? value[group] : value;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Returns a member as text; empty when it is missing. */
export function textAt(entry: Record<string, unknown>, name: string): string {
	const value = toJson(entry[name]);
	return value === null || typeof value === 'object' ? '' : String(value ?? '');
}

/**
 * Returns a member as number.
 *
 * @throws NodeFailure when it is filled in and not a whole number
 */
export function numberAt(entry: Record<string, unknown>, name: string, fallback: number): number {
	const value = entry[name];
	return isEmptyValue(value) ? fallback : parseInteger(displayNameOf(name), value);
}

/** Returns a member as list of texts. */
export function listAt(entry: Record<string, unknown>, name: string): string[] {
	return parseStringList(displayNameOf(name), entry[name] ?? '');
}

/** `imageWidth` is shown as "Image Width". */
function displayNameOf(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	return words.charAt(0).toUpperCase() + words.slice(1);
}
