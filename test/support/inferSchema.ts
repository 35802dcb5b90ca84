/** A schema as n8n's editor reads it. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	version?: number;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeAll(values: unknown[]): OutputSchema {
	const known = values.filter((value) => value !== null && value !== undefined);
	const [first] = known;
	if (Array.isArray(first)) {
		const items = known.flatMap((value) => (Array.isArray(value) ? value : []));
		return items.length > 0 ? { type: 'array', items: describeAll(items) } : { type: 'array' };
	}
	if (isObject(first)) {
		const objects = known.filter(isObject);
		const names = [...new Set(objects.flatMap((item) => Object.keys(item)))];
		const properties = names.map((name) => [name, describeAll(objects.map((o) => o[name]))]);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	return { type: first === undefined ? 'null' : typeof first };
}

/** Returns the schema of the items that an operation returns. */
export function inferSchema(items: Array<Record<string, unknown>>): OutputSchema {
	return { ...describeAll(items), version: 1 };
}
