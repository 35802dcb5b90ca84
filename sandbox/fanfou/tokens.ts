import { randomBytes, randomInt } from 'node:crypto';
import { DEMO } from '../demo';

/** A registered application. */
export interface Consumer {
	key: string;
	secret: string;
	name: string;
	url: string;
	/** Users can sign in to an unapproved application, but its API requests fail with 401. */
	isApproved: boolean;
}

export interface AccessToken {
	token: string;
	secret: string;
	consumerKey: string;
	userId: string;
}

export interface RequestToken {
	token: string;
	secret: string;
	consumerKey: string;
	/** Set when the user has authorized the application. */
	userId?: string;
	/** Set when a PIN was shown to the user; access_token then requires it as verifier. */
	pin?: string;
	/** The callback of the request_token request; one in the authorize URL takes precedence. */
	callback?: string;
}

/** A registered application that was never approved. */
export const UNAPPROVED_CONSUMER: Consumer = {
	key: 'aaaaaaaabbbbbbbbccccccccdddddddd',
	secret: 'ddddddddccccccccbbbbbbbbaaaaaaaa',
	name: '待审核应用',
	url: 'http://example.com/waiting',
	isApproved: false,
};

const DEMO_CONSUMER: Consumer = {
	key: DEMO.fanfou.consumerKey,
	secret: DEMO.fanfou.consumerSecret,
	name: '沙盒应用',
	url: 'http://example.com/sandbox',
	isApproved: true,
};

function hex(bytes: number): string {
	return randomBytes(bytes).toString('hex');
}

/** Applications and their tokens. Tokens do not expire, since no lifetime is documented. */
export class Tokens {
	private readonly consumers = new Map<string, Consumer>();
	private readonly requestTokens = new Map<string, RequestToken>();
	private readonly accessTokens = new Map<string, AccessToken>();

	constructor() {
		for (const findConsumer of [DEMO_CONSUMER, UNAPPROVED_CONSUMER]) this.addConsumer(findConsumer);
		this.addAccessToken({
			token: DEMO.fanfou.accessToken,
			secret: DEMO.fanfou.accessTokenSecret,
			consumerKey: DEMO.fanfou.consumerKey,
			userId: DEMO.fanfou.userName,
		});
	}

	addConsumer(consumer: Consumer): void {
		this.consumers.set(consumer.key, consumer);
	}

	consumer(key: string): Consumer | undefined {
		return this.consumers.get(key);
	}

	addAccessToken(findAccessToken: AccessToken): void {
		this.accessTokens.set(findAccessToken.token, findAccessToken);
	}

	/** Issues a new access token. Earlier tokens stay valid. */
	issueAccessToken(consumerKey: string, userId: string): AccessToken {
		const token = `${1_000_000 + this.accessTokens.size}-${hex(16)}`;
		const access: AccessToken = { token, secret: hex(16), consumerKey, userId };
		this.addAccessToken(access);
		return access;
	}

	access(token: string): AccessToken | undefined {
		return this.accessTokens.get(token);
	}

	/** Revokes a token, as a user can on the site. Returns false if it did not exist. */
	revoke(token: string): boolean {
		return this.accessTokens.delete(token);
	}

	/** Revokes every token of a user. Returns their number. */
	revokeAll(userId: string): number {
		const tokens = [...this.accessTokens.values()].filter((access) => access.userId === userId);
		for (const { token } of tokens) this.accessTokens.delete(token);
		return tokens.length;
	}

	addRequestToken(findRequestToken: RequestToken): void {
		this.requestTokens.set(findRequestToken.token, findRequestToken);
	}

	issueRequestToken(consumerKey: string, callback?: string): RequestToken {
		const request: RequestToken = { token: hex(16), secret: hex(16), consumerKey };
		if (callback !== undefined) request.callback = callback;
		this.addRequestToken(request);
		return request;
	}

	request(token: string): RequestToken | undefined {
		return this.requestTokens.get(token);
	}

	/** Deletes a request token, which can be exchanged only once. */
	deleteRequestToken(token: string): void {
		this.requestTokens.delete(token);
	}

	createPin(): string {
		return String(randomInt(1_000_000, 10_000_000));
	}

	/** Counts the valid access tokens by user. */
	countByUser(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { userId } of this.accessTokens.values()) counts[userId] = (counts[userId] ?? 0) + 1;
		return counts;
	}
}
