import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeFailure, toNodeFailure } from '../errors';
import { lowerCaseHeaders } from '../http';
import type { NetworkError } from '../http';
import { isObject } from '../json';
import type { ApiClient } from './apiClient';
import { parseThrown } from './networkErrors';
import { checkPublicAddress } from './publicAddress';
import type { CheckedAddress } from './publicAddress';

/** A response of a host that is not the service's; `body` is text or a stream, as requested. */
export interface ExternalResponse {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/**
 * Sends one request to a host that is not the service's, such as storage behind a signed address.
 * It carries no credential and none of the service's headers, and reaches no address inside the
 * network, unless the service itself is configured to be there.
 *
 * @returns the response whatever its status, or the network error
 * @throws NodeFailure when cancelled, or when the address is not allowed
 */
export async function externalRequest(
	client: ApiClient,
	address: string,
	more: ExternalOptions = {},
): Promise<ExternalResponse | NetworkError> {
	let next = address;
	for (let redirects = 0; ; redirects += 1) {
		const response = await sendExternal(client, next, more);
		if ('networkError' in response) return response;
		const { location } = response.headers;
		const isRedirect = response.status >= 300 && response.status < 400 && location !== undefined;
		// Uploads must not be redirected; downloads may have moved.
		if (!isRedirect || more.body !== undefined || redirects >= MAX_REDIRECTS) return response;
		if (isStream(response.body)) response.body.destroy();
		next = URL.canParse(location, next) ? new URL(location, next).href : location;
	}
}

type ExternalOptions = Pick<IHttpRequestOptions, 'method' | 'headers' | 'body' | 'encoding'>;

const MAX_REDIRECTS = 5;

async function sendExternal(
	client: ApiClient,
	address: string,
	more: ExternalOptions,
): Promise<ExternalResponse | NetworkError> {
	client.checkCancelled();
	const target = await allowedTarget(client, address);
	if ('networkError' in target) return target;
	const options: IHttpRequestOptions = {
		method: 'GET',
		encoding: 'text',
		...more,
		headers: { ...more.headers, ...target.headers },
		url: target.url,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: client.retryPolicy.timeoutMs,
		abortSignal: client.signal,
		// Each redirect is checked before it is followed.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
	try {
		const response: unknown = await client.context.helpers.httpRequest(options);
		if (!isObject(response)) return { status: 0, headers: {}, body: response };
		return {
			status: Number(response.statusCode ?? 0),
			headers: lowerCaseHeaders(response.headers),
			body: response.body,
		};
	} catch (error) {
		const outcome = parseThrown(client, error);
		if ('networkError' in outcome) return outcome;
		return { status: outcome.status, headers: outcome.headers, body: outcome.text };
	}
}

/**
 * @returns where to connect, or the error of the DNS lookup
 * @throws NodeFailure without the address, since a text that is not an address may hold a secret
 */
async function allowedTarget(
	client: ApiClient,
	address: string,
): Promise<CheckedAddress | NetworkError> {
	if (!/^https?:\/\/[^\s/?#]/i.test(address) || !URL.canParse(address)) {
		throw new NodeFailure('The address of the file is not a web address', {
			description: 'Use an address that begins with https://',
		});
	}
	const url = new URL(address);
	const hosts = client.api.hosts(await client.credentialSettings());
	const isOfService = Object.values(hosts).some(
		(base) => URL.canParse(base) && new URL(base).hostname === url.hostname,
	);
	// The address itself is passed on, since parsing it could change its signature.
	if (isOfService) return { url: address, headers: {} };
	const checked = await checkedAddress(client, url);
	if (checked !== undefined) return checked;
	throw new NodeFailure(`${client.api.name} named a file at an address inside this network`, {
		description: 'Have the administrator of n8n allow this address, or try again later',
	});
}

async function checkedAddress(
	client: ApiClient,
	url: URL,
): Promise<CheckedAddress | NetworkError | undefined> {
	try {
		return await checkPublicAddress(client.context, url);
	} catch (error) {
		const outcome = parseThrown(client, error);
		if ('networkError' in outcome) return outcome;
		throw toNodeFailure(error);
	}
}

/** Yields the chunks of a streamed body; text and buffers are one chunk. */
export async function* chunksOf(body: unknown): AsyncGenerator<Buffer> {
	if (Buffer.isBuffer(body)) yield body;
	else if (typeof body === 'string') yield Buffer.from(body, 'utf8');
	else if (isStream(body)) {
		for await (const chunk of body) {
			yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
		}
	}
}

/** Whether a value is a readable stream. */
export function isStream(body: unknown): body is AsyncIterable<unknown> & { destroy: () => void } {
	return (
		typeof body === 'object' &&
		body !== null &&
		Symbol.asyncIterator in body &&
		'destroy' in body &&
		typeof body.destroy === 'function'
	);
}

/**
 * Splits chunks of any size into parts of exactly `size` bytes; only the last may be shorter. Holds
 * one part at most, in a buffer that `take` returns.
 */
export async function* splitIntoParts(
	source: AsyncIterable<Buffer>,
	size: number,
	take: () => Buffer = () => Buffer.allocUnsafeSlow(size),
): AsyncGenerator<Buffer> {
	let part: Buffer | undefined;
	let length = 0;
	for await (const chunk of source) {
		for (let at = 0; at < chunk.length;) {
			part ??= take();
			const copied = chunk.copy(part, length, at, at + size - length);
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
