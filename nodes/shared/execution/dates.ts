import { DateTime } from 'luxon';
import { invalidParameter } from '../errors';
import { toJson } from '../json';
import { shown } from './shownValue';

/** A timestamp in this range is in seconds (1973 to 5138), from its end on in milliseconds. */
const MIN_SECONDS = 1e8;
const MIN_MILLISECONDS = 1e11;
const MAX_MILLISECONDS = 8.64e15;

/** Longest text that can be a date. */
const MAX_LENGTH = 100;

/** Forms beside ISO 8601, read in the workflow's time zone. Each has one meaning only. */
const LOCAL_FORMATS = [
	'yyyy-M-d',
	'yyyy-M-d H:mm',
	'yyyy-M-d H:mm:ss',
	'yyyy-M-d h:mm a',
	'yyyy-M-d h:mm:ss a',
	"yyyy'年'M'月'd'日'",
	"yyyy'年'M'月'd'日' H:mm",
	'MMM d, yyyy',
	'MMM d, yyyy H:mm',
	'MMM d, yyyy h:mm a',
	'MMMM d, yyyy',
	'MMMM d, yyyy H:mm',
	'MMMM d, yyyy h:mm a',
	'd MMM yyyy',
	'd MMM yyyy H:mm',
	'd MMMM yyyy',
	'd MMMM yyyy H:mm',
];

/** What JavaScript's `Date` becomes as text; the weekday and the zone's name are removed before. */
const JAVASCRIPT_FORMAT = "MMM dd yyyy HH:mm:ss 'GMT'ZZZ";

/**
 * Converts a date to ISO 8601 in UTC. Text without an offset, as the editor's date picker gives it,
 * is read in the workflow's time zone. Numbers are seconds or milliseconds since 1970.
 *
 * @throws NodeFailure naming the parameter when the value is not a date of a known form
 */
export function toIsoDate(displayName: string, value: unknown, timezone: string): string {
	const time = readDate(value, timezone);
	if (time === undefined) {
		throw invalidParameter(
			displayName,
			`cannot be "${shown(value)}"`,
			'Use a date such as 2026-01-31T18:00:00Z, or 2026-01-31 18:00 in the time zone of the workflow',
		);
	}
	return new Date(time).toISOString();
}

/** Returns milliseconds since 1970, or `undefined` for what is not a date. */
function readDate(value: unknown, timezone: string): number | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return readTimestamp(Number(value));
	const json = toJson(value);
	if (typeof json !== 'string') return undefined;
	const text = json.trim();
	if (text === '' || text.length > MAX_LENGTH) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) {
		return Number(text) === 0 ? undefined : readTimestamp(Number(text));
	}
	const options = { zone: timezone, locale: 'en-US' };
	const candidates = [
		() => DateTime.fromISO(text.replace(/^(\d{4}-\d{2}-\d{2}) +(?=\d)/, '$1T'), options),
		() => DateTime.fromRFC2822(text, options),
		() => DateTime.fromFormat(withoutNames(text), JAVASCRIPT_FORMAT, options),
		...LOCAL_FORMATS.map(
			(format) => () =>
				DateTime.fromFormat(text.replace(/^(\d{4})\/(\d+)\//, '$1-$2-'), format, options),
		),
	];
	for (const read of candidates) {
		const date = read();
		if (date.isValid) return date.toMillis();
	}
	return undefined;
}

function readTimestamp(number: number): number | undefined {
	if (number === 0) return 0;
	if (!(number >= MIN_SECONDS && number <= MAX_MILLISECONDS)) return undefined;
	return number < MIN_MILLISECONDS ? number * 1000 : number;
}

function withoutNames(text: string): string {
	return text.replace(/^[A-Z][a-z]{2} /, '').replace(/ \([^()]*\)$/, '');
}
