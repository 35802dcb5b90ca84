import { loadContract, type ServiceName } from './contract';
import type { Pair, SandboxRequest } from './request';
import { blankBody, blankHeaders, blankPairs, blankPath } from './secrets';
import type { Violation } from './values';

/** A part of a multipart body, without its bytes. */
export interface PartSummary {
	name: string;
	filename?: string;
	contentType: string;
	size: number;
	sha256: string;
	/** The value of a text part. */
	text?: string;
}

/** One answered request; every secret is blanked. */
export interface JournalEntry {
	number: number;
	/** When it came in, milliseconds of sandbox time. */
	at: number;
	service: ServiceName;
	/** The contract's endpoint id; null where no endpoint was reached. */
	endpoint: string | null;
	variant?: string;
	method: string;
	/** Path with the service's prefix, without the query. */
	path: string;
	query: Pair[];
	headers: Record<string, string>;
	/** The body's text as received; for multipart see `parts`. */
	bodyText: string;
	parts?: PartSummary[];
	/** The answered status; 0 when the connection was cut. */
	status: number;
	/** Whether the service did what was asked. */
	succeeded: boolean;
	/** The kind of the fault that struck. */
	fault?: string;
	violations: Violation[];
	/** How long the answer took, in milliseconds. */
	ms: number;
	/** What a handler threw unexpectedly. */
	crash?: string;
}

export interface JournalFilter {
	service?: ServiceName;
	endpoint?: string;
	method?: string;
	/** Part of the path. */
	path?: string;
	/** Only entries with a higher number. */
	after?: number;
}

export interface Coverage {
	served: string[];
	missing: string[];
}

export interface Outcome {
	endpoint?: string;
	variant?: string;
	status: number;
	succeeded: boolean;
	fault?: string;
	violations: Violation[];
	ms: number;
	crash?: string;
}

const LONGEST = 20_000;

/** Every request the sandbox answered, in order; holds the last 20,000. */
export class Journal {
	private list: JournalEntry[] = [];
	private count = 0;

	/** `listen` hears of every entry as it is written. */
	constructor(private readonly listen: (entry: JournalEntry) => void = () => undefined) {}

	add(request: SandboxRequest, at: number, outcome: Outcome): JournalEntry {
		const { endpoint, ...rest } = outcome;
		const entry: JournalEntry = {
			number: ++this.count,
			at,
			service: request.service,
			endpoint: endpoint ?? null,
			method: request.method,
			path: blankPath(request.mount + request.path),
			query: blankPairs(request.query),
			headers: blankHeaders(request.headers),
			bodyText: request.parts ? '' : blankBody(request.bodyText, request.mediaType),
			...rest,
		};
		if (request.parts) {
			entry.parts = request.parts.map(({ name, filename, contentType, bytes, sha256 }) => {
				const summary: PartSummary = { name, contentType, size: bytes.length, sha256 };
				if (filename === undefined) summary.text = bytes.toString('utf8');
				else summary.filename = filename;
				return summary;
			});
		}
		this.list.push(entry);
		if (this.list.length > LONGEST) this.list.shift();
		this.listen(entry);
		return entry;
	}

	entries(filter: JournalFilter = {}): JournalEntry[] {
		const { service, endpoint, method, path, after } = filter;
		return this.list.filter(
			(entry) =>
				(service === undefined || entry.service === service) &&
				(endpoint === undefined || entry.endpoint === endpoint) &&
				(method === undefined || entry.method === method) &&
				(path === undefined || entry.path.includes(path)) &&
				(after === undefined || entry.number > after),
		);
	}

	clear(): void {
		this.list = [];
	}

	/** Which endpoints of a service were served successfully since the last clear. */
	coverage(service: ServiceName): Coverage {
		const good = new Set(
			this.entries({ service })
				.filter((entry) => entry.succeeded)
				.map((entry) => entry.endpoint),
		);
		const ids = loadContract(service).endpoints.map((endpoint) => endpoint.id);
		return {
			served: ids.filter((id) => good.has(id)),
			missing: ids.filter((id) => !good.has(id)),
		};
	}
}
