import type { Pair } from './request';

/** What stands in the journal where a secret was. */
export const BLANK = '***';

const SECRET_NAMES =
	/^(authorization|cookie|set-cookie|x-fanvue-api-key|code|code_verifier|id|.*(token|secret|password|signature|verifier).*)$/i;
const NOT_SECRET = new Set(['id', 'oauth_signature_method']);

/** Whether a header, query or form value of this name is a secret. */
export function isSecretName(name: string): boolean {
	return SECRET_NAMES.test(name) && !NOT_SECRET.has(name.toLowerCase());
}

/** The path with a bot token blanked (`/fanbook/api/bot/{token}/...`). */
export function blankPath(path: string): string {
	return path.replace(/(\/api\/bot\/)[^/?]+/, `$1${BLANK}`);
}

export function blankPairs(pairs: Pair[]): Pair[] {
	return pairs.map(([name, value]) => [name, isSecretName(name) ? BLANK : value]);
}

/** Headers with secrets blanked; of Authorization the scheme stays. */
export function blankHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (name === 'authorization') return [name, `${value.split(' ')[0] ?? ''} ${BLANK}`];
			return [name, isSecretName(name) ? BLANK : value];
		}),
	);
}

/** A form-urlencoded or JSON text with the secret values blanked, all else byte for byte. */
export function blankBody(text: string, mediaType: string): string {
	if (mediaType === 'application/x-www-form-urlencoded') {
		return text
			.split('&')
			.map((pair) => {
				const name = pair.split('=')[0] ?? '';
				return isSecretName(decodeName(name)) ? `${name}=${BLANK}` : pair;
			})
			.join('&');
	}
	return text.replace(
		/"([A-Za-z0-9_-]+)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g,
		(whole, name: string, gap: string) =>
			isSecretName(name) ? `"${name}"${gap}"${BLANK}"` : whole,
	);
}

function decodeName(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
