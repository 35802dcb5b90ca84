import { isObject, wellFormed } from './json';
import { trimEnd } from './text';

/** Where a service shows secrets in its texts and addresses. */
export interface SecretPatterns {
	/** Names of parameters whose values are secret, beside those of OAuth. */
	parameters?: readonly string[];
	/** Text before a secret in an address, e.g. a path; the secret ends at the next slash. */
	pathPrefixes?: readonly string[];
}

/** Secrets that must not appear in a message, an output or a log. */
export interface Secrets extends SecretPatterns {
	/** The credential's own secrets. */
	values: readonly string[];
}

export const NO_SECRETS: Secrets = { values: [] };

const SECRET_NAME = /token|secret|password|signature|verifier|apikey|consumerkey/i;
const NOT_SECRET_NAME = /url|host|type|expire/i;
/** Shorter values are not masked: they would hide ordinary words. */
const MIN_SECRET_LENGTH = 3;

/** Returns all secret texts of a credential, longest first. Use them only to mask messages. */
export function collectSecrets(credential: unknown): string[] {
	const found = new Set<string>();
	const collect = (value: unknown, name: string) => {
		if (isObject(value)) {
			for (const [key, member] of Object.entries(value)) collect(member, key);
		} else if (
			typeof value === 'string' &&
			value.trim().length >= MIN_SECRET_LENGTH &&
			SECRET_NAME.test(name) &&
			!NOT_SECRET_NAME.test(name)
		) {
			found.add(value);
			found.add(value.trim());
		}
	};
	collect(credential, '');
	return [...found].sort((a, b) => b.length - a.length);
}

const MASK = '***';

/** Longest text that is searched; what comes after it is cut off. */
const MAX_SEARCHED = 20_000;
/** Longest text that is returned. A secret that begins in it ends within the searched text. */
const MAX_RETURNED = 10_000;

/** Parameters whose values are secret in OAuth 1.0a and OAuth 2.0. */
const OAUTH_PARAMETERS = [
	'oauth_signature',
	'oauth_token',
	'oauth_token_secret',
	'oauth_consumer_key',
	'oauth_verifier',
	'oauth_nonce',
	'access_token',
	'refresh_token',
	'client_secret',
	'code_verifier',
];

/**
 * Masks secrets in a text: the given values in every form in which a service may quote them,
 * secret parameters in addresses, headers, forms and (nested) JSON, bearer tokens, and the queries
 * of addresses. Texts longer than 10,000 characters are cut.
 */
export function redact(text: string, secrets: Secrets = NO_SECRETS): string {
	let clean = text.slice(0, MAX_SEARCHED);
	for (const form of spellings(secrets.values)) clean = clean.split(form).join(MASK);
	for (const prefix of secrets.pathPrefixes ?? []) clean = maskPath(clean, prefix);
	clean = clean
		.replace(/\b(Bearer|Basic)(\s+)[A-Za-z0-9+/=._~-]{16,}/g, `$1$2${MASK}`)
		.replace(parameterValues([...OAUTH_PARAMETERS, ...(secrets.parameters ?? [])]), `$1${MASK}`)
		.replace(/https?:\/\/[^\s"']+/g, withoutQuery);
	return clean.length > MAX_RETURNED ? `${clean.slice(0, MAX_RETURNED)}…` : clean;
}

/** Matches `name=value`, `name="value"`, `"name":"value"` (also inside JSON strings) and `name%3Dvalue%26`. */
function parameterValues(names: readonly string[]): RegExp {
	const separator = String.raw`\\*["']?\s{0,3}(?:[=:]|%(?:25)?3D)\s{0,3}\\*["']?`;
	return new RegExp(
		String.raw`((?:${names.join('|')})${separator})(?!\*\*\*)(?:(?!%(?:25)?26)[^&\s"',;\\])+`,
		'gi',
	);
}

function maskPath(text: string, prefix: string): string {
	const [head = '', ...rest] = text.split(prefix);
	return [head, ...rest.map((part) => part.replace(/^[^/\s"']+/, MASK))].join(prefix);
}

/** An address without its query, which may hold a signature. */
function withoutQuery(address: string): string {
	const query = address.indexOf('?');
	return query === -1 ? address : address.slice(0, query);
}

/** Returns each value plain, percent-encoded, form-encoded, JSON-escaped and in Base64, longest first. */
function spellings(values: readonly string[]): string[] {
	const forms = new Set<string>();
	for (const value of values) {
		const encoded = percentEncoded(value);
		const escaped = JSON.stringify(value).slice(1, -1);
		for (const form of [
			value,
			encoded,
			percentEncoded(encoded),
			percentEncodedStrictly(value),
			encoded.replaceAll('%20', '+'),
			escaped,
			JSON.stringify(escaped).slice(1, -1),
			trimEnd(Buffer.from(value, 'utf8').toString('base64'), '='),
		]) {
			forms.add(form);
		}
	}
	return [...forms].sort((a, b) => b.length - a.length);
}

function percentEncoded(text: string): string {
	return encodeURIComponent(wellFormed(text));
}

/** Percent-encoded by RFC 3986, which also covers `!'()*`. */
function percentEncodedStrictly(text: string): string {
	return percentEncoded(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
