import { invalidParameter } from '../errors';
import { toJson } from '../json';

/**
 * A point in time as ISO 8601 in UTC. Text without an offset, as the editor's date picker gives it,
 * is read in the workflow's time zone.
 *
 * @throws Failure naming the parameter when it is no date
 */
export function toIsoDate(displayName: string, value: unknown, timezone: string): string {
	const text = typeof value === 'number' ? new Date(value).toJSON() : toJson(value);
	if (typeof text !== 'string') throw invalidDate(displayName, value);
	const trimmed = text.trim();
	const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/.exec(trimmed);
	const time =
		local === null
			? Date.parse(trimmed)
			: zonedTimeToUtc(`${local[1] ?? ''}T${local[2] ?? '00:00'}`, timezone);
	if (Number.isNaN(time)) throw invalidDate(displayName, value);
	return new Date(time).toISOString();
}

function invalidDate(displayName: string, value: unknown) {
	return invalidParameter(
		displayName,
		`cannot be "${String(value)}"`,
		'Use a date such as 2026-01-31T18:00:00Z',
	);
}

/** Milliseconds since 1970 of a clock reading in a time zone. */
function zonedTimeToUtc(clock: string, timezone: string): number {
	const asUtc = Date.parse(`${clock}Z`);
	// The offset can differ on both sides of a clock change, so it is taken where the result lies.
	const guess = asUtc - zoneOffset(asUtc, timezone);
	return asUtc - zoneOffset(guess, timezone);
}

function zoneOffset(time: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(new Date(time));
	const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
	const there = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return there - Math.floor(time / 1000) * 1000;
}
