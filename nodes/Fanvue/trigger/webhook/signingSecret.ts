import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { fanvueApi } from '../../api';
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

type Context = IHookFunctions | IWebhookFunctions;

/** Returns the secret of the node's own subscription. */
export async function storedSecret(
	context: Context,
	stored: IDataObject | StoredSubscription,
): Promise<SigningSecret> {
	const { encryptedSecret } = stored;
	if (encryptedSecret === undefined) return { reason: 'none' };
	const secret = decrypt(encryptedSecret, await passphraseOf(context));
	return secret === undefined || secret === '' ? { reason: 'unreadable' } : { secret };
}

/** Returns the secret of the app, as pasted into the credential. */
export async function pastedSecret(context: Context): Promise<SigningSecret> {
	const { webhookSigningSecret } = await readCredential(context);
	const secret = typeof webhookSigningSecret === 'string' ? webhookSigningSecret.trim() : '';
	return secret === '' ? { reason: 'none' } : { secret };
}

/** Returns the text that encrypts the secret: it changes with the app in the credential. */
export async function passphraseOf(context: Context): Promise<string> {
	const { clientId, clientSecret } = await readCredential(context);
	return `${String(clientId)}:${String(clientSecret)}`;
}

/** Returns the credential as it is: a delivery can be verified although the account is not connected. */
async function readCredential(context: Context): Promise<IDataObject> {
	return await context.getCredentials<IDataObject>(fanvueApi.credentialType);
}
