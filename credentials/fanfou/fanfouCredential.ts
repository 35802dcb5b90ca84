import { trimInvisible } from '../../nodes/shared/text';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readAddresses } from './address';
import type { FanfouAddresses } from './address';

/** Fields of a Fanfou credential as text; empty fields are ''. */
export interface FanfouCredential extends FanfouAddresses {
	consumerKey: string;
	consumerSecret: string;
	accessToken: string;
	accessTokenSecret: string;
	username: string;
	password: string;
	sessionToken: string;
	sessionTokenSecret: string;
	sessionUsername: string;
}

/**
 * Reads the fields of a Fanfou credential.
 *
 * @throws InvalidBaseUrlError if an address cannot be used
 */
export function readFanfouCredential(
	credentials: ICredentialDataDecryptedObject,
): FanfouCredential {
	const text = (name: string) => {
		const value = credentials[name];
		return typeof value === 'string' || typeof value === 'number'
			? trimInvisible(String(value))
			: '';
	};
	return {
		consumerKey: text('consumerKey'),
		consumerSecret: text('consumerSecret'),
		accessToken: text('accessToken'),
		accessTokenSecret: text('accessTokenSecret'),
		username: text('username'),
		// A password may begin or end with spaces.
		password: typeof credentials.password === 'string' ? credentials.password : '',
		sessionToken: text('sessionToken'),
		sessionTokenSecret: text('sessionTokenSecret'),
		sessionUsername: text('sessionUsername'),
		...readAddresses(credentials),
	};
}

export interface TokenPair {
	token: string;
	tokenSecret: string;
}

/** Returns the token entered by the user, or else the one requested with the password. */
export function tokenPair(credential: FanfouCredential): TokenPair | undefined {
	if (credential.accessToken !== '') {
		return { token: credential.accessToken, tokenSecret: credential.accessTokenSecret };
	}
	return credential.sessionToken === ''
		? undefined
		: { token: credential.sessionToken, tokenSecret: credential.sessionTokenSecret };
}

/** Whether the token is requested with Username and Password. */
export function usesPasswordLogin(credential: FanfouCredential): boolean {
	return credential.accessToken === '' && credential.username !== '' && credential.password !== '';
}
