import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../../shared/client/apiClient';
import { decrypt } from './encryption';

/** The node's subscription, as stored in its static data. */
export interface StoredSubscription {
	webhookId?: string;
	/** The signing secret, encrypted. */
	encryptedSecret?: string;
	/** URL and topics that the subscription was created for. */
	createdFor?: string;
	/** Chosen topics that the subscription lacks, each with the reason. */
	leftOut?: string;
}

export type SigningSecret =
	{ secret: string } | { secret?: undefined; reason: 'none' | 'unreadable' };

/** Returns the secret of the node's own subscription. */
export async function storedSecret(
	client: ApiClient,
	stored: IDataObject | StoredSubscription,
): Promise<SigningSecret> {
	const { encryptedSecret } = stored;
	if (encryptedSecret === undefined) return { reason: 'none' };
	const secret = decrypt(encryptedSecret, await passphraseOf(client));
	return secret === undefined || secret === '' ? { reason: 'unreadable' } : { secret };
}

/** Returns the secret of the app, as pasted into the credential. */
export async function pastedSecret(client: ApiClient): Promise<SigningSecret> {
	const { webhookSigningSecret } = await client.credentialSettings();
	const secret = typeof webhookSigningSecret === 'string' ? webhookSigningSecret.trim() : '';
	return secret === '' ? { reason: 'none' } : { secret };
}

/** Returns the text that encrypts the secret: it changes with the app in the credential. */
export async function passphraseOf(client: ApiClient): Promise<string> {
	const { clientId, clientSecret } = await client.credentialSettings();
	return `${String(clientId)}:${String(clientSecret)}`;
}
