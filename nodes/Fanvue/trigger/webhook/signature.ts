import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Largest difference between the time of a signature and the clock, in seconds. */
const MAX_AGE_SECONDS = 300;

/** Longest signature header that is read; real ones have about 150 characters. */
const MAX_HEADER_LENGTH = 4096;

export type SignatureResult = 'valid' | 'missing' | 'expired' | 'mismatch';

/**
 * Checks `X-Fanvue-Signature: t=<unix seconds>,v0=<hex>`: HMAC-SHA256 over `t.rawBody`. While a
 * secret is being replaced the header has several values, as `v0=<hex>,<hex>` or `v0=<hex>,v0=<hex>`.
 *
 * @param body the raw bytes as received
 * @param now milliseconds since 1970
 */
export function checkSignature(
	header: unknown,
	{ body, secret, now }: { body: Buffer; secret: string; now: number },
): SignatureResult {
	if (typeof header !== 'string' || header.trim() === '') return 'missing';
	const { time, signatures } = parseHeader(header.slice(0, MAX_HEADER_LENGTH));
	if (!/^\d{1,12}$/.test(time) || signatures.length === 0) return 'mismatch';
	if (Math.abs(now / 1000 - Number(time)) > MAX_AGE_SECONDS) return 'expired';
	if (secret === '') return 'mismatch';
	const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
	const isValid = signatures.some((hex) => timingSafeEqual(Buffer.from(hex, 'hex'), expected));
	return isValid ? 'valid' : 'mismatch';
}

/** Reads the time and every value after `v0=`; values without a name belong to the name before. */
function parseHeader(header: string): { time: string; signatures: string[] } {
	let time = '';
	let name = '';
	const signatures: string[] = [];
	for (const part of header.split(',')) {
		const [first = '', ...rest] = part.trim().split('=');
		const value = (rest.length === 0 ? first : rest.join('=')).trim();
		if (rest.length > 0) name = first.trim();
		if (name === 't' && rest.length > 0) time = value;
		else if (name === 'v0' && /^[0-9a-f]{64}$/i.test(value)) signatures.push(value);
	}
	return { time, signatures };
}

/** Returns a digest of a body that stands in for a missing ID. */
export function fingerprint(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex').slice(0, 32);
}
