/** The error codes of Fanbook that the sandbox returns. */
export const ERROR_CODES = {
	signature: 901,
	parameter: 1001,
	noUser: 1004,
	notMember: 1007,
	botNotInServer: 1008,
	noServer: 1011,
	noPermission: 1012,
	noChannel: 1021,
	privateMessagesClosed: 1037,
	blocked: 1038,
	badgesFull: 2010,
	notJson: 5103,
	tooLong: 5104,
	typeNotSupported: 5105,
	sendLimit: 10002,
} as const;
export type ErrorName = keyof typeof ERROR_CODES;

const MESSAGES: Record<ErrorName, string> = {
	signature: 'signature check failed',
	parameter: 'missing or wrong parameter',
	noUser: 'account does not exist',
	notMember: 'user is not in the server',
	botNotInServer: 'bot is not in the server',
	noServer: 'server does not exist',
	noPermission: 'no permission',
	noChannel: 'channel does not exist',
	privateMessagesClosed: 'user closed private messages',
	blocked: 'user blocked the bot',
	badgesFull: 'badge slots are full',
	notJson: 'message content is not valid JSON',
	tooLong: 'message too long',
	typeNotSupported: 'message type not supported',
	sendLimit: 'bot send limit reached',
};

/** An error response that has not been put into one of the two envelopes yet. */
export class FanbookError extends Error {
	readonly code: number;

	constructor(
		readonly kind: ErrorName,
		detail?: string,
		/** The HTTP status; most errors have 200. */
		readonly status = 200,
	) {
		super(detail === undefined ? MESSAGES[kind] : `${MESSAGES[kind]}: ${detail}`);
		this.code = ERROR_CODES[kind];
	}
}

export function createError(kind: ErrorName, detail?: string): FanbookError {
	return new FanbookError(kind, detail);
}
