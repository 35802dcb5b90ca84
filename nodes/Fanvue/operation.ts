import type { CalledOperation } from '../shared/http';
import type { Operation, Resource } from '../shared/definition/operation';

/** Members that only Fanvue's operations have. */
interface FanvueTraits {
	/** The call also exists under `/v1`. */
	v1?: boolean;
	/** Scopes of the call under `/v1` if they differ. */
	v1Scopes?: string[];
	/** Scopes of the same call for a managed creator. Not set if no such route exists. */
	creator?: string[];
	/** The call for a managed creator also exists under `/v1`. */
	creatorV1?: boolean;
	/** The path below `/creators/{creatorUserUuid}` if it differs from the call's own. */
	creatorPath?: string;
	/** Parameters that exist under `/v1` only. */
	onlyV1?: string[];
	/** The first message to a user may require an open chat. */
	opensChat?: boolean;
	/** Combines several calls of the API. */
	joins?: boolean;
}

export interface FanvueOperation extends Operation, FanvueTraits {}
export type FanvueResource = Resource<FanvueOperation>;
export interface CalledFanvueOperation extends CalledOperation, FanvueTraits {}
