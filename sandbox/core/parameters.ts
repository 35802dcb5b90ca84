import { isLosslessNumber, isObject, type JsonObject, type JsonValue } from './json';
import type { Part } from './request';

function asText(value: JsonValue | undefined): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	return isLosslessNumber(value) ? value.value : undefined;
}

/**
 * The parameters of a checked request under their contract names. Ids and other integers are
 * text here, exactly as the client wrote them. Readers of one value throw TypeError for a
 * parameter that is absent: a handler asks `has` first or uses the `optional` readers.
 */
export class Parameters {
	constructor(
		private readonly values: ReadonlyMap<string, JsonValue>,
		private readonly parts: ReadonlyMap<string, Part> = new Map(),
	) {}

	/** Whether the parameter was given, be it as null. */
	has(name: string): boolean {
		return this.values.has(name) || this.parts.has(name);
	}

	isNull(name: string): boolean {
		return this.values.get(name) === null;
	}

	/** The value as JSON holds it, numbers with all digits. */
	raw(name: string): JsonValue | undefined {
		return this.values.get(name);
	}

	text(name: string): string {
		const value = this.optionalText(name);
		if (value === undefined) throw new TypeError(`${name} was not given`);
		return value;
	}

	/** The value as text; undefined when absent or null. */
	optionalText(name: string): string | undefined {
		return asText(this.values.get(name));
	}

	/** A small integer, or the fallback when the parameter is absent. */
	integer(name: string, fallback: number): number {
		const value = this.optionalText(name);
		return value === undefined ? fallback : Number(value);
	}

	boolean(name: string): boolean | undefined {
		const value = this.optionalText(name);
		return value === undefined ? undefined : value === 'true';
	}

	/** A list of texts (ids among them); empty when absent or null. */
	texts(name: string): string[] {
		const value = this.values.get(name);
		if (!Array.isArray(value)) return [];
		return value.flatMap((item) => asText(item) ?? []);
	}

	/** A list of objects; empty when absent or null. */
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
		if (!part) throw new TypeError(`${name} was not given`);
		return part;
	}
}
