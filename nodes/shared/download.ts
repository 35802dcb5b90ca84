import type { IExecuteFunctions } from 'n8n-workflow';
import { Failure, badParameter } from './failure';
import { isObject } from './json';
import { cancelled } from './wait';

/** How far a download may go. */
export interface DownloadRules {
	/** Name of the parameter that holds the address, for messages. */
	label: string;
	/** Bytes. */
	most: number;
	/** Milliseconds for all of it, redirects included; as long as it takes unless told. */
	within?: number;
}

export interface Downloaded {
	data: Buffer;
	/** As the server says, in lower case, without parameters; may be empty. */
	contentType: string;
	/** Where it was found in the end. */
	url: URL;
}

const REDIRECTS = 5;

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
	return await explained(context, rules, async (signal) => {
		const opened = await follow(context, address, rules, signal);
		const data = await readUpTo(opened, rules, signal);
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
	return await explained(
		context,
		rules,
		async (signal) => await follow(context, address, rules, signal),
	);
}

async function explained<T>(
	context: IExecuteFunctions,
	rules: DownloadRules,
	read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = rules.within === undefined ? undefined : AbortSignal.timeout(rules.within);
	const cancel = context.getExecutionCancelSignal();
	const signal = AbortSignal.any([limit, cancel].filter((one) => one !== undefined));
	try {
		return await read(signal);
	} catch (error) {
		throw explain(error, rules, limit, cancel);
	}
}

function explain(
	error: unknown,
	{ label, within = 0 }: DownloadRules,
	limit?: AbortSignal,
	cancel?: AbortSignal,
): Failure {
	if (cancel?.aborted === true) return cancelled();
	if (error instanceof Failure) return error;
	if (limit?.aborted === true) {
		return badParameter(
			label,
			`was not read within ${Math.round(within / 100) / 10} s`,
			'Use a faster server or a smaller file',
		);
	}
	const code = isObject(error) && typeof error.code === 'string' ? ` (${error.code})` : '';
	return badParameter(label, `cannot be reached${code}`, 'Check the address');
}

async function follow(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
	signal: AbortSignal,
): Promise<OpenedFile> {
	let url = webAddress(address, rules.label);
	for (let redirects = 0; ; redirects += 1) {
		await checkReach(context, url, rules.label);
		const response = await request(context, url, signal);
		const next = response.headers.location;
		if (response.status >= 300 && response.status < 400 && next !== undefined) {
			response.drop();
			if (redirects >= REDIRECTS) {
				throw badParameter(
					rules.label,
					`leads on more than ${REDIRECTS} times`,
					'Use its last address',
				);
			}
			url = webAddress(next, rules.label, url);
			continue;
		}
		if (response.status < 200 || response.status >= 300) {
			response.drop();
			throw badParameter(
				rules.label,
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
export function webAddress(text: string, label: string, base?: URL): URL {
	const address = text.trim();
	if (!URL.canParse(address, base?.href)) {
		throw badParameter(label, 'is not an address', 'Use one that begins with https://');
	}
	const url = new URL(address, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw badParameter(label, `cannot begin with ${url.protocol}`, 'Use http:// or https://');
	}
	if (url.username !== '' || url.password !== '') {
		throw badParameter(label, 'holds a name or password', 'Use an address that needs none');
	}
	return url;
}

/** Refuses addresses inside the network, whatever n8n is set to for other requests. */
async function checkReach(context: IExecuteFunctions, url: URL, label: string): Promise<void> {
	const { getSecureEgressFilter } = context.helpers;
	const allowed =
		typeof getSecureEgressFilter === 'function'
			? (await getSecureEgressFilter('enforced').validateUrl(url)).ok
			: !isInside(url.hostname);
	if (!allowed) {
		throw badParameter(
			label,
			'leads to an address inside this network',
			'Use a public address, or have the administrator of n8n allow this one',
		);
	}
}

/** For versions of n8n without a filter: names and numbers that are never public. */
export function isInside(hostname: string): boolean {
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
	if (!isStream(body)) throw new Failure('The server sent no file');
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

async function readUpTo(
	{ chunks, headers, drop }: Response,
	{ label, most }: DownloadRules,
	signal: AbortSignal,
): Promise<Buffer> {
	const tooLarge = () => {
		drop();
		return badParameter(label, `is larger than ${megabytes(most)}`, 'Use a smaller file');
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
