import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeFailure, invalidParameter } from '../errors';
import { checkEgress } from '../host';
import { isObject } from '../json';
import { cancelledFailure } from '../sleep';

/** How far a download may go. */
export interface DownloadRules {
	/** Name of the parameter that holds the address, for messages. */
	displayName: string;
	/** Bytes. */
	maxBytes: number;
	/** Milliseconds for all of it, redirects included; as long as it takes unless told. */
	timeoutMs?: number;
}

export interface Downloaded {
	data: Buffer;
	/** As the server says, in lower case, without parameters; may be empty. */
	contentType: string;
	/** Where it was found in the end. */
	url: URL;
}

const MAX_REDIRECTS = 5;

/**
 * Reads a file from an address somebody typed in: http and https only, no credentials, no address
 * inside the network (unless n8n's own policy allows it), each redirect checked again, and no more
 * bytes and time than allowed.
 *
 * @throws Failure naming the parameter
 */
export async function download(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
): Promise<Downloaded> {
	return await withFailureTexts(context, rules, async (signal) => {
		const opened = await followRedirects(context, address, rules, signal);
		const data = await readBody(opened, rules, signal);
		const contentType = (opened.headers['content-type'] ?? '').split(';')[0] ?? '';
		return { data, contentType: contentType.trim().toLowerCase(), url: opened.url };
	});
}

/**
 * Opens a file by the same rules without reading it, for one that is passed on as it arrives. Who
 * opens it counts the bytes.
 *
 * @throws Failure naming the parameter
 */
export async function openDownload(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
): Promise<OpenedFile> {
	return await withFailureTexts(
		context,
		rules,
		async (signal) => await followRedirects(context, address, rules, signal),
	);
}

async function withFailureTexts<T>(
	context: IExecuteFunctions,
	rules: DownloadRules,
	read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = rules.timeoutMs === undefined ? undefined : AbortSignal.timeout(rules.timeoutMs);
	const cancel = context.getExecutionCancelSignal();
	const signal = AbortSignal.any([limit, cancel].filter((one) => one !== undefined));
	try {
		return await read(signal);
	} catch (error) {
		throw toDownloadFailure(error, rules, limit, cancel);
	}
}

function toDownloadFailure(
	error: unknown,
	{ displayName, timeoutMs: within = 0 }: DownloadRules,
	limit?: AbortSignal,
	cancel?: AbortSignal,
): NodeFailure {
	if (cancel?.aborted === true) return cancelledFailure();
	if (error instanceof NodeFailure) return error;
	if (limit?.aborted === true) {
		return invalidParameter(
			displayName,
			`was not read within ${Math.round(within / 100) / 10} s`,
			'Use a faster server or a smaller file',
		);
	}
	const code = isObject(error) && typeof error.code === 'string' ? ` (${error.code})` : '';
	return invalidParameter(displayName, `cannot be reached${code}`, 'Check the address');
}

async function followRedirects(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
	signal: AbortSignal,
): Promise<OpenedFile> {
	let url = parseWebUrl(address, rules.displayName);
	for (let redirects = 0; ; redirects += 1) {
		await assertPublicAddress(context, url, rules.displayName);
		const response = await request(context, url, signal);
		const next = response.headers.location;
		if (response.status >= 300 && response.status < 400 && next !== undefined) {
			response.drop();
			if (redirects >= MAX_REDIRECTS) {
				throw invalidParameter(
					rules.displayName,
					`leads on more than ${MAX_REDIRECTS} times`,
					'Use its last address',
				);
			}
			url = parseWebUrl(next, rules.displayName, url);
			continue;
		}
		if (response.status < 200 || response.status >= 300) {
			response.drop();
			throw invalidParameter(
				rules.displayName,
				`was answered with status ${response.status}`,
				'Check that the address opens in a browser without signing in',
			);
		}
		return { ...response, url };
	}
}

/**
 * Reads an address.
 *
 * @throws Failure when it is not one of the web, or holds a password
 */
export function parseWebUrl(text: string, displayName: string, base?: URL): URL {
	const address = text.trim();
	if (!URL.canParse(address, base?.href)) {
		throw invalidParameter(displayName, 'is not an address', 'Use one that begins with https://');
	}
	const url = new URL(address, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw invalidParameter(
			displayName,
			`cannot begin with ${url.protocol}`,
			'Use http:// or https://',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw invalidParameter(
			displayName,
			'holds a name or password',
			'Use an address that needs none',
		);
	}
	return url;
}

/** Refuses addresses inside the network, whatever n8n is set to for other requests. */
async function assertPublicAddress(
	context: IExecuteFunctions,
	url: URL,
	displayName: string,
): Promise<void> {
	const verdict = await checkEgress(context, url, 'enforced');
	const allowed = verdict?.isAllowed ?? !isPrivateHost(url.hostname);
	if (!allowed) {
		throw invalidParameter(
			displayName,
			'leads to an address inside this network',
			'Use a public address, or have the administrator of n8n allow this one',
		);
	}
}

/** For versions of n8n without a filter: names and numbers that are never public. */
export function isPrivateHost(hostname: string): boolean {
	// A dot at the end means the same host.
	const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
	if (host.includes(':')) {
		return /^(::1?$|::ffff:|f[cd]|fe[89ab])/.test(host);
	}
	if (/^\d+(\.\d+){3}$/.test(host)) {
		return /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
			host,
		);
	}
	return !host.includes('.') || /\.(localhost|local|internal|lan|home|corp)$/.test(host);
}

/** A file on a server, about to be read. */
export interface OpenedFile extends Response {
	/** Where it was found in the end. */
	url: URL;
}

interface Response {
	status: number;
	headers: Record<string, string>;
	chunks: AsyncIterable<unknown>;
	/** Ends the transfer. */
	drop: () => void;
}

async function request(
	context: IExecuteFunctions,
	url: URL,
	signal: AbortSignal,
): Promise<Response> {
	const answer: unknown = await context.helpers.httpRequest({
		method: 'GET',
		url: url.href,
		// Packed on the way, a file would have another length than its header says.
		headers: { 'accept-encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: signal,
	});
	const { statusCode, headers, body } = isObject(answer) ? answer : {};
	if (!isStream(body)) throw new NodeFailure('The server sent no file');
	const drop = () => body.destroy();
	// A body that trickles in is ended too, not only one that never begins.
	signal.addEventListener('abort', drop, { once: true });
	return {
		status: Number(statusCode),
		headers: Object.fromEntries(
			Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [
				name.toLowerCase(),
				String(value),
			]),
		),
		chunks: body,
		drop,
	};
}

function isStream(body: unknown): body is AsyncIterable<unknown> & { destroy: () => void } {
	return (
		typeof body === 'object' &&
		body !== null &&
		Symbol.asyncIterator in body &&
		'destroy' in body &&
		typeof body.destroy === 'function'
	);
}

async function readBody(
	{ chunks, headers, drop }: Response,
	{ displayName, maxBytes: most }: DownloadRules,
	signal: AbortSignal,
): Promise<Buffer> {
	const tooLarge = () => {
		drop();
		return invalidParameter(displayName, `is larger than ${megabytes(most)}`, 'Use a smaller file');
	};
	if (Number(headers['content-length'] ?? 0) > most) throw tooLarge();
	const parts: Buffer[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		const part = chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk));
		size += part.length;
		if (size > most) throw tooLarge();
		parts.push(part);
	}
	signal.throwIfAborted();
	return Buffer.concat(parts);
}

function megabytes(bytes: number): string {
	return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
