/** One part of a multipart body. */
export interface RawPart {
	name: string;
	filename?: string;
	contentType: string;
	bytes: Buffer;
}

const LINE = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

function boundaryOf(contentType: string): string | undefined {
	const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	return quoted ?? plain;
}

function attribute(disposition: string, name: string): string | undefined {
	const value = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
	// Browsers and undici encode a quote in a name as %22, other clients with a backslash.
	return value?.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"');
}

function readPart(piece: Buffer): RawPart | undefined {
	const end = piece.indexOf(HEAD_END);
	if (end < 0) return undefined;
	const headers = new Map<string, string>();
	for (const line of piece.subarray(0, end).toString('utf8').split('\r\n')) {
		const colon = line.indexOf(':');
		if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
	}
	const disposition = headers.get('content-disposition') ?? '';
	const name = attribute(disposition, 'name');
	if (!disposition.startsWith('form-data') || name === undefined) return undefined;
	const part: RawPart = {
		name,
		contentType: headers.get('content-type') ?? 'text/plain',
		bytes: piece.subarray(end + HEAD_END.length),
	};
	const filename = attribute(disposition, 'filename');
	if (filename !== undefined) part.filename = filename;
	return part;
}

/** Returns the parts of a multipart/form-data body (RFC 7578); undefined if it is malformed. */
export function readMultipart(body: Buffer, contentType: string): RawPart[] | undefined {
	const boundary = boundaryOf(contentType);
	if (boundary === undefined) return undefined;
	const opening = Buffer.from(`--${boundary}`);
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	if (!body.subarray(0, opening.length).equals(opening)) return undefined;
	const parts: RawPart[] = [];
	let at = opening.length;
	while (body.subarray(at, at + 2).equals(LINE)) {
		const next = body.indexOf(delimiter, at);
		if (next < 0) return undefined;
		// The line break before a part belongs to its delimiter.
		const part = readPart(body.subarray(at + LINE.length, next));
		if (!part) return undefined;
		parts.push(part);
		at = next + delimiter.length;
	}
	return body.subarray(at, at + 2).toString() === '--' ? parts : undefined;
}
