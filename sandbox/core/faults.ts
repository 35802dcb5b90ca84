import type { ServiceName } from './contract';
import type { SandboxRequest } from './request';

/**
 * - `status`: answers with `status` and `body` (else the service's own shape)
 * - `rateLimit`: answers 429 as the service does, with `retryAfter`
 * - `expireToken`: the token of the request is no longer good
 * - `delay`: answers `delayMs` later
 * - `cut`: drops the connection without an answer
 * - `malformed`: answers with half of the body
 */
export const FAULT_KINDS = [
	'status',
	'rateLimit',
	'expireToken',
	'delay',
	'cut',
	'malformed',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
	/** Absent: any service. */
	service?: ServiceName;
	/** Endpoint id. */
	endpoint?: string;
	/** Part of the path, prefix included (`/fanvue-storage/`). */
	path?: string;
	method?: string;
	kind: FaultKind;
	/** How many requests it strikes; 1 unless told, `always` until cleared. */
	times?: number | 'always';
	/** How many matching requests pass unharmed first. */
	skip?: number;
	status?: number;
	headers?: Record<string, string>;
	/** Text as it is, anything else as JSON. */
	body?: unknown;
	delayMs?: number;
	/** Seconds, for `rateLimit` (and `Retry-After` of `status` when given). */
	retryAfter?: number;
	/** The request is carried out first; then the fault strikes its answer. */
	afterHandling?: boolean;
}

interface Armed {
	fault: Fault;
	left: number;
	skip: number;
}

/** The things that shall go wrong. */
export class Faults {
	private armed: Armed[] = [];

	/** Arms a fault; faults of one request are taken in the order they were added. */
	add(fault: Fault): void {
		const times = fault.times ?? 1;
		this.armed.push({
			fault,
			left: times === 'always' ? Infinity : times,
			skip: fault.skip ?? 0,
		});
	}

	/** The faults that can still strike. */
	list(): Fault[] {
		return this.armed.map(({ fault }) => fault);
	}

	clear(): void {
		this.armed = [];
	}

	/**
	 * The faults that strike a request: every matching delay, and the first of the other kinds.
	 * Each one returned has struck once.
	 */
	strike(request: SandboxRequest, endpoint: string | undefined): Fault[] {
		const struck: Fault[] = [];
		for (const armed of this.armed) {
			if (!matches(armed.fault, request, endpoint)) continue;
			if (armed.skip > 0) {
				armed.skip -= 1;
				continue;
			}
			const isFirst = struck.every((fault) => fault.kind === 'delay');
			if (armed.fault.kind !== 'delay' && !isFirst) continue;
			armed.left -= 1;
			struck.push(armed.fault);
		}
		this.armed = this.armed.filter(({ left }) => left > 0);
		return struck;
	}
}

function matches(fault: Fault, request: SandboxRequest, endpoint: string | undefined): boolean {
	return (
		(fault.service === undefined || fault.service === request.service) &&
		(fault.endpoint === undefined || fault.endpoint === endpoint) &&
		(fault.method === undefined || fault.method === request.method) &&
		(fault.path === undefined || (request.mount + request.path).includes(fault.path))
	);
}
