import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = 'sandbox storage';

/** The signature of a path with its query, the signature left out. */
function signatureOf(method: string, pathAndQuery: string): string {
	return createHmac('sha256', SECRET).update(`${method} ${pathAndQuery}`).digest('hex');
}

function compactDate(ms: number): string {
	return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/**
 * Signs an address the way S3 does it: everything needed stands in the query.
 * @param path path with the storage's prefix
 * @returns path and query
 */
export function presign(
	method: string,
	path: string,
	query: Record<string, string>,
	now: number,
	seconds: number,
): string {
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

/** Whether a signature fits: `forged` when a byte of the address is not as it was signed. */
export function verify(method: string, rawUrl: string, now: number): 'good' | 'forged' | 'expired' {
	const cut = rawUrl.indexOf('&X-Amz-Signature=');
	if (cut < 0) return 'forged';
	const unsigned = rawUrl.slice(0, cut);
	const given = Buffer.from(rawUrl.slice(cut + '&X-Amz-Signature='.length));
	const wanted = Buffer.from(signatureOf(method, unsigned));
	if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'forged';
	const values = new URLSearchParams(unsigned.slice(unsigned.indexOf('?') + 1));
	const at = (values.get('X-Amz-Date') ?? '').replace(
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
		'$1-$2-$3T$4:$5:$6Z',
	);
	const expiresAt = Date.parse(at) + Number(values.get('X-Amz-Expires')) * 1000;
	return now < expiresAt ? 'good' : 'expired';
}
