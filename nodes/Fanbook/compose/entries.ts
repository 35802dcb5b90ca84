import { isObject, toJson } from '../../shared/json';
import { isEmpty, parseStringList } from '../../shared/execution/parameterValues';

/** The entries of a list parameter (`{ <group>: [...] }`), as n8n gives them. */
export function entriesOf(value: unknown, group: string): Array<Record<string, unknown>> {
	const list: unknown = isObject(value) ? value[group] : value;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A member as text; empty when it is not there. */
export function textAt(entry: Record<string, unknown>, name: string): string {
	const value = toJson(entry[name]);
	return value === null || typeof value === 'object' ? '' : String(value ?? '');
}

/** A member as number. */
export function numberAt(entry: Record<string, unknown>, name: string, fallback: number): number {
	const value = Number(entry[name] ?? fallback);
	return Number.isFinite(value) ? value : fallback;
}

/** A member as list of texts. */
export function listAt(entry: Record<string, unknown>, name: string): string[] {
	const value = entry[name];
	return isEmpty(value) ? [] : parseStringList(name, value);
}
