import type { IDataObject, INode, INodeExecutionData, JsonObject as N8nJson } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isObject } from './json';

/**
 * Whatever went wrong, as a message a user can act on: `message` says what happened, `advice` what
 * to do next. `httpCode` is set when a service refused, `code` when it gave a number of its own.
 */
export class NodeFailure extends Error {
	readonly description?: string;
	readonly httpCode?: string;
	readonly code?: string;
	/** Nobody knows whether it was carried out. */
	readonly outcomeUnknown: boolean;
	/** Ends the whole run, also where failing items may be passed over. */
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
		this.name = 'Failure';
		this.description = more.description;
		this.httpCode = more.httpCode === undefined ? undefined : String(more.httpCode);
		this.code = more.code;
		this.outcomeUnknown = more.outcomeUnknown ?? false;
		this.stopsExecution = more.stopsExecution ?? false;
	}
}

/** A parameter that cannot be used as it is; the displayName is what the editor shows. */
export function invalidParameter(
	displayName: string,
	what: string,
	description?: string,
): NodeFailure {
	return new NodeFailure(`"${displayName}" ${what}`, { description });
}

const SECRET_NAME = /token|secret|password|signature|verifier|apikey|consumerkey/i;
const NOT_SECRET_NAME = /url|host|type|expire/i;

/** All secret texts of a credential, the longest first. Only for blanking them out. */
export function collectSecrets(credential: unknown): string[] {
	const found = new Set<string>();
	const collect = (value: unknown, name: string) => {
		if (isObject(value)) {
			for (const [key, member] of Object.entries(value)) collect(member, key);
		} else if (
			typeof value === 'string' &&
			value.length >= 4 &&
			SECRET_NAME.test(name) &&
			!NOT_SECRET_NAME.test(name)
		) {
			found.add(value);
		}
	};
	collect(credential, '');
	return [...found].sort((a, b) => b.length - a.length);
}

const MASK = '***';

/** Names under which services and libraries show secrets, in addresses, forms and JSON. */
const SECRET_PARAMETERS =
	'(?:oauth_(?:signature|token|token_secret|consumer_key|verifier|nonce)|x_auth_password|access_token|refresh_token|client_secret|code_verifier|user_token)';

/** `name=value`, `name":"value"`, and `name%3Dvalue%26` as in the base string of a signature. */
const SECRET_PARAMETER_VALUES = new RegExp(
	`(${SECRET_PARAMETERS}(?:=|"\\s*:\\s*"))[^&\\s"',%]+|(${SECRET_PARAMETERS}%3D)(?:(?!%26)[^&\\s"',])+`,
	'gi',
);

/**
 * Takes out of a text what must never stand in an execution: the given secrets (plain, and
 * percent-encoded once or twice), bot tokens in paths, authorization headers, OAuth parameters and
 * the queries of signed addresses.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets) {
		const once = encodeURIComponent(secret);
		for (const form of new Set([secret, once, encodeURIComponent(once)])) {
			clean = clean.split(form).join(MASK);
		}
	}
	return clean
		.replace(/(\/api\/bot\/)[^/\s"']+/g, `$1${MASK}`)
		.replace(/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{16,}/g, `$1 ${MASK}`)
		.replace(SECRET_PARAMETER_VALUES, (_whole, plain?: string, encoded?: string) => {
			return `${plain ?? encoded ?? ''}${MASK}`;
		})
		.replace(/(https?:\/\/[^\s"'?]+)\?[^\s"']*/g, '$1');
}

/**
 * The error n8n shows. Built from a small hand-made object, since n8n stores whole what it is given.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number | undefined,
	secrets: readonly string[],
): NodeApiError | NodeOperationError {
	const failure = toNodeFailure(error);
	const message = redact(failure.message, secrets);
	const description =
		failure.description === undefined ? undefined : redact(failure.description, secrets);
	const options = { message, description, itemIndex };
	const plain: N8nJson = { message };
	const result =
		failure.httpCode === undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, plain, { ...options, httpCode: failure.httpCode });
	// n8n replaces any message in which it finds a system word, and "rolePermissions" contains EPERM.
	result.message = message;
	result.description = description;
	return result;
}

/** Reads whatever was thrown. */
export function toNodeFailure(error: unknown): NodeFailure {
	if (error instanceof NodeFailure) return error;
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return new NodeFailure(error.message, {
			description: error.description ?? undefined,
			httpCode: error instanceof NodeApiError ? (error.httpCode ?? undefined) : undefined,
		});
	}
	return new NodeFailure(error instanceof Error ? error.message : String(error));
}

/**
 * The item that takes the place of one that failed. Its keys are those by which n8n recognises an
 * item for the error output.
 */
export function errorItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const details: IDataObject = {};
	if (error.description) details.description = error.description;
	if (error instanceof NodeApiError && error.httpCode) details.httpCode = error.httpCode;
	return {
		json: {
			error: error.message,
			...(Object.keys(details).length > 0 ? { details } : {}),
		},
		pairedItem: { item: itemIndex },
	};
}
