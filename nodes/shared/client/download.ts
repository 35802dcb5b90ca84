import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeFailure, invalidParameter } from '../errors';
import { lowerCaseHeaders, remainingEncoding } from '../http';
import { isObject } from '../json';
import { cancelledFailure } from '../sleep';
import { isStream } from './externalRequest';
import { checkPublicAddress } from './publicAddress';
import type { CheckedAddress } from './publicAddress';

/** The limits of a download. */
export interface DownloadRules {
	/** Display name of the parameter that holds the address, for messages. */
	displayName: string;
	/** Largest file, in bytes. */
	maxBytes: number;
	/** Time limit for the whole download, redirects included, in milliseconds; none by default. */
	timeoutMs?: number;
}

export interface Downloaded {
	data: Buffer;
	/** The server's content type, in lower case, without parameters; may be empty. */
	contentType: string;
	/** The final address, after redirects. */
	url: URL;
}

const MAX_REDIRECTS = 5;

/**
 * Downloads a file from an address that a user entered: http and https only, without credentials,
 * no address inside the network (unless n8n's own policy allows it), each redirect checked again,
 * within the given limits.
 *
 * @throws NodeFailure naming the parameter
 */
export async function download(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
): Promise<Downloaded> {
	return await withFailureTexts(context, rules, async (signal) => {
		const opened = await followRedirects(context, { address, rules, signal });
		const data = await readBody(opened, rules, signal);
		const contentType = (opened.headers['content-type'] ?? '').split(';')[0] ?? '';
		return { data, contentType: contentType.trim().toLowerCase(), url: opened.url };
	});
}

/**
 * Opens a file by the same rules without reading it, to pass it on as it arrives. The caller counts
 * the bytes.
 *
 * @throws NodeFailure naming the parameter
 */
export async function openDownload(
	context: IExecuteFunctions,
	address: string,
	rules: DownloadRules,
): Promise<OpenedFile> {
	return await withFailureTexts(
		context,
		rules,
		async (signal) => await followRedirects(context, { address, rules, signal }),
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
	{ displayName, timeoutMs = 0 }: DownloadRules,
	limit?: AbortSignal,
	cancel?: AbortSignal,
): NodeFailure {
	if (cancel?.aborted === true) return cancelledFailure();
	if (error instanceof NodeFailure) return error;
	if (limit?.aborted === true) {
		return invalidParameter(
			displayName,
			`was not read within ${Math.round(timeoutMs / 100) / 10} s`,
			'Use a faster server or a smaller file',
		);
	}
	const code = isObject(error) && typeof error.code === 'string' ? ` (${error.code})` : '';
	return invalidParameter(displayName, `cannot be reached${code}`, 'Check the address');
}

async function followRedirects(
	context: IExecuteFunctions,
	{ address, rules, signal }: { address: string; rules: DownloadRules; signal: AbortSignal },
): Promise<OpenedFile> {
	let url = parseWebUrl(address, rules.displayName);
	for (let redirects = 0; ; redirects += 1) {
		const target = await requirePublicAddress(context, url, rules.displayName);
		const response = await request(context, target, signal);
		const next = response.headers.location;
		if (response.status >= 300 && response.status < 400 && next !== undefined) {
			response.drop();
			if (redirects >= MAX_REDIRECTS) {
				throw invalidParameter(
					rules.displayName,
					`redirects more than ${MAX_REDIRECTS} times`,
					'Use the address that the redirects lead to',
				);
			}
			url = parseWebUrl(next, rules.displayName, url);
			continue;
		}
		if (response.status < 200 || response.status >= 300) {
			response.drop();
			throw invalidParameter(
				rules.displayName,
				`returned status ${response.status}`,
				'Check that the address opens in a browser without signing in',
			);
		}
		const encoding = remainingEncoding(response.headers);
		if (encoding !== undefined) {
			response.drop();
			throw invalidParameter(
				rules.displayName,
				`leads to a file that is compressed in a way that n8n cannot read (${encoding})`,
				'Use a server that sends the file as it is',
			);
		}
		return { ...response, url };
	}
}

/**
 * Parses a web address.
 *
 * @throws NodeFailure when it is not http or https, or holds a password
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

/** @throws NodeFailure for an address inside the network, unless n8n's administrator allowed it */
async function requirePublicAddress(
	context: IExecuteFunctions,
	url: URL,
	displayName: string,
): Promise<CheckedAddress> {
	const checked = await checkPublicAddress(context, url);
	if (checked !== undefined) return checked;
	throw invalidParameter(
		displayName,
		'leads to an address inside this network',
		'Use a public address, or have the administrator of n8n allow this one',
	);
}

/** An open response whose body has not been read yet. */
export interface OpenedFile extends Response {
	/** The final address, after redirects. */
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
	target: CheckedAddress,
	signal: AbortSignal,
): Promise<Response> {
	const answer: unknown = await context.helpers.httpRequest({
		method: 'GET',
		url: target.url,
		// A compressed file would not have the length that its header states.
		headers: { ...target.headers, 'accept-encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: signal,
	});
	const { statusCode, headers, body } = isObject(answer) ? answer : {};
	if (!isStream(body)) throw new NodeFailure('The server sent no file');
	const drop = () => body.destroy();
	// Also ends a download whose body arrives too slowly.
	signal.addEventListener('abort', drop, { once: true });
	return {
		status: Number(statusCode),
		headers: lowerCaseHeaders(headers),
		chunks: body,
		drop,
	};
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
