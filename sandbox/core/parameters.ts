import { isLosslessNumber, isObject, type JsonObject, type JsonValue } from './json';
import type { Part } from './request';

function asText(value: JsonValue | undefined): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	return isLosslessNumber(value) ? value.value : undefined;
}

/**
 * The parameters of a valid request under their contract names. Ids and other integers are
 * text, exactly as the client sent them. `text` and `file` throw TypeError for a missing
 * parameter: check `has` first or use `optionalText`.
 */
export class Parameters {
	constructor(
		private readonly values: ReadonlyMap<string, JsonValue>,
		private readonly parts: ReadonlyMap<string, Part> = new Map(),
	) {}

	/** Returns whether the parameter is present, null included. */
	has(name: string): boolean {
		return this.values.has(name) || this.parts.has(name);
	}

	isNull(name: string): boolean {
		return this.values.get(name) === null;
	}

	/** Returns the JSON value; numbers keep all digits. */
	raw(name: string): JsonValue | undefined {
		return this.values.get(name);
	}

	text(name: string): string {
		const value = this.optionalText(name);
		if (value === undefined) throw new TypeError(`${name} is missing`);
		return value;
	}

	/** Returns the value as text; undefined when absent or null. */
	optionalText(name: string): string | undefined {
		return asText(this.values.get(name));
	}

	/** Returns a small integer, or the fallback when absent. */
	integer(name: string, fallback: number): number {
		const value = this.optionalText(name);
		return value === undefined ? fallback : Number(value);
	}

	boolean(name: string): boolean | undefined {
		const value = this.optionalText(name);
		return value === undefined ? undefined : value === 'true';
	}

	/** Returns a list of texts (ids included); empty when absent or null. */
	texts(name: string): string[] {
		const value = this.values.get(name);
		if (!Array.isArray(value)) return [];
		return value.flatMap((item) => asText(item) ?? []);
	}

	/** Returns a list of objects; empty when absent or null. */
	objects(name: string): JsonObject[] {
		const value = this.values.get(name);
		return Array.isArray(value) ? value.filter(isObject) : [];
	}

	object(name: string): JsonObject | undefined {
		const value = this.values.get(name);
		return isObject(value) ? value : undefined;
	}

	file(name: string): Part {
		const part = this.parts.get(name);
		if (!part) throw new TypeError(`${name} is missing`);
		return part;
	}
}
