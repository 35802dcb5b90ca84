import { randomBytes, randomInt } from 'node:crypto';
import { DEMO } from '../demo';

/** An application that is known to Fanfou. */
export interface Consumer {
	key: string;
	secret: string;
	name: string;
	url: string;
	/** An application that waits for approval signs in, but every API call answers 401. */
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
	/** Set once the user has allowed the application. */
	userId?: string;
	/** Set when the user was shown a PIN; then access_token needs it as verifier. */
	pin?: string;
	/** The callback given to request_token, if any; the one on the authorize address wins. */
	callback?: string;
}

/** An application as Fanfou keeps many: registered, never approved. */
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

/** Applications and their tokens. Tokens do not age: no document gives them a lifetime. */
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

	/** A new pair; those given out before stay good. */
	issueAccessToken(consumerKey: string, userId: string): AccessToken {
		const token = `${1_000_000 + this.accessTokens.size}-${hex(16)}`;
		const access: AccessToken = { token, secret: hex(16), consumerKey, userId };
		this.addAccessToken(access);
		return access;
	}

	access(token: string): AccessToken | undefined {
		return this.accessTokens.get(token);
	}

	/** Takes a token back as the user can on the site; false when there is no such token. */
	revoke(token: string): boolean {
		return this.accessTokens.delete(token);
	}

	/** Takes back every token of a user. Returns how many there were. */
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

	/** A request token is good for one exchange. */
	deleteRequestToken(token: string): void {
		this.requestTokens.delete(token);
	}

	createPin(): string {
		return String(randomInt(1_000_000, 10_000_000));
	}

	/** How many access tokens are good, by user; no token is shown. */
	countByUser(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { userId } of this.accessTokens.values()) counts[userId] = (counts[userId] ?? 0) + 1;
		return counts;
	}
}
