import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { DEFAULT_ADDRESSES } from './address';
import type { Addresses } from './address';

/** What a Fanfou credential holds, as text; empty where nothing is filled in. */
export interface Stored extends Addresses {
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

export function readStored(credentials: ICredentialDataDecryptedObject): Stored {
	const text = (name: string) => {
		const value = credentials[name];
		return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	};
	return {
		consumerKey: text('consumerKey'),
		consumerSecret: text('consumerSecret'),
		accessToken: text('accessToken'),
		accessTokenSecret: text('accessTokenSecret'),
		username: text('username'),
		// Blanks at the ends can be part of a password.
		password: typeof credentials.password === 'string' ? credentials.password : '',
		sessionToken: text('sessionToken'),
		sessionTokenSecret: text('sessionTokenSecret'),
		sessionUsername: text('sessionUsername'),
		baseUrl: text('baseUrl') || DEFAULT_ADDRESSES.baseUrl,
		loginUrl: text('loginUrl') || DEFAULT_ADDRESSES.loginUrl,
	};
}

export interface TokenPair {
	token: string;
	tokenSecret: string;
}

/** The pair that was typed in, else the one fetched with the password. */
export function tokenPair(stored: Stored): TokenPair | undefined {
	if (stored.accessToken !== '') {
		return { token: stored.accessToken, tokenSecret: stored.accessTokenSecret };
	}
	return stored.sessionToken === ''
		? undefined
		: { token: stored.sessionToken, tokenSecret: stored.sessionTokenSecret };
}

/** Whether the token pair has to be fetched with the password. */
export function signsInWithPassword(stored: Stored): boolean {
	return stored.accessToken === '' && stored.username !== '' && stored.password !== '';
}
