/** Reads npm tarballs (gzip, tar with ustar and pax headers), so that no `tar` program is needed. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 * @returns {string} the text of a fixed-width header field, which ends at its first zero byte
 */
function field(header, start, length) {
	const bytes = header.subarray(start, start + length);
	const end = bytes.indexOf(0);
	return bytes.toString('utf8', 0, end === -1 ? length : end);
}

/**
 * @param {Buffer} body
 * @returns {string | undefined} the path in a pax extended header: `<length> path=<value>\n` records
 */
function paxPath(body) {
	return /^\d+ path=(.*)$/m.exec(body.toString('utf8'))?.[1];
}

/**
 * @param {string} file a .tgz made by `npm pack`
 * @returns {Array<{ path: string, content: Buffer }>} its files; paths begin after npm's leading `package/`
 */
export function readTarball(file) {
	const bytes = gunzipSync(readFileSync(file));
	/** @type {Array<{ path: string, content: Buffer }>} */
	const files = [];
	/** @type {string | undefined} */
	let longPath;
	for (let at = 0; at + BLOCK <= bytes.length;) {
		const header = bytes.subarray(at, at + BLOCK);
		if (header[0] === 0) break;
		const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8);
		const type = field(header, 156, 1);
		const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
		const path =
			longPath ?? [field(header, 345, 155), field(header, 0, 100)].filter(Boolean).join('/');
		longPath = type === 'x' ? paxPath(content) : undefined;
		if (type === '0' || type === '') files.push({ path: path.replace(/^[^/]+\//, ''), content });
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
	return files;
}
