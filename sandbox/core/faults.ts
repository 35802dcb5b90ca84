import type { ServiceName } from './contract';
import type { SandboxRequest } from './request';

/**
 * - `status`: responds with `status` and `body` (by default the service's own error shape)
 * - `rateLimit`: responds with the service's own "too many requests" and `retryAfter`
 * - `expireToken`: expires the access token of the request
 * - `delay`: responds after `delayMs`
 * - `cut`: closes the connection without a response
 * - `malformed`: responds with the first half of the body
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
	/** Identifies the fault, to remove it alone. */
	name?: string;
	/** Defaults to every service. */
	service?: ServiceName;
	/** Endpoint id. */
	endpoint?: string;
	/** A substring of the path, prefix included (`/fanvue-storage/`). */
	path?: string;
	method?: string;
	kind: FaultKind;
	/** Number of requests it applies to: 1 by default, `always` until cleared. */
	times?: number | 'always';
	/** Number of matching requests to let through first. */
	skip?: number;
	status?: number;
	headers?: Record<string, string>;
	/** A string is sent as it is, any other value as JSON. */
	body?: unknown;
	delayMs?: number;
	/** Seconds, for `rateLimit` (and `Retry-After` of `status` when given). */
	retryAfter?: number;
	/** Runs the handler first and replaces its response. */
	afterHandling?: boolean;
}

interface ActiveFault {
	fault: Fault;
	remaining: number;
	skipsLeft: number;
}

/** The faults that are injected into responses. */
export class Faults {
	private active: ActiveFault[] = [];

	/** Adds a fault. Faults that match the same request apply in the order they were added. */
	add(fault: Fault): void {
		const times = fault.times ?? 1;
		this.active.push({
			fault,
			remaining: times === 'always' ? Infinity : times,
			skipsLeft: fault.skip ?? 0,
		});
	}

	/** Returns the faults that still apply. */
	list(): Fault[] {
		return this.active.map(({ fault }) => fault);
	}

	clear(): void {
		this.active = [];
	}

	/** Removes the faults with a name. */
	remove(name: string): void {
		this.active = this.active.filter(({ fault }) => fault.name !== name);
	}

	/**
	 * Returns the faults for a request and counts them as used: every matching delay, and the
	 * first match of the other kinds.
	 */
	takeMatching(request: SandboxRequest, endpoint: string | undefined): Fault[] {
		const matching: Fault[] = [];
		for (const active of this.active) {
			if (!matches(active.fault, request, endpoint)) continue;
			if (active.skipsLeft > 0) {
				active.skipsLeft -= 1;
				continue;
			}
			const isFirst = matching.every((fault) => fault.kind === 'delay');
			if (active.fault.kind !== 'delay' && !isFirst) continue;
			active.remaining -= 1;
			matching.push(active.fault);
		}
		this.active = this.active.filter(({ remaining: left }) => left > 0);
		return matching;
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
