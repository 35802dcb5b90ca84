import type { Clock } from '../core/clock';
import type { SandboxRequest } from '../core/request';
import {
	baseString,
	isSameSignature,
	readSignedParameters,
	sign,
	signedUrl,
	type SignedParameters,
} from './oauth';
import type { AccessToken, Consumer, RequestToken, Tokens } from './tokens';

/** Maximum difference between a timestamp and the clock, in seconds. */
const TIMESTAMP_WINDOW = 300;

/** The kind of token used to sign a request. */
export type TokenKind = 'none' | 'request' | 'access';

export interface VerifiedRequest {
	consumer: Consumer;
	/** The `oauth_*` parameters of the request. */
	oauth: Map<string, string>;
	access?: AccessToken;
	requestToken?: RequestToken;
}

/** Why a signature was rejected, as Fanfou words it. */
export interface RejectedSignature {
	reason: string;
}

const REQUIRED_PARAMETERS = [
	'oauth_consumer_key',
	'oauth_signature_method',
	'oauth_signature',
	'oauth_timestamp',
	'oauth_nonce',
];

/**
 * Verifies OAuth 1.0a signatures. The error texts for consumer, token and signature are Fanfou's
 * own. Those for timestamp and nonce are not documented and only resemble them.
 */
export class SignatureVerifier {
	/** Used nonces with the time (in seconds) until which they are remembered. */
	private readonly nonces = new Map<string, number>();

	constructor(
		private readonly tokens: Tokens,
		private readonly clock: Clock,
	) {}

	/**
	 * Verifies a request. `unsigned` selects form fields that may be missing from the base string:
	 * fanfou-sdk sends x_auth_* in the body without signing them, and Fanfou accepts that.
	 */
	verify(
		request: SandboxRequest,
		kind: TokenKind,
		unsigned: (name: string) => boolean = () => false,
	): VerifiedRequest | RejectedSignature {
		const signed = readSignedParameters(request);
		if (!signed) return { reason: 'Missing OAuth parameters' };
		const { oauth } = signed;
		const value = (name: string): string => oauth.get(name) ?? '';
		const missing = REQUIRED_PARAMETERS.find((name) => value(name) === '');
		if (missing !== undefined) return { reason: `Missing ${missing}` };
		const consumer = this.tokens.consumer(value('oauth_consumer_key'));
		if (!consumer) return { reason: 'Invalid consumer' };
		const verified: VerifiedRequest = { consumer, oauth };
		const secret = this.findTokenSecret(verified, kind);
		if (secret === undefined) return { reason: `Invalid ${kind} token` };
		if (value('oauth_signature_method') !== 'HMAC-SHA1') {
			return { reason: 'Invalid signature method: HMAC-SHA1 is supported' };
		}
		if ((oauth.get('oauth_version') ?? '1.0') !== '1.0') return { reason: 'Invalid version' };
		const timestampError = this.checkTimestamp(value('oauth_timestamp'));
		if (timestampError !== undefined) return { reason: timestampError };
		const expected = this.checkSignature(request, signed, consumer, secret, unsigned);
		if (expected !== undefined) {
			return { reason: `Invalid signature. Expected basestring is ${expected}` };
		}
		return this.useNonce(oauth) ? verified : { reason: 'Nonce already used' };
	}

	/** Returns the secret of the token, or undefined if the token is not valid. */
	private findTokenSecret(verified: VerifiedRequest, kind: TokenKind): string | undefined {
		if (kind === 'none') return '';
		const token = verified.oauth.get('oauth_token') ?? '';
		const found = kind === 'access' ? this.tokens.access(token) : this.tokens.request(token);
		if (found?.consumerKey !== verified.consumer.key) return undefined;
		if (kind === 'access') {
			const access = this.tokens.access(token);
			if (access) verified.access = access;
		} else {
			const requestToken = this.tokens.request(token);
			if (requestToken) verified.requestToken = requestToken;
		}
		return found.secret;
	}

	private checkTimestamp(text: string): string | undefined {
		const now = this.clock.seconds();
		if (/^[1-9]\d*$/.test(text) && Math.abs(now - Number(text)) <= TIMESTAMP_WINDOW) {
			return undefined;
		}
		return `Expired timestamp, yours ${text}, ours ${now}`;
	}

	/** Returns undefined if the signature is valid, or else the expected base string. */
	private checkSignature(
		request: SandboxRequest,
		{ oauth, pairs }: SignedParameters,
		consumer: Consumer,
		tokenSecret: string,
		unsigned: (name: string) => boolean,
	): string | undefined {
		const signature = oauth.get('oauth_signature') ?? '';
		const url = signedUrl(request);
		const expected = baseString(request.method, url, pairs);
		const bodyNames = new Set((request.form ?? []).map(([name]) => name));
		const fewer = pairs.filter(([name]) => !(bodyNames.has(name) && unsigned(name)));
		const accepted = [expected, baseString(request.method, url, fewer)];
		const isValid = accepted.some((base) =>
			isSameSignature(signature, sign(base, consumer.secret, tokenSecret)),
		);
		return isValid ? undefined : expected;
	}

	private useNonce(oauth: Map<string, string>): boolean {
		const now = this.clock.seconds();
		for (const [nonce, until] of this.nonces) if (until < now) this.nonces.delete(nonce);
		const parts = ['oauth_consumer_key', 'oauth_token', 'oauth_timestamp', 'oauth_nonce'];
		const key = parts.map((name) => oauth.get(name) ?? '').join(' ');
		if (this.nonces.has(key)) return false;
		this.nonces.set(key, Number(oauth.get('oauth_timestamp')) + TIMESTAMP_WINDOW);
		return true;
	}
}
