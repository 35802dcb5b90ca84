import { createHash } from 'node:crypto';

/**
 * Returns an opaque id of eleven characters from `A-Za-z0-9_-`, always the same for the same input.
 * About every seventh id starts with `-` or `_`, as on the real service.
 */
export function opaqueId(kind: string, number: number): string {
	const id = createHash('sha1').update(`${kind} ${number}`).digest('base64url').slice(0, 11);
	if (number % 13 === 5) return `-${id.slice(1)}`;
	return number % 17 === 3 ? `_${id.slice(1)}` : id;
}

/** Returns a user's `unique_id`: `~` and eleven characters. */
export function uniqueId(loginName: string): string {
	return `~${createHash('sha1').update(loginName).digest('base64url').slice(0, 11)}`;
}

/** Formats a time as `Sun Nov 22 01:59:27 +0000 2026`, always UTC. */
export function dateText(ms: number): string {
	const [weekday = '', day, month, year, time] = new Date(ms).toUTCString().split(' ');
	return `${weekday.slice(0, 3)} ${month} ${day} ${time} +0000 ${year}`;
}
