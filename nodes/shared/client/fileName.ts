import { percentDecode } from '../http';

/** Longest `Content-Disposition` header that is read. */
const MAX_HEADER_LENGTH = 4096;

/** Longest file name, in characters. */
const MAX_NAME_LENGTH = 255;

/**
 * Returns the file name of a `Content-Disposition` header, or an empty text. As in browsers,
 * `filename*` (RFC 5987) takes precedence over a name in parts (RFC 2231), and this over `filename`.
 */
export function fileNameFromHeader(header: string | undefined): string {
	const parameters = parseParameters((header ?? '').slice(0, MAX_HEADER_LENGTH));
	const names = [
		decodeExtended(parameters.get('filename*') ?? ''),
		joinParts(parameters),
		decodePlain(parameters.get('filename') ?? ''),
	]
		.map(cleanFileName)
		.filter((name) => name !== '');
	// A name that could be decoded only in part is the last choice.
	return names.find((name) => !name.includes('\ufffd')) ?? names[0] ?? '';
}

/**
 * Joins `filename*0`, `filename*1` and so on, up to the first number that is missing. A star after the
 * number marks a part as percent-encoded; the first of them names the character set of all.
 */
function joinParts(parameters: Map<string, string>): string {
	let isExtended = false;
	let joined = '';
	for (let number = 0; ; number += 1) {
		const encoded = parameters.get(`filename*${number}*`);
		const part = encoded ?? parameters.get(`filename*${number}`);
		if (part === undefined) break;
		if (number === 0) isExtended = encoded !== undefined;
		// In a name that is decoded at the end, a percent sign of a plain part stands for itself.
		joined += isExtended && encoded === undefined ? part.replaceAll('%', '%25') : part;
	}
	return isExtended ? decodeExtended(joined) : decodePlain(joined);
}

/** Decodes a plain name, which some servers write in an encoding of their own. */
function decodePlain(value: string): string {
	return percentDecode(decodeWords(decodeUtf8(value)));
}

/**
 * Removes what a file name cannot have: control characters, those that reverse what is shown, path
 * separators and blanks at its ends.
 */
export function cleanFileName(name: string): string {
	const clean = name
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
		.replace(/[/\\]/g, '_')
		.trim();
	return [...clean].slice(-MAX_NAME_LENGTH).join('');
}

/** Splits `type; name=value; name="quoted \\" value"` into its parameters, with names in lower case. */
function parseParameters(header: string): Map<string, string> {
	const parameters = new Map<string, string>();
	for (const part of splitOutsideQuotes(header)) {
		const equals = part.indexOf('=');
		if (equals < 0) continue;
		const name = part.slice(0, equals).trim().toLowerCase();
		if (!parameters.has(name)) parameters.set(name, unquote(part.slice(equals + 1).trim()));
	}
	return parameters;
}

function splitOutsideQuotes(header: string): string[] {
	const parts: string[] = [];
	let part = '';
	let isQuoted = false;
	for (let index = 0; index < header.length; index += 1) {
		const character = header.charAt(index);
		if (character === '\\' && isQuoted) {
			part += character + header.charAt(index + 1);
			index += 1;
			continue;
		}
		if (character === '"') isQuoted = !isQuoted;
		if (character === ';' && !isQuoted) {
			parts.push(part);
			part = '';
		} else part += character;
	}
	return [...parts, part];
}

function unquote(value: string): string {
	if (!value.startsWith('"')) return value;
	const inner = value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1);
	return inner.replace(/\\(.)/g, '$1');
}

/** Decodes `UTF-8'language'percent-encoded`, in any character set. */
function decodeExtended(value: string): string {
	const [charset = '', language, ...rest] = value.split("'");
	if (language === undefined || rest.length === 0) return '';
	// `encodeURIComponent` leaves apostrophes as they are.
	const encoded = rest.join("'");
	return decodeBytes(percentBytes(encoded, /%([0-9a-f]{2})/gi), charset) ?? percentDecode(encoded);
}

/** Decodes `=?UTF-8?B?base64?=` and `=?UTF-8?Q?quoted=20text?=` of e-mails, which some servers use as well. */
function decodeWords(value: string): string {
	return value.replace(
		/=\?([\w-]{1,40})\?([bq])\?([^?\s]{0,4096})\?=/gi,
		(word, charset: string, encoding: string, text: string) => {
			const bytes =
				encoding.toLowerCase() === 'b'
					? Buffer.from(text, 'base64')
					: percentBytes(text.replaceAll('_', ' '), /=([0-9a-f]{2})/gi);
			return decodeBytes(bytes, charset) ?? word;
		},
	);
}

/** Returns the bytes of a text in which single ones are written in hexadecimal. */
function percentBytes(text: string, code: RegExp): Buffer {
	const latin1 = text.replace(code, (_match, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return Buffer.from(latin1, 'latin1');
}

/** Returns bytes as text; `undefined` if the character set is not known. */
function decodeBytes(bytes: Buffer, charset: string): string | undefined {
	try {
		return new TextDecoder(charset.trim() || 'utf-8').decode(bytes);
	} catch {
		return undefined;
	}
}

/** Node reads headers as Latin-1, while servers send names in raw UTF-8. */
function decodeUtf8(value: string): string {
	const isLatin1 = [...value].every((character) => character <= '\u00ff');
	const decoded = isLatin1 ? Buffer.from(value, 'latin1').toString('utf8') : value;
	return decoded.includes('\ufffd') ? value : decoded;
}
