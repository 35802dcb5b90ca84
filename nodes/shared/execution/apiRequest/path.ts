import { percentEncode } from '../../client/request';
import { invalidParameter } from '../../errors';
import { shown } from '../shownValue';

const PATH = 'Path';

/** A path of a service as the user entered it, checked and ready for the wire. */
export interface RequestPath {
	/** Below the base address, percent-encoded, without a leading slash. */
	encodedPath: string;
	/** Names and values of a query in the path, decoded. */
	query: Array<[name: string, value: string]>;
}

/** A whole segment that is a placeholder: `:id` or `{id}`, also with an ending (`:id.json`). */
const PLACEHOLDER = /^(?::([A-Za-z_]\w*)|\{([^{}]+)\})(\.\w+)?$/;

/**
 * Reads a path that the user entered: a path below the base address, or a complete address that
 * begins with it. Placeholders are replaced by the given values.
 *
 * @throws NodeFailure when the path leads to another host or out of the base address, or has a
 * placeholder without a value
 */
export function readPath(
	given: string,
	{ baseUrl, values }: { baseUrl: string; values: ReadonlyMap<string, string> },
): RequestPath {
	const text = given.trim();
	checkCharacters(text);
	const relative = withoutBaseUrl(text, baseUrl);
	const queryStart = relative.indexOf('?');
	const path = (queryStart < 0 ? relative : relative.slice(0, queryStart)).replace(/^\//, '');
	if (path === '') {
		throw invalidParameter(PATH, 'is empty', 'Enter the path of the endpoint, e.g. /users/me');
	}
	const used = new Set<string>();
	const segments = path.split('/').map((segment) => encodeSegment(segment, values, used));
	const unused = [...values.keys()].find((name) => !used.has(name));
	if (unused !== undefined) {
		throw invalidParameter(
			'Path Parameters',
			`has a value for "${shown(unused)}", which is not in the path`,
			`Write {${shown(unused)}} into the path where the value belongs`,
		);
	}
	return {
		encodedPath: segments.join('/'),
		query: queryStart < 0 ? [] : [...new URLSearchParams(relative.slice(queryStart + 1))],
	};
}

function checkCharacters(text: string): void {
	if (hasControlCharacter(text)) {
		throw invalidParameter(PATH, 'has a line break or control character', 'Remove it');
	}
	if (text.includes('\\')) {
		throw invalidParameter(PATH, 'has a backslash', 'Use / between the parts of the path');
	}
	if (text.includes('#')) {
		throw invalidParameter(PATH, 'has a "#"', 'Write %23 if it is part of a value');
	}
}

function hasControlCharacter(text: string): boolean {
	return [...text].some((character) => character < ' ' || character === '\u007f');
}

/** Returns what follows the base address, which may be left out or given as a path only. */
function withoutBaseUrl(text: string, baseUrl: string): string {
	const base = new URL(baseUrl);
	const basePath = base.pathname.replace(/\/$/, '');
	const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]*/.exec(text)?.[0];
	const rest = text.slice(absolute?.length ?? 0);
	const isBelow = basePath !== '' && (rest === basePath || rest.startsWith(`${basePath}/`));
	const otherHost = () =>
		invalidParameter(
			PATH,
			'leads to another address than that of the credential',
			`Enter a path, or an address that begins with ${baseUrl}`,
		);
	if (absolute === undefined) {
		if (text.startsWith('//')) throw otherHost();
		return isBelow ? rest.slice(basePath.length) : rest;
	}
	const isSameHost =
		!absolute.includes('@') && URL.canParse(absolute) && new URL(absolute).origin === base.origin;
	if (!isSameHost || (basePath !== '' && !isBelow)) throw otherHost();
	return rest.slice(basePath.length);
}

function encodeSegment(
	segment: string,
	values: ReadonlyMap<string, string>,
	used: Set<string>,
): string {
	if (segment === '') {
		throw invalidParameter(
			PATH,
			'has an empty part between or after slashes',
			'Check the expressions in it: one of them may be empty',
		);
	}
	const placeholder = PLACEHOLDER.exec(segment);
	const name = placeholder?.[1] ?? placeholder?.[2];
	if (name === undefined) {
		checkDotSegments(segment, PATH);
		return encodeUnencoded(segment);
	}
	const value = values.get(name);
	if (value === undefined || value.trim() === '') {
		throw invalidParameter(
			PATH,
			`has no value for "${shown(name)}"`,
			`Add "${shown(name)}" to Path Parameters, or write the value into the path`,
		);
	}
	checkDotSegments(value, 'Path Parameters');
	used.add(name);
	return `${percentEncode(value)}${placeholder?.[3] ?? ''}`;
}

/** More levels of percent-encoding than proxies decode. */
const MAX_DECODINGS = 5;

/** @throws NodeFailure for `..` and `.` in any percent-encoding, which servers resolve */
function checkDotSegments(segment: string, displayName: string): void {
	let decoded = segment;
	for (let level = 0; level < MAX_DECODINGS; level += 1) decoded = decodeBytes(decoded);
	if (hasControlCharacter(decoded)) {
		throw invalidParameter(displayName, 'has a line break or control character', 'Remove it');
	}
	const isDots = decoded.split(/[/\\]/).some((part) => /^\.\.?(?:;|$)/.test(part));
	if (isDots) {
		throw invalidParameter(
			displayName,
			`cannot contain "${shown(segment)}"`,
			'Enter the path without . and .. parts',
		);
	}
}

/** Decodes each byte by itself, so that invalid UTF-8 does not hide the rest. */
function decodeBytes(text: string): string {
	return text.replace(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

/** Percent-encodes what a path segment cannot contain (RFC 3986); what is encoded stays as it is. */
function encodeUnencoded(segment: string): string {
	return segment.replace(/%[0-9A-Fa-f]{2}|%|[^%A-Za-z0-9\-._~:@!$&'()*+,;=]+/g, (match) =>
		/^%../.test(match) ? match : percentEncode(match),
	);
}
