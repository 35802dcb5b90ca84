/** An error in the fields of a credential. n8n shows `description` below the message. */
export class CredentialError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}
