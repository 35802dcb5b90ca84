/** Requests to n8n and to the sandbox that survive a closed connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, describeError } from './errors.mjs';

/** The pauses before a request is repeated whose connection was closed. */
const RETRY_DELAYS_MS = [100, 500, 2_000];

/** A server closes idle connections, and on a busy machine this can cross with a request on its way. */
const CLOSED_CONNECTION = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * Sends a request, and repeats it if the connection was closed before a response arrived.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 * @throws an error that names the request and the reason
 */
export async function fetchWithRetry(url, init) {
	for (let attempt = 0; ; attempt += 1) {
		try {
			return await fetch(url, init);
		} catch (error) {
			const delay = RETRY_DELAYS_MS[attempt];
			if (delay === undefined || !CLOSED_CONNECTION.includes(codeOf(error) ?? '')) {
				const request = `${init.method ?? 'GET'} ${url}`;
				throw new Error(`${request} failed: ${describeError(error)}`, { cause: error });
			}
			await sleep(delay);
		}
	}
}
