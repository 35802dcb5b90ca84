import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A delivery older or newer than this many seconds is refused. */
const WINDOW = 300;

/**
 * Checks `X-Fanvue-Signature: t=<unix seconds>,v0=<hex>`: HMAC-SHA256 over `t.rawBody`. Several
 * `v0` may be given while a secret is being replaced.
 *
 * @param body the raw bytes as they arrived
 * @param now milliseconds since 1970
 */
export function isSigned(header: unknown, body: Buffer, secret: string, now: number): boolean {
	if (typeof header !== 'string' || secret === '') return false;
	const parts = header.split(',').map((part) => part.trim().split('='));
	const time = parts.find(([name]) => name === 't')?.[1] ?? '';
	if (!/^\d{1,12}$/.test(time) || Math.abs(now / 1000 - Number(time)) > WINDOW) return false;
	const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
	return parts
		.filter(([name]) => name === 'v0')
		.some(([, hex = '']) => {
			if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
			return timingSafeEqual(Buffer.from(hex, 'hex'), expected);
		});
}

/** Tells one delivery from another where it has no ID of its own. */
export function fingerprint(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex').slice(0, 32);
}
