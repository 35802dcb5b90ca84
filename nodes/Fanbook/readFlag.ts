import type { Json } from '../shared/json';

/** A truth value, also if it is sent as a number or text; `null` for anything else. */
export function readFlag(value: Json | undefined): boolean | null {
	const text = String(value ?? '').toLowerCase();
	return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : null;
}
