/** Requests to n8n and to the sandbox that survive a closed connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, describeError } from './errors.mjs';

/** The pauses before a request is repeated whose connection was closed. */
const RETRY_DELAYS_MS = [100, 500, 2_000];

/**
 * A server closes idle connections, and on a busy machine this can cross with a request on its way. A busy
 * server can also accept connections late.
 */
const CLOSED_CONNECTION = [
	'ECONNRESET',
	'ECONNREFUSED',
	'EPIPE',
	'ETIMEDOUT',
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_SOCKET',
];

/** Statuses whose responses have no body. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * Sends a request, and repeats it if the connection was closed before a response arrived, or, unless the
 * request changes something, before it was complete.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Response>} the complete response
 * @throws an error that names the request and the reason
 */
export async function fetchWithRetry(url, init) {
	const { method = 'GET' } = init;
	for (let attempt = 0; ; attempt += 1) {
		let hasResponse = false;
		try {
			const response = await fetch(url, init);
			hasResponse = true;
			const { status, statusText, headers } = response;
			const body = await response.arrayBuffer();
			return new Response(WITHOUT_BODY.includes(status) ? null : body, {
				status,
				statusText,
				headers,
			});
		} catch (error) {
			const delay = RETRY_DELAYS_MS[attempt];
			const isClosed = CLOSED_CONNECTION.includes(codeOf(error) ?? '');
			if (delay === undefined || !isClosed || (hasResponse && method !== 'GET')) {
				throw new Error(`${method} ${url} failed: ${describeError(error)}`, { cause: error });
			}
			await sleep(delay);
		}
	}
}
