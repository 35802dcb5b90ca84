/*
 * How a service plugs in.
 *
 * A service is a class in sandbox/<service>/index.ts that implements ServiceModule:
 *
 * - `definition.mounts`: the path prefixes it answers. A mount with `host` serves the contract
 *   endpoints of that host, one without serves those without. A mount's `handle` is asked first,
 *   for what is not in the contract (consent pages, presigned targets); undefined passes on.
 * - `definition.handlers`: one function per endpoint id of sandbox/contract/<service>.json. It is
 *   called with a request that fits the contract; `call.parameters` reads its values, ids as text.
 *   It returns a Reply, or throws a Refusal for everything only state can tell (not found, no
 *   permission).
 * - The order for each request: prepare, faults, mount.handle, authenticate, route, admit
 *   (scopes, rate limits), contract check, handler, headers.
 * - `definition.replies`: the service's own words for what the core finds.
 * - State lives in the class, begins with sample data, and returns to it on `reset()`. Time comes
 *   from `context.clock` only; the own address from `context.origin()`.
 * - `actions`: what POST /_admin/<service>/<action> can do from outside (JSON in, JSON out).
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Ignores, Violation } from './check';
import type { Clock } from './clock';
import type { Match, ServiceName } from './contract';
import type { JsonObject } from './json';
import type { Parameters } from './parameters';
import type { SandboxRequest } from './request';

/** An answer. One of `json`, `text`, `bytes`, `stream`; none of them is an empty body. */
export interface Reply {
	/** 200 unless told. */
	status?: number;
	headers?: Record<string, string | string[]>;
	/** Written without rounding: bigint and LosslessNumber become bare digits. */
	json?: unknown;
	text?: string;
	bytes?: Buffer;
	stream?: Readable;
	contentType?: string;
	/** True for an answer of status 2xx that says no (`{"ok": false}`). */
	failed?: boolean;
}

/** Thrown (or returned by authenticate and admit) to answer with a refusal. */
export class Refusal extends Error {
	constructor(readonly reply: Reply) {
		super(`refused with ${reply.status ?? 200}`);
	}
}

export interface Call<Account> {
	request: SandboxRequest;
	match: Match;
	account: Account;
	parameters: Parameters;
}

export type Handler<Account> = (call: Call<Account>) => Reply | Promise<Reply>;
export type Handlers<Account> = Partial<Record<string, Handler<Account>>>;

export interface Mount {
	prefix: string;
	/** Serves the endpoints of this host; absent: those without a host. */
	host?: string;
	/** Bodies that come in here are files: never parsed, never in the journal. */
	binary?: boolean;
	handle?: (request: SandboxRequest) => Reply | undefined | Promise<Reply | undefined>;
}

export interface Replies {
	violations(violations: Violation[], request: SandboxRequest, match: Match): Reply;
	/** `methods` are those the path knows; empty when the path is unknown. */
	unknownRoute(request: SandboxRequest, methods: string[]): Reply;
	/** A plain failure, for injected faults and handlers that are missing or crash. */
	failure(status: number, message: string, request: SandboxRequest): Reply;
	rateLimited(retryAfterSeconds: number, request: SandboxRequest): Reply;
	/** Makes the token of this request stale where the service can, and says so. */
	expiredToken(request: SandboxRequest): Reply;
}

export interface ServiceDefinition<Account> {
	name: ServiceName;
	mounts: Mount[];
	handlers: Handlers<Account>;
	replies: Replies;
	/** Content type of JSON answers; `application/json; charset=utf-8` unless told. */
	jsonContentType?: string;
	/** A copy of the request as the contract sees it: a token cut from the path, and the like. */
	prepare?: (request: SandboxRequest) => SandboxRequest;
	authenticate: (
		request: SandboxRequest,
		match: Match | undefined,
	) => Account | Refusal | Promise<Account | Refusal>;
	/** The last word before the contract check: scopes, rate limits. */
	admit?: (request: SandboxRequest, match: Match, account: Account) => Refusal | undefined;
	/** Names that belong to the protocol and not to the endpoint (oauth_*). */
	ignores?: Ignores;
	/** Headers of every answer once the account is known (rate limits). */
	headers?: (request: SandboxRequest, account: Account) => Record<string, string>;
}

/** A table of the state page. */
export interface Section {
	title: string;
	rows: Array<Record<string, string | number | boolean | null>>;
}

export type Action = (input: JsonObject) => unknown;

export interface ServiceModule<Account> {
	readonly definition: ServiceDefinition<Account>;
	/** Back to the sample data. */
	reset(): void;
	/** The whole state as JSON, for GET /_admin/state/<service>; no secrets. */
	state(): unknown;
	/** What the state page shows. */
	overview(): Section[];
	readonly actions: Readonly<Record<string, Action>>;
	/** Takes a WebSocket upgrade below one of its prefixes; without it upgrades are refused. */
	upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
	/** Ends what runs by itself (timers, open sockets). */
	close(): void;
}

export interface ServiceContext {
	clock: Clock;
	/** `http://127.0.0.1:<port>` once the sandbox listens. */
	origin: () => string;
}
