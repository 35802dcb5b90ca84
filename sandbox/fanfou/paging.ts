import type { Parameters } from '../core/parameters';
import type { FanfouSettings } from './settings';

/** An item with a position in time. */
export interface Ordered {
	id: string;
	order: number;
}

export interface TimelineOptions {
	settings: FanfouSettings;
	/** Returns the position of an id, even if the item was deleted. */
	orderOf: (id: string) => number | undefined;
	/** Whether `max_id` includes the named item. Defaults to the setting. */
	isInclusive?: boolean;
}

const DEFAULT_COUNT = 20;

/** Returns one page of a list by `count` and `page`. */
export function paginate<T>(
	items: T[],
	{
		parameters,
		settings,
		defaultCount = DEFAULT_COUNT,
	}: { parameters: Parameters; settings: FanfouSettings; defaultCount?: number },
): T[] {
	const count = parameters.integer('count', defaultCount);
	const page = settings.repeatedPages ? 1 : parameters.integer('page', 1);
	const cut = items.slice((page - 1) * count, page * count);
	return settings.shortPages ? cut.filter((_item, index) => index % 5 !== 3) : cut;
}

/**
 * Returns one page of a timeline (newest first) by since_id, max_id, count and page. Ids that never
 * existed are ignored.
 */
export function paginateTimeline<T extends Ordered>(
	items: T[],
	parameters: Parameters,
	{ settings, orderOf, isInclusive = settings.maxIdInclusive }: TimelineOptions,
): T[] {
	const orderOfParameter = (name: string): number | undefined => {
		const id = parameters.optionalText(name);
		return id === undefined ? undefined : orderOf(id);
	};
	const since = orderOfParameter('since_id') ?? -Infinity;
	const max = (settings.repeatedPages ? undefined : orderOfParameter('max_id')) ?? Infinity;
	const selected = items.filter(
		({ order }) => order > since && (isInclusive ? order <= max : order < max),
	);
	return paginate(selected, { parameters, settings });
}
