import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeFailure } from '../errors';
import { lowerCaseHeaders } from '../http';
import type { NetworkError } from '../http';
import { isObject } from '../json';
import { parseThrown } from './networkErrors';
import type { ApiClient } from './apiClient';

/** An answer of a host that is not the service's; `body` is text or a stream, as asked for. */
export interface ExternalResponse {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/**
 * One request to a host that is not the service's: storage behind a signed address, or wherever a
 * file comes from. It carries no credential, and none of the service's headers.
 *
 * @returns the answer whatever its status, or why there was none
 * @throws Failure when cancelled, or when n8n does not allow the address
 */
export async function externalRequest(
	session: ApiClient,
	url: string,
	more: Pick<IHttpRequestOptions, 'method' | 'headers' | 'body' | 'encoding'> = {},
): Promise<ExternalResponse | NetworkError> {
	session.checkCancelled();
	const options: IHttpRequestOptions = {
		method: 'GET',
		encoding: 'text',
		...more,
		url: webUrl(url),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: session.retryPolicy.timeoutMs,
		abortSignal: session.signal,
		// What is sent belongs to this address alone; what is fetched may have moved.
		disableFollowRedirect: more.body !== undefined,
		sendCredentialsOnCrossOriginRedirect: false,
	};
	try {
		const response: unknown = await session.context.helpers.httpRequest(options);
		if (!isObject(response)) return { status: 0, headers: {}, body: response };
		return {
			status: Number(response.statusCode ?? 0),
			headers: lowerCaseHeaders(response.headers),
			body: response.body,
		};
	} catch (error) {
		const outcome = parseThrown(session, error);
		if ('networkError' in outcome) return outcome;
		return { status: outcome.status, headers: outcome.headers, body: outcome.text };
	}
}

/** Only web addresses; a text that is none may hold a secret, so it is not repeated. */
function webUrl(url: string): string {
	if (!/^https?:\/\/[^\s/?#]/i.test(url)) {
		throw new NodeFailure('The address of the file is not a web address', {
			description: 'Use an address that begins with https://',
		});
	}
	return url;
}

/** The pieces of a streamed body; text and buffers come as one piece. */
export async function* chunksOf(body: unknown): AsyncGenerator<Buffer> {
	if (Buffer.isBuffer(body)) yield body;
	else if (typeof body === 'string') yield Buffer.from(body, 'utf8');
	else if (isStream(body)) {
		for await (const piece of body) {
			yield Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece), 'utf8');
		}
	}
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/**
 * Cuts pieces of any size into parts of exactly `size` bytes; only the last may be shorter. Holds
 * no more than one part, in a buffer that `take` gives.
 */
export async function* splitIntoParts(
	source: AsyncIterable<Buffer>,
	size: number,
	take: () => Buffer = () => Buffer.allocUnsafeSlow(size),
): AsyncGenerator<Buffer> {
	let part: Buffer | undefined;
	let length = 0;
	for await (const piece of source) {
		for (let at = 0; at < piece.length;) {
			part ??= take();
			const copied = piece.copy(part, length, at, at + size - length);
			at += copied;
			length += copied;
			if (length < size) continue;
			yield part;
			part = undefined;
			length = 0;
		}
	}
	if (part !== undefined) yield part.subarray(0, length);
}
