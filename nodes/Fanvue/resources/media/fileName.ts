import { percentDecode } from '../../../shared/http';

/** Longest `Content-Disposition` header that is read. */
const MAX_HEADER_LENGTH = 4096;

/** Longest file name, in characters. */
const MAX_NAME_LENGTH = 255;

/**
 * Returns the file name of a `Content-Disposition` header, or an empty text. `filename*` (RFC 5987)
 * takes precedence over `filename`.
 */
export function fileNameFromHeader(header: string | undefined): string {
	const parameters = parseParameters((header ?? '').slice(0, MAX_HEADER_LENGTH));
	const extended = decodeExtended(parameters.get('filename*') ?? '');
	const plain = decodeUtf8(parameters.get('filename') ?? '');
	// Some servers percent-encode the plain name.
	return cleanFileName(extended) || cleanFileName(percentDecode(plain));
}

/** Removes what a file name cannot have: control characters, path separators and blanks at its ends. */
export function cleanFileName(name: string): string {
	const clean = name
		.replace(/\p{Cc}/gu, '')
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

/** Decodes `UTF-8'language'percent-encoded`; `ISO-8859-1` is the only other character set in use. */
function decodeExtended(value: string): string {
	const [charset = '', , encoded] = value.split("'", 3);
	if (encoded === undefined) return '';
	if (charset.toLowerCase() !== 'iso-8859-1') return percentDecode(encoded);
	return encoded.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

/** Node reads headers as Latin-1, while servers send names in raw UTF-8. */
function decodeUtf8(value: string): string {
	const isLatin1 = [...value].every((character) => character <= '\u00ff');
	const decoded = isLatin1 ? Buffer.from(value, 'latin1').toString('utf8') : value;
	return decoded.includes('\ufffd') ? value : decoded;
}
