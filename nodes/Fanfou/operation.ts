import type { CalledOperation } from '../shared/http';
import type { EmptyResult, Operation, Resource } from '../shared/definition/operation';

/** Members that only Fanfou's operations have. */
interface FanfouTraits {
	/** An error response of this call is a result: see `reinterpretError`. */
	reinterpretError?: 'requestSent' | 'notBlocked';
	/** The message for a response without a body. */
	emptyMessage?: string;
}

export interface FanfouOperation extends Operation, FanfouTraits {}
export type FanfouResource = Resource<FanfouOperation>;
export interface CalledFanfouOperation extends CalledOperation, FanfouTraits {
	emptyResult?: EmptyResult;
}
