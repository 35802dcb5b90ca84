const MAX_LENGTH = 100;

/** Returns a value as a message shows it: short, and without failing on unusual objects. */
export function shown(value: unknown): string {
	const text = asText(value);
	return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return String(value);
	try {
		return JSON.stringify(value) ?? 'an object';
	} catch {
		return 'an object';
	}
}
