import { isObject, toJson } from '../../shared/json';
import { isEmpty, parseStringList } from '../../shared/execution/parameterValues';

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

/** Returns a member as number. */
export function numberAt(entry: Record<string, unknown>, name: string, fallback: number): number {
	const value = Number(entry[name] ?? fallback);
	return Number.isFinite(value) ? value : fallback;
}

/** Returns a member as list of texts. */
export function listAt(entry: Record<string, unknown>, name: string): string[] {
	const value = entry[name];
	return isEmpty(value) ? [] : parseStringList(name, value);
}
