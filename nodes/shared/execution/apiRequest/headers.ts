import { invalidParameter } from '../../errors';
import { shown } from '../shownValue';

const HEADERS = 'Headers';

/** Headers that sign or route a request, or describe its body. */
const REFUSED = new Map<string, string>([
	...[
		'authorization',
		'proxy-authorization',
		'authentication',
		'cookie',
		'cookie2',
		'set-cookie',
	].map((name): [string, string] => [name, 'The credential of this node signs the request']),
	...[
		'connection',
		'content-length',
		'expect',
		'host',
		'keep-alive',
		'proxy-connection',
		'te',
		'trailer',
		'transfer-encoding',
		'upgrade',
	].map((name): [string, string] => [name, 'n8n sets it']),
	['content-type', 'It follows from Body'],
	['accept-encoding', 'n8n sets it'],
]);

/**
 * Checks headers that the user entered.
 *
 * @returns the headers with names in lower case
 * @throws NodeFailure for headers that concern the credential or the connection, and for characters
 * that a header cannot contain
 */
export function readHeaders(pairs: Array<[name: string, value: string]>): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [given, value] of pairs) {
		const name = given.trim().toLowerCase();
		if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
			throw invalidParameter(
				HEADERS,
				`cannot have the name "${shown(given)}"`,
				'Use letters, digits and hyphens',
			);
		}
		const reason = REFUSED.get(name);
		if (reason !== undefined) {
			throw invalidParameter(HEADERS, `cannot set "${name}"`, `${reason}. Remove this header`);
		}
		if (headers[name] !== undefined) {
			throw invalidParameter(HEADERS, `has "${name}" twice`, 'Remove one of the two');
		}
		if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
			throw invalidParameter(
				HEADERS,
				`has a value for "${name}" with a line break or a character that headers cannot contain`,
				'Use Latin letters, digits and punctuation only',
			);
		}
		headers[name] = value.trim();
	}
	return headers;
}
