import type { ApiError, ApiRequest } from '../shared/http';

interface Meaning {
	message: string;
	description?: string;
	isRateLimited?: boolean;
}

const ALLOW_LIST =
	"Fanbook lets only bots on its allow-list send messages: ask Fanbook's operations team to add the bot";

/** What Fanbook's codes mean, and the way out of each. */
const MEANINGS: Record<string, Meaning> = {
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
		message: 'Fanbook says that a parameter is missing or does not fit',
		description:
			'Check that every ID is the long one of the right kind, and that texts hold nothing Fanbook forbids',
	},
	1002: {
		message: 'Fanbook could not create the channel',
		description: 'Check its name, type and category, and how many channels the server has already',
	},
	1003: { message: 'Fanbook could not create the user' },
	1004: {
		message: 'The account does not exist',
		description: 'Use the long user ID, not the short Fanbook number that people see',
	},
	1005: {
		message: 'Fanbook says that the password does not fit',
		description: 'Copy the bot token again from the developer console into the credential',
	},
	1006: {
		message: 'Fanbook could not delete the channel',
		description: 'Check that it still exists and that nothing depends on it',
	},
	1007: {
		message: 'The user is not in the server',
		description: 'Check the pair of server and user with the operation Member: Check Membership',
	},
	1008: {
		message: 'The bot is not in the server',
		description:
			'Publish the bot to the server ID in the developer console, then add it inside the server under its bot settings',
	},
	1011: {
		message: 'The server does not exist',
		description: 'Use the long server ID, and check that the server was not dissolved',
	},
	1012: { message: 'The bot has no permission for this' },
	1021: {
		message: 'The channel does not exist',
		description: 'Check the channel ID, and whether the channel was deleted',
	},
	1037: {
		message: 'The user takes no private messages',
		description: 'Write in a channel instead, or ask the user to open private messages',
	},
	1038: {
		message: 'The user has blocked the bot',
		description: 'Only the user can undo this. Write in a channel instead',
	},
	2010: {
		message: 'All badge slots of the user are taken',
		description:
			'Delete one of the badges first, or use the card ID of an existing one to replace it',
	},
	5103: {
		message: 'The content of the message is not valid JSON',
		description:
			'Let the node compose the message, or check the JSON and remove the parse mode for plain text',
	},
	5104: { message: 'The message is too long', description: 'Shorten it, or send it in parts' },
	5105: {
		message: 'Fanbook does not know this type of message',
		description: 'Use rich text, a message card, a picture or a voice message',
	},
	10002: {
		message: 'Fanbook does not let the bot send so many messages',
		description: `Send fewer per second. ${ALLOW_LIST}`,
		isRateLimited: true,
	},
};

/** The calls for which a bot has to be allow-listed, or may have to. */
const SENDING = /^POST (sendMessage|sendPhoto|sendNotication|guild\/notification\/send)$/;

/**
 * Why Fanbook refused, in plain words.
 *
 * @param code Fanbook's own number, if the answer has one
 * @param said the answer's own text
 */
export function refusal(
	request: ApiRequest,
	status: number,
	code: string | undefined,
	said: string | undefined,
): ApiError {
	const meaning = code === undefined ? undefined : MEANINGS[code];
	const sends = SENDING.test(request.endpoint);
	const description = [meaning?.description];
	if (code === '1012') description.push(neededFor(request));
	if (sends && (code === '1012' || (status === 400 && meaning === undefined))) {
		description.push(ALLOW_LIST);
	}
	if (meaning === undefined) description.push(adviceFor(status, said));
	if (meaning !== undefined && said !== undefined) description.push(`Fanbook says: ${said}`);
	return {
		message: `${meaning?.message ?? messageFor(status, said)}${code === undefined ? '' : ` (code ${code})`}`,
		description: description.filter((sentence) => sentence !== undefined).join('. ') || undefined,
		code,
		isRateLimited: meaning?.isRateLimited,
	};
}

function neededFor(request: ApiRequest): string {
	const needs = request.operation?.scopes ?? [];
	return needs.length === 0
		? "Give the bot's role the permission for it in the server settings"
		: `Give the bot's role the permission ${needs.join(' and ')} in the server settings`;
}

function messageFor(status: number, said: string | undefined): string {
	if (said !== undefined) return `Fanbook says: ${said}`;
	return `Fanbook refused the call with status ${status}`;
}

function adviceFor(status: number, said: string | undefined): string | undefined {
	if (said !== undefined && /body contents/i.test(said)) {
		return 'A value has another type than Fanbook wants. Check the IDs, and JSON you wrote yourself';
	}
	if ([401, 403, 404].includes(status)) {
		return 'Check the bot token and the host in the credential';
	}
	if (status >= 300 && status < 400) {
		return 'The host sends calls elsewhere. Check the host in the credential';
	}
	if (status >= 500) return 'Fanbook has trouble of its own. Run it again later';
	return undefined;
}
