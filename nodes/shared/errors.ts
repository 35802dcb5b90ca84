import type { INode, JsonObject as N8nJson } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { wellFormed } from './json';
import { redact } from './secrets';
import type { Secrets } from './secrets';

/**
 * A failure that a user can act on: `message` states what happened, `description` what to do next.
 * `httpCode` is set when a service rejected a request, `code` when it sent an error code of its own.
 */
export class NodeFailure extends Error {
	readonly description?: string;
	readonly httpCode?: string;
	readonly code?: string;
	/** It is unknown whether the request was carried out. */
	readonly outcomeUnknown: boolean;
	/** Ends the whole execution, even if the node continues on failing items. */
	readonly stopsExecution: boolean;

	constructor(
		message: string,
		more: {
			description?: string;
			httpCode?: string | number;
			code?: string;
			outcomeUnknown?: boolean;
			stopsExecution?: boolean;
		} = {},
	) {
		super(message);
		this.name = 'NodeFailure';
		this.description = more.description;
		this.httpCode = more.httpCode === undefined ? undefined : String(more.httpCode);
		this.code = more.code;
		this.outcomeUnknown = more.outcomeUnknown ?? false;
		this.stopsExecution = more.stopsExecution ?? false;
	}
}

/** Longest message and description that are shown; the services' own are far shorter. */
const MAX_MESSAGE = 500;
const MAX_DESCRIPTION = 2_000;

/** Cuts a text after a whole character, and marks that it was cut. */
function shorten(text: string, maxLength: number): string {
	return text.length <= maxLength ? text : `${wellFormed(text.slice(0, maxLength))} …`;
}

/** Returns the failure for a parameter that cannot be used; `displayName` is what the editor shows. */
export function invalidParameter(
	displayName: string,
	what: string,
	description?: string,
): NodeFailure {
	return new NodeFailure(`"${displayName}" ${what}`, { description });
}

/**
 * Converts anything thrown into the error that n8n shows. It is built from a small object of its own,
 * since n8n stores everything it is given.
 */
export function toNodeError(
	node: INode,
	{
		error,
		itemIndex,
		secrets,
	}: { error: unknown; itemIndex: number | undefined; secrets: Secrets },
): NodeApiError | NodeOperationError {
	const failure = toNodeFailure(error);
	const message = shorten(redact(failure.message, secrets), MAX_MESSAGE);
	const description =
		failure.description === undefined
			? undefined
			: shorten(redact(failure.description, secrets), MAX_DESCRIPTION);
	const options = { message, description, itemIndex };
	const plain: N8nJson = { message };
	const result =
		failure.httpCode === undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, plain, { ...options, httpCode: failure.httpCode });
	// n8n replaces messages that contain a system error code, and "rolePermissions" contains EPERM.
	result.message = message;
	result.description = description;
	return result;
}

const FEWER_LEVELS = 'Give an object or a list with fewer levels';

function isStackOverflow(error: unknown): boolean {
	return (
		error instanceof Error && error.name === 'RangeError' && error.message.includes('call stack')
	);
}

/** Returns an error that names the parameter if its value has too many levels, else the error itself. */
export function namingParameter(displayName: string, error: unknown): unknown {
	return isStackOverflow(error)
		? invalidParameter(displayName, 'is nested too deeply', FEWER_LEVELS)
		: error;
}

/** Converts anything thrown into a `NodeFailure`. */
export function toNodeFailure(error: unknown): NodeFailure {
	if (error instanceof NodeFailure) return error;
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return new NodeFailure(error.message, {
			description: error.description ?? undefined,
			httpCode: error instanceof NodeApiError ? (error.httpCode ?? undefined) : undefined,
		});
	}
	if (!(error instanceof Error)) return new NodeFailure(String(error));
	if (isStackOverflow(error)) {
		return new NodeFailure('A value is nested too deeply', {
			description: `Check the expressions of this item. ${FEWER_LEVELS}`,
		});
	}
	const description = 'description' in error ? error.description : undefined;
	return new NodeFailure(error.message, {
		description: typeof description === 'string' ? description : undefined,
	});
}
