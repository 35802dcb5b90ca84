import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * n8n stores a node's static data as plain text and copies it into each execution. Secrets in it are
 * therefore encrypted with a key derived from the credential's client secret.
 */
function keyFrom(passphrase: string): Buffer {
	return createHash('sha256').update(`fanvue-webhook:${passphrase}`).digest();
}

/** Encrypts a text (AES-256-GCM) and returns base64. */
export function encrypt(text: string, passphrase: string): string {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', keyFrom(passphrase), nonce);
	const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64');
}

/** Decrypts a text of `encrypt`. Returns `undefined` for another passphrase or damaged input. */
export function decrypt(encrypted: unknown, passphrase: string): string | undefined {
	if (typeof encrypted !== 'string') return undefined;
	const bytes = Buffer.from(encrypted, 'base64');
	if (bytes.length < 28) return undefined;
	try {
		const decipher = createDecipheriv('aes-256-gcm', keyFrom(passphrase), bytes.subarray(0, 12));
		decipher.setAuthTag(bytes.subarray(12, 28));
		return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}
