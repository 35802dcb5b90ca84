import type { ApiError, ApiRequest } from '../shared/http';

interface ErrorText {
	message: string;
	description?: string;
	isRateLimited?: boolean;
}

const ALLOW_LIST =
	"Only bots on Fanbook's allow-list can send messages. Ask Fanbook's operations team to add the bot";

/** Messages for Fanbook's error codes. */
const ERROR_TEXTS: Record<string, ErrorText> = {
	901: {
		message: 'Fanbook could not verify the request',
		description: 'Copy the bot token again from the developer console into the credential',
	},
	902: {
		message: 'The address of this n8n is not on the allow-list of the bot',
		description: 'Add its public IP address to the allow-list in the developer console',
	},
	903: {
		message: 'Fanbook has banned the account of the bot',
		description: "Ask Fanbook's support to lift the ban",
	},
	1001: {
		message: 'A parameter is missing or invalid',
		description:
			'Check that each ID is a long ID of the right kind, and that the texts contain nothing forbidden by Fanbook',
	},
	1002: {
		message: 'Fanbook could not create the channel',
		description: 'Check its name, type and category, and how many channels the server already has',
	},
	1003: { message: 'Fanbook could not create the user' },
	1004: {
		message: 'The account does not exist',
		description: 'Use the long user ID, not the short Fanbook number that people see',
	},
	1005: {
		message: 'Fanbook rejected the password',
		description: 'Copy the bot token again from the developer console into the credential',
	},
	1006: {
		message: 'Fanbook could not delete the channel',
		description: 'Check that it exists and is not in use',
	},
	1007: {
		message: 'The user is not in the server',
		description: 'Check the server and the user with the operation Member: Check Membership',
	},
	1008: {
		message: 'The bot is not in the server',
		description:
			'Publish the bot to the server ID in the developer console, then add it inside the server under its bot settings',
	},
	1011: {
		message: 'The server does not exist',
		description: 'Use the long server ID, and check that the server was not deleted',
	},
	1012: { message: 'The bot has no permission for this' },
	1021: {
		message: 'The channel does not exist',
		description: 'Check the channel ID, and whether the channel was deleted',
	},
	1037: {
		message: 'The user does not accept private messages',
		description: 'Send the message to a channel, or ask the user to allow private messages',
	},
	1038: {
		message: 'The user has blocked the bot',
		description: 'Only the user can unblock it. Send the message to a channel instead',
	},
	2010: {
		message: 'All badge slots of the user are taken',
		description:
			'Delete one of the badges first, or use the card ID of an existing badge to replace it',
	},
	5103: {
		message: 'The content of the message is not valid JSON',
		description: 'Choose another Message Type, check the JSON, or remove Parse Mode for plain text',
	},
	5104: { message: 'The message is too long', description: 'Shorten it, or send several messages' },
	5105: {
		message: 'Fanbook does not support this message type',
		description: 'Use text, rich text, a message card, an image or a voice message',
	},
	10002: {
		message: "The bot exceeded Fanbook's limit for messages",
		description: `Send fewer messages per second. ${ALLOW_LIST}`,
		isRateLimited: true,
	},
};

/** Endpoints that require, or may require, a bot on the allow-list. */
const SEND_ENDPOINTS = /^POST (sendMessage|sendPhoto|sendNotication|guild\/notification\/send)$/;

/**
 * Returns the error for a failed request.
 *
 * @param details.code Fanbook's error code, if the response has one
 * @param details.text error text of the response
 */
export function toApiError(
	request: ApiRequest,
	details: { status: number; code?: string; text?: string },
): ApiError {
	const { status, code, text } = details;
	const meaning = code === undefined ? undefined : ERROR_TEXTS[code];
	const sends = SEND_ENDPOINTS.test(request.endpoint);
	const description = [meaning?.description];
	if (code === '1012') description.push(permissionAdvice(request));
	if (sends && (code === '1012' || (status === 400 && meaning === undefined))) {
		description.push(ALLOW_LIST);
	}
	if (meaning === undefined) description.push(adviceFor(status, text));
	if (meaning !== undefined && text !== undefined) description.push(`Fanbook's message: ${text}`);
	return {
		message: `${meaning?.message ?? messageFor(status, text)}${code === undefined ? '' : ` (code ${code})`}`,
		description: description.filter((sentence) => sentence !== undefined).join('. ') || undefined,
		code,
		isRateLimited: meaning?.isRateLimited,
	};
}

function permissionAdvice(request: ApiRequest): string {
	const needs = request.operation?.scopes ?? [];
	return needs.length === 0
		? "Give the bot's role the required permission in the server settings"
		: `Give the bot's role the permission ${needs.join(' and ')} in the server settings`;
}

function messageFor(status: number, text: string | undefined): string {
	if (text !== undefined) return `Fanbook returned an error: ${text}`;
	return `Fanbook returned HTTP status ${status}`;
}

function adviceFor(status: number, text: string | undefined): string | undefined {
	if (text !== undefined && /body contents/i.test(text)) {
		return 'A value has the wrong type. Check the IDs and any JSON you entered';
	}
	if ([401, 403, 404].includes(status)) {
		return 'Check Bot Token and Base URL in the credential';
	}
	if (status >= 300 && status < 400) {
		return 'Fanbook redirects requests. Check Base URL in the credential';
	}
	if (status >= 500) return 'Fanbook returned a server error. Try again later';
	return undefined;
}
