import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { MediaType } from '../model';

const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SECONDS_OF_SILENCE = 12;
const SAMPLE_RATE = 8000;

function chunk(type: string, data: Buffer): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt32BE(data.length);
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([head, body, sum]);
}

/** Creates a PNG picture: a gradient between two colors that depend on the seed. */
export function picture(seed: string, width: number, height: number): Buffer {
	const colors = createHash('sha256').update(seed).digest();
	const rows = Buffer.alloc(height * (1 + width * 3));
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const share = (x / width + y / height) / 2;
			for (let c = 0; c < 3; c += 1) {
				const from = colors[c] ?? 0;
				const to = colors[c + 3] ?? 0;
				rows[y * (1 + width * 3) + 1 + x * 3 + c] = Math.round(from + (to - from) * share);
			}
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		PNG_HEAD,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** Creates a silent WAV file. */
function sampleAudio(): Buffer {
	const length = SECONDS_OF_SILENCE * SAMPLE_RATE;
	const file = Buffer.alloc(44 + length, 0x80);
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(36 + length, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(SAMPLE_RATE, 24);
	file.writeUInt32LE(SAMPLE_RATE, 28);
	file.writeUInt16LE(1, 32);
	file.writeUInt16LE(8, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(length, 40);
	return file;
}

/** Creates the first box of an MP4 file, which identifies the type but cannot be played. */
function sampleVideo(seed: string): Buffer {
	const box = Buffer.from('0000001c6674797069736f6d0000020069736f6d69736f3261766331', 'hex');
	return Buffer.concat([box, createHash('sha512').update(seed).digest()]);
}

/** Returns the bytes of a sample item. They are the same at every start. */
export function sampleBytes(type: MediaType, seed: string): Buffer {
	if (type === 'image') return picture(seed, 640, 480);
	if (type === 'video') return sampleVideo(seed);
	if (type === 'audio') return sampleAudio();
	return Buffer.from(`%PDF-1.4\n% ${seed}\n%%EOF\n`, 'latin1');
}

const CONTENT_TYPES: Record<string, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	pdf: 'application/pdf',
	txt: 'text/plain',
};

/** Returns the content type of a file name. */
export function contentTypeOf(filename: string): string {
	const ending = filename.split('.').at(-1)?.toLowerCase() ?? '';
	return CONTENT_TYPES[ending] ?? 'application/octet-stream';
}
