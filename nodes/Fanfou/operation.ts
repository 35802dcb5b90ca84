import type { CalledOperation } from '../shared/http';
import type { EmptyResult, Operation, Resource } from '../shared/definition/operation';

/**
 * What an operation returns by the reference. `status` to `savedSearch` are objects with an `id`;
 * `unknown` is not documented. Any other response is an error.
 */
export type ResponseType =
	'status' | 'user' | 'message' | 'savedSearch' | 'object' | 'value' | 'list' | 'unknown';

/** Members that only Fanfou's operations have. */
interface FanfouTraits {
	returns?: ResponseType;
	/** An error response of this call is a result: see `reinterpretError`. */
	reinterpretError?: 'requestSent' | 'notBlocked';
	/** The message for a response without a body. */
	emptyMessage?: string;
}

export interface FanfouOperation extends Operation, FanfouTraits {
	returns: ResponseType;
}
export type FanfouResource = Resource<FanfouOperation>;
export interface CalledFanfouOperation extends CalledOperation, FanfouTraits {
	emptyResult?: EmptyResult;
}
