import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock';
import type { FanvueSettings } from '../settings';

/** The consent of a user. Every token refers to one. */
interface Grant {
	userUuid: string;
	clientId: string;
	scopes: readonly string[];
	isRevoked: boolean;
}

interface Code {
	grant: Grant;
	redirectUri: string;
	challenge: string;
	expiresAt: number;
	isUsed: boolean;
}

interface AccessToken {
	grant: Grant;
	expiresAt: number;
}

interface RefreshToken {
	grant: Grant;
	usedAt: number | null;
}

/** The response of the token endpoint. */
export interface TokenResponse {
	access_token: string;
	/** Only with the scope `offline_access`. */
	refresh_token?: string;
	/** In seconds. */
	expires_in: number;
	token_type: 'bearer';
	scope: string;
}

/** Number of calls of the token endpoint, by result. */
export interface TokenCounts {
	/** Codes exchanged. */
	exchanges: number;
	/** Successful refreshes. */
	refreshes: number;
	/** Rejected calls. */
	refused: number;
	/** Reused refresh tokens. Each one revoked its grant. */
	reuses: number;
}

const CODE_LIFE_MS = 10 * 60_000;

/** Codes and tokens. Issued secrets are kept for leak checks. */
export class Grants {
	readonly counts: TokenCounts = { exchanges: 0, refreshes: 0, refused: 0, reuses: 0 };
	private readonly grants: Grant[] = [];
	private readonly codes = new Map<string, Code>();
	private readonly access = new Map<string, AccessToken>();
	private readonly refresh = new Map<string, RefreshToken>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: () => FanvueSettings['login'],
	) {}

	/** Adds the consent of a user. */
	addGrant(userUuid: string, clientId: string, scopes: readonly string[]): Grant {
		const grant: Grant = { userUuid, clientId, scopes, isRevoked: false };
		this.grants.push(grant);
		return grant;
	}

	issueCode(grant: Grant, redirectUri: string, challenge: string): string {
		const code = `fvac_${randomBytes(24).toString('base64url')}`;
		const expiresAt = this.clock.now() + CODE_LIFE_MS;
		this.codes.set(code, { grant, redirectUri, challenge, expiresAt, isUsed: false });
		return code;
	}

	/** Issues new tokens for a grant. */
	issue(grant: Grant): TokenResponse {
		const seconds = this.settings().accessTokenSeconds;
		const accessToken = `fvat_${randomBytes(32).toString('base64url')}`;
		this.access.set(accessToken, { grant, expiresAt: this.clock.now() + seconds * 1000 });
		const answer: TokenResponse = {
			access_token: accessToken,
			expires_in: seconds,
			token_type: 'bearer',
			scope: grant.scopes.join(' '),
		};
		if (grant.scopes.includes('offline_access')) {
			answer.refresh_token = `fvrt_${randomBytes(32).toString('base64url')}`;
			this.refresh.set(answer.refresh_token, { grant, usedAt: null });
		}
		return answer;
	}

	/** Redeems a code. Returns undefined if it is unknown, expired, used or of another client. */
	redeem(code: string, clientId: string): Code | undefined {
		const found = this.codes.get(code);
		if (!found || found.grant.clientId !== clientId) return undefined;
		// A reused code may be stolen, so its tokens are revoked.
		if (found.isUsed) found.grant.isRevoked = true;
		const isGood = !found.isUsed && !found.grant.isRevoked && found.expiresAt > this.clock.now();
		found.isUsed = true;
		return isGood ? found : undefined;
	}

	/** Exchanges a refresh token for new tokens. A second use revokes the grant. */
	rotate(refreshToken: string, clientId: string): TokenResponse | undefined {
		const found = this.refresh.get(refreshToken);
		if (!found || found.grant.isRevoked || found.grant.clientId !== clientId) return undefined;
		const grace = this.settings().refreshGraceSeconds * 1000;
		if (found.usedAt !== null && this.clock.now() >= found.usedAt + grace) {
			found.grant.isRevoked = true;
			this.counts.reuses += 1;
			return undefined;
		}
		found.usedAt ??= this.clock.now();
		return this.issue(found.grant);
	}

	/** Returns the grant of a valid access token. */
	find(accessToken: string): Grant | undefined {
		const found = this.access.get(accessToken);
		const isGood = found && !found.grant.isRevoked && found.expiresAt > this.clock.now();
		return isGood ? found.grant : undefined;
	}

	/** Expires one or all access tokens. Refresh tokens stay valid. */
	expire(accessToken?: string): void {
		for (const [token, entry] of this.access) {
			if (accessToken === undefined || token === accessToken) entry.expiresAt = this.clock.now();
		}
	}

	/** Revokes every grant of a user. */
	revoke(userUuid: string): void {
		for (const grant of this.grants) if (grant.userUuid === userUuid) grant.isRevoked = true;
	}

	/** Returns every code and token that was issued. */
	secrets(): string[] {
		return [...this.codes.keys(), ...this.access.keys(), ...this.refresh.keys()];
	}
}
