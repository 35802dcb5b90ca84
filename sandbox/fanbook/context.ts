import type { Parameters } from '../core/parameters';
import type { CircleSimulation } from './simulation/circle';
import type { Gateway } from './gateway';
import type { UserSimulation } from './simulation/users';
import type { EventPublisher } from './eventPublisher';
import type { SendRateLimiter } from './sending';
import type { UpdateQueue } from './updateQueue';
import type { FanbookState } from './state';

/** What a bot method can reach. */
export interface FanbookContext {
	state: FanbookState;
	publisher: EventPublisher;
	people: UserSimulation;
	circle: CircleSimulation;
	gateway: Gateway;
	updates: UpdateQueue;
	rateLimiter: SendRateLimiter;
}

/** A bot method: returns what stands in the envelope, throws FanbookFailure to refuse. */
export type MethodHandler = (parameters: Parameters, reach: FanbookContext) => unknown;
export type MethodHandlers = Record<string, MethodHandler>;

/**
 * One page of a list: the items after the cursor, at most `size` of them. An unknown cursor
 * gives an empty page, which ends a client's loop.
 */
export function pageAfter<T>(
	items: readonly T[],
	cursor: string | undefined,
	size: number,
	idOf: (item: T) => string,
): { page: T[]; next: boolean } {
	const isFirst = cursor === undefined || cursor === '' || cursor === '0';
	const at = isFirst ? 0 : items.findIndex((item) => idOf(item) === cursor) + 1;
	if (!isFirst && at === 0) return { page: [], next: false };
	return { page: items.slice(at, at + size), next: at + size < items.length };
}

/** A size that is given as text (or number): at least 1 and at most `most`. */
export function readPageSize(parameters: Parameters, fallback: number, most: number): number {
	const size = parameters.integer('size', fallback);
	return Number.isInteger(size) && size > 0 ? Math.min(size, most) : fallback;
}
