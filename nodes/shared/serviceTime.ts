import { DateTime } from 'luxon';

/** No service is older. Earlier times stand for a missing one: services write 0, or the year 1. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);
/** Longest text of a time. */
const MAX_LENGTH = 100;

/**
 * Returns the milliseconds since 1970 of a time in a response: ISO 8601 (in UTC without an offset), the
 * format of e-mails, or Unix time in seconds or milliseconds.
 *
 * @returns `undefined` for anything else, and for a time that stands for none
 */
export function parseServiceTime(value: unknown): number | undefined {
	const time = typeof value === 'number' ? fromNumber(value) : fromText(value);
	return time !== undefined && time >= EARLIEST_MS ? time : undefined;
}

function fromNumber(value: number): number | undefined {
	return [value * 1000, value].find((time) => time >= EARLIEST_MS && time < LATEST_MS);
}

function fromText(value: unknown): number | undefined {
	if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined;
	const text = value.trim();
	if (/^\d{9,14}$/.test(text)) return fromNumber(Number(text));
	// Without this, a number would be a year and "10:00" today.
	const time = /^\d{4}-\d\d-\d\d/.test(text)
		? DateTime.fromISO(text.replace(' ', 'T').replace(/ (?=[Z+-])/i, ''), { zone: 'utc' })
		: DateTime.fromRFC2822(text);
	return time.isValid ? time.toMillis() : undefined;
}
