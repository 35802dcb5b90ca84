/*
 * How to add a service.
 *
 * A service is a class in sandbox/<service>/index.ts that implements ServiceModule:
 *
 * - `definition.mounts`: the path prefixes of the service. A mount with `host` serves the contract
 *   endpoints of that host, a mount without `host` serves the others. `handle` runs first, for
 *   requests outside of the contract (sign-in pages, presigned uploads); undefined passes on.
 * - `definition.handlers`: one function per endpoint id of sandbox/contract/<service>.openapi.json. It gets
 *   a valid request; `parameters` returns its values, ids as text. It returns a Reply, or throws an
 *   ApiError for errors that depend on the state (not found, no permission).
 * - Order for each request: prepare, faults, mount.handle, authenticate, route, authorize (scopes,
 *   rate limits), contract validation, handler, headers.
 * - `definition.replies`: the service's own wording of the errors that the core detects.
 * - The state starts with sample data and returns to it on `reset()`. Use `context.clock` for the
 *   time and `context.origin()` for the sandbox's address.
 * - `actions`: the functions behind POST /_admin/<service>/<action> (JSON in, JSON out).
 * - `views`: the functions behind GET /_admin/<service>/<view>, which the console shows.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { ProtocolParameterTest, Violation } from './requestValidator';
import type { ActivityLog } from './activityLog';
import type { Clock } from './clock';
import type { EndpointMatch, ServiceName } from './contract';
import type { JsonObject } from './json';
import type { Parameters } from './parameters';
import type { SandboxRequest } from './request';
import type { Restore } from './snapshot';

/** A response with `json`, `text`, `bytes` or `stream`, or an empty body. */
export interface Reply {
	/** Defaults to 200. */
	status?: number;
	headers?: Record<string, string | string[]>;
	/** Serialized without rounding: bigint and LosslessNumber become bare digits. */
	json?: unknown;
	text?: string;
	bytes?: Buffer;
	stream?: Readable;
	contentType?: string;
	/** True for an error with status 2xx (`{"ok": false}`). */
	failed?: boolean;
}

/** Thrown (or returned by authenticate and authorize) to respond with an error. */
export class ApiError extends Error {
	constructor(readonly reply: Reply) {
		super(`Error response with status ${reply.status ?? 200}`);
	}
}

export interface HandlerContext<Account> {
	request: SandboxRequest;
	match: EndpointMatch;
	account: Account;
	parameters: Parameters;
}

export type Handler<Account> = (call: HandlerContext<Account>) => Reply | Promise<Reply>;
export type Handlers<Account> = Partial<Record<string, Handler<Account>>>;

export interface Mount {
	prefix: string;
	/** Serves the endpoints of this host; by default those without a host. */
	host?: string;
	/** Request bodies are files, which are neither parsed nor logged. */
	binary?: boolean;
	handle?: (request: SandboxRequest) => Reply | undefined | Promise<Reply | undefined>;
}

export interface Replies {
	violations(violations: Violation[], request: SandboxRequest, match: EndpointMatch): Reply;
	/** `methods` are the methods of the path; empty when the path is unknown. */
	unknownRoute(request: SandboxRequest, methods: string[]): Reply;
	/** A generic error, for injected faults and for missing or crashed handlers. */
	failure(status: number, message: string, request: SandboxRequest): Reply;
	rateLimited(retryAfterSeconds: number, request: SandboxRequest): Reply;
	/** Expires the token of this request, where the service can, and responds accordingly. */
	expiredToken(request: SandboxRequest): Reply;
}

export interface ServiceDefinition<Account> {
	name: ServiceName;
	mounts: Mount[];
	handlers: Handlers<Account>;
	replies: Replies;
	/** Content type of JSON responses. Defaults to `application/json; charset=utf-8`. */
	jsonContentType?: string;
	/** Returns the request as the contract describes it, e.g. without the token in the path. */
	prepare?: (request: SandboxRequest) => SandboxRequest;
	authenticate: (
		request: SandboxRequest,
		match: EndpointMatch | undefined,
	) => Account | ApiError | Promise<Account | ApiError>;
	/** Checks scopes and rate limits, before the contract validation. */
	authorize?: (
		request: SandboxRequest,
		match: EndpointMatch,
		account: Account,
	) => ApiError | undefined;
	/** Returns whether a name belongs to the protocol and not to the endpoint (oauth_*). */
	isProtocolParameter?: ProtocolParameterTest;
	/** Headers of every response to a known account (rate limits). */
	headers?: (request: SandboxRequest, account: Account) => Record<string, string>;
}

/** A request to an API of the sandbox. */
export interface UnsignedRequest {
	method: string;
	/** Path and query, with the prefix of the service. */
	url: string;
	headers: Record<string, string>;
	body?: string | FormData;
}

export type Action = (input: JsonObject) => unknown;

export interface ServiceModule<Account> {
	readonly definition: ServiceDefinition<Account>;
	/** Restores the sample data. */
	reset(): void;
	/** Returns the state as JSON without secrets, for GET /_admin/state/<service>. */
	state(): unknown;
	/** What simulated users can do. */
	readonly actions: Readonly<Record<string, Action>>;
	/** What the console shows. Views change nothing; their input is text. */
	readonly views: Readonly<Record<string, Action>>;
	/** Remembers the data. Sign-ins, connections and settings are not part of it. */
	takeSnapshot(): Restore;
	/** Adds demo credentials to a request that the console sends. */
	signRequest(request: UnsignedRequest): UnsignedRequest;
	/** Handles WebSocket upgrades below its prefixes; without it they are rejected. */
	upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
	/** Closes timers and open sockets. */
	close(): void;
}

export interface ServiceContext {
	clock: Clock;
	/** Records what the service sends to its clients. */
	activityLog: ActivityLog;
	/** Returns `http://127.0.0.1:<port>` once the sandbox listens. */
	origin: () => string;
}
