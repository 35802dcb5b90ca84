import { randomUUID } from 'node:crypto';
import { readPairs } from '../core/request';
import type { UnsignedRequest } from '../core/service';
import { DEMO } from '../demo';
import { baseString, encode, sign, signedUrl } from './oauth';

/** Returns a function that signs requests with OAuth 1.0a as the demo account. */
export function createRequestSigner(
	now: () => number,
): (request: UnsignedRequest) => UnsignedRequest {
	const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = DEMO.fanfou;
	return (request) => {
		const [path = '', search = ''] = request.url.split('?');
		const mount = `/${path.split('/')[1] ?? ''}`;
		const oauth = new Map([
			['oauth_consumer_key', consumerKey],
			['oauth_token', accessToken],
			['oauth_signature_method', 'HMAC-SHA1'],
			['oauth_timestamp', String(now())],
			['oauth_nonce', randomUUID()],
			['oauth_version', '1.0'],
		]);
		// Fields of multipart bodies are not part of the signature.
		const form = typeof request.body === 'string' ? readPairs(request.body) : [];
		const url = signedUrl({ mount, path: path.slice(mount.length) });
		const base = baseString(request.method, url, [...oauth, ...readPairs(search), ...form]);
		oauth.set('oauth_signature', sign(base, consumerSecret, accessTokenSecret));
		const header = [...oauth].map(([name, value]) => `${name}="${encode(value)}"`).join(', ');
		return { ...request, headers: { ...request.headers, authorization: `OAuth ${header}` } };
	};
}
