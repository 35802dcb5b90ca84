import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = 'sandbox storage';

/** Returns the signature of a path and query. */
function signatureOf(method: string, pathAndQuery: string): string {
	return createHmac('sha256', SECRET).update(`${method} ${pathAndQuery}`).digest('hex');
}

function compactDate(ms: number): string {
	return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/**
 * Signs a URL like S3, with all values in the query.
 * @param path path including the prefix of the storage
 * @returns path and query
 */
export function presign({
	method,
	path,
	query,
	now,
	seconds,
}: {
	method: string;
	path: string;
	query: Record<string, string>;
	now: number;
	seconds: number;
}): string {
	const values = new URLSearchParams({
		...query,
		'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
		'X-Amz-Credential': 'SANDBOX/s3/aws4_request',
		'X-Amz-Date': compactDate(now),
		'X-Amz-Expires': String(seconds),
		'X-Amz-SignedHeaders': 'host',
	});
	const unsigned = `${path}?${values.toString()}`;
	return `${unsigned}&X-Amz-Signature=${signatureOf(method, unsigned)}`;
}

/** Checks the signature of a URL. It is `invalid` if any part of the URL was changed. */
export function verify(
	method: string,
	rawUrl: string,
	now: number,
): 'valid' | 'invalid' | 'expired' {
	const cut = rawUrl.indexOf('&X-Amz-Signature=');
	if (cut < 0) return 'invalid';
	const unsigned = rawUrl.slice(0, cut);
	const given = Buffer.from(rawUrl.slice(cut + '&X-Amz-Signature='.length));
	const requested = Buffer.from(signatureOf(method, unsigned));
	if (given.length !== requested.length || !timingSafeEqual(given, requested)) return 'invalid';
	const values = new URLSearchParams(unsigned.slice(unsigned.indexOf('?') + 1));
	const at = (values.get('X-Amz-Date') ?? '').replace(
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
		'$1-$2-$3T$4:$5:$6Z',
	);
	const expiresAt = Date.parse(at) + Number(values.get('X-Amz-Expires')) * 1000;
	return now < expiresAt ? 'valid' : 'expired';
}
