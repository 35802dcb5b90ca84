import { trimInvisible } from '../../nodes/shared/text';
import { CredentialError } from '../shared/credentialError';

/** A bot token that cannot be sent. */
export class InvalidBotTokenError extends CredentialError {}

/** Characters that end a path segment (also percent-encoded, since a proxy may decode them). */
const INVALID_CHARACTER = /[\s/\\?#\p{Cc}\p{Cs}]|%(?:2f|5c)/iu;

const ONLY_DOTS = /^(?:\.|%2e)+$/i;

/**
 * Reads the bot token of a credential as one segment of a path.
 *
 * @returns the token, percent-encoded except for colons, which are common in tokens
 * @throws InvalidBotTokenError if the token is empty or would change the path of a request
 */
export function readBotToken(value: unknown): string {
	const token = typeof value === 'string' ? trimInvisible(value) : '';
	const description = 'Copy the token again from the Fanbook developer console';
	if (token === '') {
		throw new InvalidBotTokenError('The bot token of the Fanbook credential is empty', description);
	}
	if (INVALID_CHARACTER.test(token) || ONLY_DOTS.test(token)) {
		throw new InvalidBotTokenError('"Bot Token" is not a valid bot token', description);
	}
	return encodeURIComponent(token).replace(/%3A/gi, ':');
}
