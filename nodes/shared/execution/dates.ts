import { DateTime } from 'luxon';
import { invalidParameter } from '../errors';
import { toJson } from '../json';
import { trimInvisible } from '../text';
import { shown } from './shownValue';

/** A timestamp in this range is in seconds (1973 to 5138), from its end on in milliseconds. */
const MIN_SECONDS = 1e8;
const MIN_MILLISECONDS = 1e11;
/** The end of the year 9999: the longest that ISO 8601 writes with four digits. */
const MAX_MILLISECONDS = 253_402_300_799_999;

/** Offsets from UTC reach from -12:00 to +14:00. */
const MIN_OFFSET_MINUTES = -12 * 60;
const MAX_OFFSET_MINUTES = 14 * 60;

/** `202611281800` and `20261128180000`: as milliseconds they would be in 1976 or 2612. */
const DIGITS_OF_A_DATE =
	/^(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/;

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
	if (typeof value === 'number' || typeof value === 'bigint') return readTimestamp(value);
	const json = toJson(value);
	if (typeof json !== 'string') return undefined;
	// An offset states the instant, whatever the name of the time zone after it.
	const text = trimInvisible(json).replace(/(Z|[+-]\d\d(?::?\d\d)?)\[[^[\]]*\]$/i, '$1');
	if (text === '' || text.length > MAX_LENGTH) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) {
		return Number(text) === 0 ? undefined : readTimestamp(text);
	}
	// A time alone would be today's, a year or month alone its first day, and a year of two digits
	// one of two.
	if (!HAS_DAY.test(text) || !HAS_YEAR.test(text)) return undefined;
	for (const read of readersOf(text)) {
		const date = read({ zone: timezone, locale: 'en-US' });
		if (!date.isValid) continue;
		const utc = read({ zone: 'utc', locale: 'en-US' });
		return isExact(text, date, utc) ? date.toMillis() : undefined;
	}
	return undefined;
}

/** Two numbers or a number and a name beside the year, or a week or day of the year. */
const HAS_DAY =
	/^\d{4}-?W\d\d-?\d|^\d{4}-\d{3}(?!\d)|\d\D{1,12}\d{1,4}\D{1,12}\d|[A-Za-z]{3}|^\d{8}T/;
const HAS_YEAR = /(?<!\d)\d{4}(?!\d)|^\d{8}T|^\d{7}T/;

type DateReader = (options: { zone: string; locale: string }) => DateTime;

function readersOf(text: string): DateReader[] {
	return [
		(options) => DateTime.fromISO(text.replace(/^(\d{4}-\d{2}-\d{2}) +(?=\d)/, '$1T'), options),
		(options) => DateTime.fromRFC2822(text, options),
		(options) => DateTime.fromFormat(withoutNames(text), JAVASCRIPT_FORMAT, options),
		...LOCAL_FORMATS.map(
			(format): DateReader =>
				(options) =>
					DateTime.fromFormat(text.replace(/^(\d{4})\/(\d+)\//, '$1-$2-'), format, options),
		),
	];
}

/**
 * Whether a date exists as it is written: 13:00 PM does not. A time that the change to summer time skips would be moved,
 * and so would one with an offset that no place has.
 */
function isExact(text: string, date: DateTime, utc: DateTime): boolean {
	const time = date.toMillis();
	const earliest = -62_135_596_800_000;
	if (time < earliest || time > MAX_MILLISECONDS) return false;
	if (/\b(?:0|00|1[3-9]|2\d):\d\d(?::\d\d)? ?[ap]m/i.test(text)) return false;
	const offset = /([+-])(\d{2}):?(\d{2})?(?: \([^()]*\))?$/.exec(text);
	if (time === utc.toMillis()) {
		if (offset === null || !text.includes(':')) return true;
		const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
		return offset[1] === '+' ? minutes <= MAX_OFFSET_MINUTES : -minutes >= MIN_OFFSET_MINUTES;
	}
	const hasTime = text.includes(':') || /T\d/.test(text);
	return !hasTime || (date.hour === utc.hour && date.minute === utc.minute);
}

function readTimestamp(value: number | bigint | string): number | undefined {
	const number = Number(value);
	if (number === 0) return 0;
	if (DIGITS_OF_A_DATE.test(String(value))) return undefined;
	if (!(number >= MIN_SECONDS && number <= MAX_MILLISECONDS)) return undefined;
	return number < MIN_MILLISECONDS ? number * 1000 : number;
}

function withoutNames(text: string): string {
	return text.replace(/^[A-Z][a-z]{2} /, '').replace(/ \([^()]*\)$/, '');
}
