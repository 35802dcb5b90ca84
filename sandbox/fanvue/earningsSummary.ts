import type { Sale } from './model';
import { DAY } from './time';
import { validationError, iso } from './replies';

export interface SummaryQuery {
	now: number;
	/** In milliseconds, or null for no limit. */
	start: number | null;
	end: number | null;
	granularity: 'day' | 'week';
	/** IANA name. */
	timezone: string;
}

interface Sum {
	gross: number;
	net: number;
}

/** Member of `breakdownBySource` for each source. All other sources are `other`. */
const BREAKDOWN: Record<string, string> = {
	subscription: 'subs',
	renewal: 'renewals',
	message: 'messages',
	post: 'posts',
	tip: 'tips',
	referral: 'referrals',
};

function sum(sales: readonly Sale[]): Sum {
	return {
		gross: sales.reduce((total, { gross }) => total + gross, 0),
		net: sales.reduce((total, { net }) => total + net, 0),
	};
}

/** Returns the change in percent with one decimal, or null without a previous value. */
function change(now: number, before: number): number | null {
	return before === 0 ? null : Math.round(((now - before) / before) * 1000) / 10;
}

interface LocalTime {
	year: number;
	month: number;
	day: number;
	hour: number;
	/** 1 Monday to 7 Sunday. */
	weekday: number;
}

/** Returns a converter to local time. Throws 400 for an unknown time zone. */
function localClock(timezone: string): (ms: number) => LocalTime {
	let format: Intl.DateTimeFormat;
	try {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: timezone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
		});
	} catch {
		throw validationError('timezone must be an IANA time zone');
	}
	// Each sale is converted many times, and the formatter is slow.
	const known = new Map<number, LocalTime>();
	const read = (ms: number): LocalTime => {
		const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
		const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
		const [year, month, day] = [of('year'), of('month'), of('day')];
		const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
		return { year, month, day, hour: of('hour'), weekday };
	};
	return (ms) => {
		const time = known.get(ms) ?? read(ms);
		known.set(ms, time);
		return time;
	};
}

/** Returns the first day of a bucket as `2026-05-31`. Weeks start on Monday. */
function bucketOf({ year, month, day, weekday }: LocalTime, granularity: 'day' | 'week'): string {
	const back = granularity === 'week' ? weekday - 1 : 0;
	return new Date(Date.UTC(year, month - 1, day) - back * DAY).toISOString().slice(0, 10);
}

/** Returns the average gross amount per hour of the day or day of the week (`slots`). */
function averages(
	sales: readonly Sale[],
	{ slots, slotOf, days }: { slots: number[]; slotOf: (sale: Sale) => number; days: number },
): Record<string, number> {
	return Object.fromEntries(
		slots.map((slot) => {
			const { gross } = sum(sales.filter((sale) => slotOf(sale) === slot));
			return [String(slot), Math.round(gross / days)];
		}),
	);
}

/** Returns the EarningsSummary schema for the sales of a creator. */
export function summarizeEarnings(
	all: readonly Sale[],
	query: SummaryQuery,
): Record<string, unknown> {
	const { now, start, end, granularity, timezone } = query;
	const local = localClock(timezone);
	const isIn = ({ at }: Sale): boolean => at >= (start ?? -Infinity) && at < (end ?? Infinity);
	const sales = all.filter(isIn);
	const monthOf = (at: number): number => local(at).year * 12 + local(at).month;
	const thisMonth = sum(all.filter(({ at }) => monthOf(at) === monthOf(now)));
	const lastMonth = sum(all.filter(({ at }) => monthOf(at) === monthOf(now) - 1));
	const by = (name: string): Sum =>
		sum(sales.filter(({ source }) => (BREAKDOWN[source] ?? 'other') === name));
	const buckets = new Map<string, Sale[]>();
	for (const sale of [...sales].sort((a, b) => a.at - b.at)) {
		const bucket = bucketOf(local(sale.at), granularity);
		buckets.set(bucket, [...(buckets.get(bucket) ?? []), sale]);
	}
	const first = Math.min(now, ...sales.map(({ at }) => at));
	const days = Math.max(1, Math.ceil(((end ?? now) - (start ?? first)) / DAY));
	const names = ['subs', 'renewals', 'messages', 'posts', 'tips', 'referrals', 'other'];
	const types = ['subs', 'renewals', 'messages', 'tips'];
	return {
		period: { startDate: iso(start), endDate: iso(end), granularity, timezone },
		totals: {
			allTime: sum(all),
			thisMonth: {
				...thisMonth,
				previousMonthGross: lastMonth.gross,
				previousMonthNet: lastMonth.net,
				grossChangePercentage: change(thisMonth.gross, lastMonth.gross),
				netChangePercentage: change(thisMonth.net, lastMonth.net),
			},
		},
		breakdownBySource: Object.fromEntries(names.map((name) => [name, by(name)])),
		earningsByType: Object.fromEntries(types.map((name) => [name, by(name)])),
		overTime: [...buckets].map(([periodStart, items]) => ({ periodStart, ...sum(items) })),
		averageByDayOfWeek: averages(sales, {
			slots: [1, 2, 3, 4, 5, 6, 7],
			slotOf: ({ at }) => local(at).weekday,
			days: Math.max(1, days / 7),
		}),
		averageByHourOfDay: averages(sales, {
			slots: Array.from({ length: 24 }, (_, hour) => hour),
			slotOf: ({ at }) => local(at).hour,
			days,
		}),
	};
}
