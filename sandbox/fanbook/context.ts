import type { Parameters } from '../core/parameters';
import type { EventPublisher } from './eventPublisher';
import type { Gateway } from './gateway';
import type { SendRateLimiter } from './rateLimiter';
import type { FanbookState } from './state';
import type { UpdateQueue } from './updateQueue';

/** What the handler of a bot method can use. */
export interface FanbookContext {
	state: FanbookState;
	publisher: EventPublisher;
	gateway: Gateway;
	updates: UpdateQueue;
	rateLimiter: SendRateLimiter;
}

/** Returns the result of a bot method, without its envelope. Throws FanbookError to refuse. */
export type MethodHandler = (parameters: Parameters, context: FanbookContext) => unknown;
export type MethodHandlers = Record<string, MethodHandler>;
