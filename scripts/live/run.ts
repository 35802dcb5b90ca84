import { setTimeout as delay } from 'node:timers/promises';
import {
	responseOf,
	type OpenApiDocument,
	type RoutedOperation,
	type ServiceName,
} from '../../sandbox/core/openApi';
import { compareBody, type Difference } from './compare';
import { KnownValues, fillRequest, leftOutReads, readEndpoints, subjectOf } from './reads';
import { SIGNERS, type LiveRequest } from './signers';

export interface LiveOptions {
	service: ServiceName;
	openApi: OpenApiDocument;
	settings: Record<string, string>;
	/** Pause between two requests. */
	pauseMs: number;
}

export interface LiveResult {
	/** Endpoints whose response is as the contract describes it. */
	agreements: string[];
	differences: Difference[];
	/** Endpoints that refused the call with an error of the contract, with the status. */
	refused: Array<{ endpoint: string; status: number }>;
	/** Reads that were not called, with the reason. */
	skipped: Array<{ endpoint: string; reason: string }>;
}

interface Received {
	status: number;
	headers: Headers;
	text: string;
}

const MAX_WAIT_MS = 60_000;

/** Calls every read endpoint whose parameters can be filled, and compares each response. */
export async function runReads(options: LiveOptions): Promise<LiveResult> {
	const { service, openApi, settings } = options;
	const values = new KnownValues();
	const { known, aliases, reasons } = SIGNERS[service];
	for (const [setting, names] of Object.entries(known)) {
		for (const name of names) values.add(name, settings[setting]);
	}
	const result: LiveResult = { agreements: [], differences: [], refused: [], skipped: [] };
	let open = readEndpoints(openApi);
	for (let isProgress = true; isProgress && open.length > 0;) {
		isProgress = false;
		const later: RoutedOperation[] = [];
		result.skipped = [];
		for (const routed of open) {
			const endpoint = nameOf(routed);
			const request = fillRequest(openApi, routed, values, aliases);
			if ('missing' in request) {
				later.push(routed);
				const why = reasons[request.missing] ?? 'no earlier response contains it';
				result.skipped.push({ endpoint, reason: `no value for ${request.missing}: ${why}` });
				continue;
			}
			isProgress = true;
			const received = await sendPaced(options, request);
			if (isRejection(openApi, routed, received)) {
				result.refused.push({ endpoint, status: received.status });
				continue;
			}
			const differences = compareResponse(options, routed, received, values);
			if (differences.length === 0) result.agreements.push(endpoint);
			result.differences.push(...differences.map((found) => ({ ...found, endpoint })));
		}
		open = later;
	}
	for (const { routed, reason } of leftOutReads(openApi)) {
		result.skipped.push({ endpoint: nameOf(routed), reason });
	}
	return result;
}

export function nameOf({ method, path }: RoutedOperation): string {
	return `${method.toUpperCase()} ${path}`;
}

/** Sends a request after the pause; one that is told to wait is sent once more. */
export async function sendPaced(
	{ service, settings, pauseMs }: LiveOptions,
	request: LiveRequest,
): Promise<Received> {
	for (let attempt = 1; ; attempt += 1) {
		await delay(pauseMs);
		const { url, headers } = SIGNERS[service].sign(request, settings);
		const response = await fetch(url, {
			method: request.method.toUpperCase(),
			headers: {
				accept: 'application/json',
				...headers,
				...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
			},
			redirect: 'manual',
			...(request.body === undefined ? {} : { body: request.body }),
		});
		const text = await response.text();
		if (response.status !== 429 || attempt > 1) {
			return { status: response.status, headers: response.headers, text };
		}
		const seconds = Number(response.headers.get('retry-after') ?? 1);
		await delay(Math.min(seconds * 1000, MAX_WAIT_MS));
	}
}

function compareResponse(
	{ service, openApi }: LiveOptions,
	routed: RoutedOperation,
	{ status, headers, text }: Received,
	values: KnownValues,
): Array<Omit<Difference, 'endpoint'>> {
	const { operation } = routed;
	const described = Object.keys(operation.responses);
	const expected = described.find((key) => key.startsWith('2')) ?? '200';
	if (String(status) !== expected) {
		return [{ kind: 'status', at: '', detail: `${status} instead of ${expected}` }];
	}
	const found: Array<Omit<Difference, 'endpoint'>> = [];
	for (const name of SIGNERS[service].headers) {
		if (headers.get(name) === null) found.push({ kind: 'header', at: name, detail: 'is missing' });
	}
	const response = responseOf(openApi, operation, status);
	const schema = response?.content?.['application/json']?.schema;
	if (schema === undefined) return found;
	const type = (headers.get('content-type') ?? 'none').split(';')[0] ?? '';
	if (SIGNERS[service].hasJsonType && type !== 'application/json') {
		found.push({
			kind: 'header',
			at: 'content-type',
			detail: `${type} instead of application/json`,
		});
	}
	let body: unknown;
	try {
		body = JSON.parse(keepDigits(text));
	} catch {
		if (text === '' && response?.['x-may-be-empty']) return found;
		return [...found, { kind: 'body', at: '', detail: 'is not JSON' }];
	}
	// Long integers were put into quotes to be sent again; their type is compared as received.
	values.addAll(body, subjectOf(routed.path));
	const path = routed.path.replaceAll('/', '~1');
	const pointer = `/paths/${path}/${routed.method}/responses/${expected}/content/application~1json/schema`;
	return [...found, ...compareBody(openApi, schema, JSON.parse(text), pointer)];
}

/** Puts integers of 16 digits and more into quotes. */
function keepDigits(text: string): string {
	return text.replace(/([[:,]\s{0,3})(-?\d{16,})(?=\s{0,3}[,}\]])/g, '$1"$2"');
}

/**
 * Whether the service refused the call as the contract describes it: the account may lack the right,
 * or a value of an earlier response may not fit. That is no difference.
 */
function isRejection(
	openApi: OpenApiDocument,
	{ operation }: RoutedOperation,
	{ status, text }: Received,
): boolean {
	if (status >= 400 && status < 500 && status !== 405) {
		return responseOf(openApi, operation, status) !== undefined;
	}
	// Fanbook reports errors with status 200.
	return status === 200 && /^\s*\{"(?:ok|status)":\s*false\b/.test(text);
}
