import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { SandboxRequest } from '../core/request';
import type { Reply } from '../core/service';
import { htmlError } from './replies';

export interface Picture {
	/** File name, such as `5f2a….png`. */
	name: string;
	contentType: string;
	bytes: Buffer;
}

/** Picture of users who have not uploaded one. */
export const DEFAULT_PICTURE = 'stock.png';

/** 5 MB, as clients assume. There is no official limit. */
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;

/*
 * All clients support JPEG, PNG, GIF and BMP, and one supports WebP. Everything else is rejected.
 * The declared content type is ignored.
 */
const PICTURE_FORMATS: Array<{
	extension: string;
	contentType: string;
	matches: (head: Buffer) => boolean;
}> = [
	{
		extension: 'jpg',
		contentType: 'image/jpeg',
		matches: (head) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
	},
	{
		extension: 'png',
		contentType: 'image/png',
		matches: (head) => head.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n',
	},
	{
		extension: 'gif',
		contentType: 'image/gif',
		matches: (head) => /^GIF8[79]a/.test(head.subarray(0, 6).toString('latin1')),
	},
	{
		extension: 'bmp',
		contentType: 'image/bmp',
		matches: (head) => head.subarray(0, 2).toString('latin1') === 'BM',
	},
	{
		extension: 'webp',
		contentType: 'image/webp',
		matches: (head) => /^RIFF[\s\S]{4}WEBP$/.test(head.subarray(0, 12).toString('latin1')),
	},
];

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	let crc = 0xffffffff;
	for (const byte of body) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
	return framed;
}

/** Pictures by size and color, since the sample data uses the same ones at each reset. */
const plainPngs = new Map<string, Buffer>();

/** Returns a square PNG of one color for the sample data. */
export function plainPng(size: number, color: [number, number, number]): Buffer {
	const key = [size, ...color].join(' ');
	const png = plainPngs.get(key) ?? createPlainPng(size, color);
	plainPngs.set(key, png);
	return png;
}

function createPlainPng(size: number, [red, green, blue]: [number, number, number]): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([
		Buffer.from([0]),
		...Array.from({ length: size }, () => Buffer.from([red, green, blue])),
	]);
	const rows = Buffer.concat(Array.from({ length: size }, () => row));
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(rows)),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

/** Uploaded photos and profile pictures, served below `/fanfou-photo`. */
export class Pictures {
	private readonly files = new Map<string, Picture>();
	private count = 0;

	constructor() {
		const bytes = plainPng(96, [172, 218, 229]);
		this.files.set(DEFAULT_PICTURE, { name: DEFAULT_PICTURE, contentType: 'image/png', bytes });
	}

	/** Stores a picture. Returns undefined if it is too large or in an unsupported format. */
	add(bytes: Buffer): Picture | undefined {
		const kind = PICTURE_FORMATS.find(({ matches: isIt }) => isIt(bytes));
		if (!kind || bytes.length > MAX_PICTURE_BYTES) return undefined;
		this.count += 1;
		const hash = createHash('sha1').update(`${this.count} `).update(bytes).digest('hex');
		const name = `${hash.slice(0, 16)}.${kind.extension}`;
		const picture: Picture = { name, contentType: kind.contentType, bytes };
		this.files.set(name, picture);
		return picture;
	}

	get(name: string): Picture | undefined {
		return this.files.get(name);
	}

	/** Handles GET and HEAD. An image style after `@` is ignored. */
	serve(request: SandboxRequest): Reply {
		if (!['GET', 'HEAD'].includes(request.method)) return htmlError(405, 'Method Not Allowed');
		const name = (request.path.split('/').at(-1) ?? '').split('@')[0] ?? '';
		const picture = this.files.get(name);
		if (!picture) return htmlError(404, 'Not Found');
		return { bytes: picture.bytes, contentType: picture.contentType };
	}
}
