import { percentDecode } from './percentDecode';
import type { Pair } from './request';

/** Replaces a secret in the request log. */
export const REDACTED = '***';

const SECRET_NAMES =
	/^(authorization|cookie|set-cookie|x-fanvue-api-key|code|code_verifier|id|.*(token|secret|password|signature|verifier).*)$/i;
const NOT_SECRET = new Set(['id', 'oauth_signature_method', 'token_type']);

/** Returns whether a header, query or form value of this name is a secret. */
export function isSecretName(name: string): boolean {
	return SECRET_NAMES.test(name) && !NOT_SECRET.has(name.toLowerCase());
}

/** Redacts the bot token in a path (`/fanbook/api/bot/{token}/...`). */
export function redactPath(path: string): string {
	return path.replace(/(\/api\/bot\/)[^/?]+/, `$1${REDACTED}`);
}

export function redactPairs(pairs: Pair[]): Pair[] {
	return pairs.map(([name, value]) => [name, isSecretName(name) ? REDACTED : value]);
}

/** Redacts secret headers; the scheme of Authorization is kept. */
export function redactHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (name === 'authorization') return [name, `${value.split(' ')[0] ?? ''} ${REDACTED}`];
			return [name, isSecretName(name) ? REDACTED : value];
		}),
	);
}

/** Redacts the bot token and secret query values of the addresses in a text. */
export function redactAddresses(text: string): string {
	return text
		.replace(/(\/api\/bot\/)[^/?"\s]+/g, `$1${REDACTED}`)
		.replace(
			/([?&](?:code|[^=&"\s]*(?:signature|credential|token|verifier|secret)[^=&"\s]*)=)[^&"\s]+/gi,
			`$1${REDACTED}`,
		);
}

/** Redacts a response: JSON, the pairs of OAuth 1.0a, and addresses in either. */
export function redactResponse(text: string): string {
	const isForm = /^[\w.~%-]+=[^\s{<]*$/.test(text);
	const mediaType = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
	return redactAddresses(redactBody(text, mediaType));
}

/** Redacts the secret values of a form-urlencoded or JSON text and keeps all other bytes. */
export function redactBody(text: string, mediaType: string): string {
	if (mediaType === 'application/x-www-form-urlencoded') {
		return text
			.split('&')
			.map((pair) => {
				const name = pair.split('=')[0] ?? '';
				return isSecretName(percentDecode(name) ?? name) ? `${name}=${REDACTED}` : pair;
			})
			.join('&');
	}
	return text.replace(
		/"([A-Za-z0-9_-]+)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g,
		(whole, name: string, gap: string) =>
			isSecretName(name) ? `"${name}"${gap}"${REDACTED}"` : whole,
	);
}
