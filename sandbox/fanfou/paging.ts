import type { Parameters } from '../core/parameters';
import type { FanfouSettings } from './settings';

/** Something with a place in time. */
export interface Ordered {
	id: string;
	order: number;
}

export interface TimelineOptions {
	settings: FanfouSettings;
	/** The place in time of an id that may be deleted by now. */
	orderOf: (id: string) => number | undefined;
	/** `max_id` gives the named item again; else the quirk decides. */
	isInclusive?: boolean;
}

const DEFAULT_COUNT = 20;

/** One page of a list by `count` and `page`. */
export function paginate<T>(
	items: T[],
	parameters: Parameters,
	settings: FanfouSettings,
	defaultCount = DEFAULT_COUNT,
): T[] {
	const count = parameters.integer('count', defaultCount);
	const page = settings.repeatedPages ? 1 : parameters.integer('page', 1);
	const cut = items.slice((page - 1) * count, page * count);
	return settings.shortPages ? cut.filter((_item, index) => index % 5 !== 3) : cut;
}

/**
 * One page of a timeline (newest first) by since_id, max_id, count and page. An id that never
 * was is not taken into account.
 */
export function paginateTimeline<T extends Ordered>(
	items: T[],
	parameters: Parameters,
	{ settings, orderOf, isInclusive = settings.maxIdInclusive }: TimelineOptions,
): T[] {
	const place = (name: string): number | undefined => {
		const id = parameters.optionalText(name);
		return id === undefined ? undefined : orderOf(id);
	};
	const since = place('since_id') ?? -Infinity;
	const max = (settings.repeatedPages ? undefined : place('max_id')) ?? Infinity;
	const inside = items.filter(
		({ order }) => order > since && (isInclusive ? order <= max : order < max),
	);
	return paginate(inside, parameters, settings);
}
