import { isObject } from './json';
import { maskPatterns, maskSecrets } from './maskSecrets';
import type { MaskedPattern } from './maskSecrets';
import { trimInvisible } from './text';

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
			trimInvisible(value).length >= MIN_SECRET_LENGTH &&
			SECRET_NAME.test(name) &&
			!NOT_SECRET_NAME.test(name)
		) {
			found.add(value);
			found.add(trimInvisible(value));
		}
	};
	collect(credential, '');
	return [...found].sort((a, b) => b.length - a.length);
}

/** Longest text that is searched; the rest is cut off. */
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
 * secret parameters in addresses, headers, forms, markup and (nested) JSON, bearer tokens, and the
 * queries of addresses. Texts longer than 10,000 characters are cut.
 */
export function redact(text: string, secrets: Secrets = NO_SECRETS): string {
	const { values, parameters = [], pathPrefixes = [] } = secrets;
	const clean = maskPatterns(maskSecrets(text.slice(0, MAX_SEARCHED), values), [
		...pathPrefixes.map((prefix) => ({ pattern: new RegExp(`(${prefix})[^/\\s"']+`, 'g') })),
		{ pattern: /(\b(?:Bearer|Basic)\s+)[A-Za-z0-9+/=._~-]{16,}/g },
		parameterValues([...OAUTH_PARAMETERS, ...parameters]),
		// The query of an address may hold a signature.
		{ pattern: /https?:\/\/[^\s"']+/g, keptLength: lengthWithoutQuery, replacement: '' },
	]);
	return clean.length > MAX_RETURNED ? `${clean.slice(0, MAX_RETURNED)}…` : clean;
}

function lengthWithoutQuery(address: string): number {
	const query = address.indexOf('?');
	return query === -1 ? address.length : query;
}

const QUOTE = String.raw`\\*["'“”]`;

/** What can be between the name of a parameter and its value. */
const SEPARATORS = [
	// name=value, name="value", "name": ["value"], "name": {"value": "value"}, <name>value, name => value, | name | value
	String.raw`(?:${QUOTE})?[\])]?\s{0,10}(?:=>|[=:>|]|%(?:25)?3D)\s{0,10}(?:string\(\d{1,5}\)\s)?(?:<[a-z]{1,10}>)?[[({]?(?:${QUOTE}value${QUOTE}\s{0,10}:\s{0,10}\[?)?(?:${QUOTE})?`,
	// ["name","value"] and {"name":"name","value":"value"}
	String.raw`${QUOTE}\s{0,10},\s{0,10}(?:${QUOTE}value${QUOTE}\s{0,10}:\s{0,10})?${QUOTE}`,
	// name "value"
	String.raw`\s{1,10}${QUOTE}`,
	// A part of a multipart form.
	String.raw`${QUOTE}(?:\r?\n[\w-]{1,40}:[^\r\n]{1,100}){0,3}\r?\n\r?\n`,
].join('|');

/** Matches parameters with their values; a name can also have hyphens, or be in camelCase. */
function parameterValues(names: readonly string[]): MaskedPattern {
	const name = names.map((each) => each.replaceAll('_', '[_-]?')).join('|');
	const pattern = new RegExp(
		String.raw`((?:${name})(?:${SEPARATORS}))(?!\*\*\*)(?:(?!%(?:25)?26)[^&\s"'“”,;<>|\]\\])+`,
		'gi',
	);
	return { pattern };
}
