import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { inTodaysWords } from './shared/dialect';

const BOT_PATH = '/api/bot/';
/** Dot segments, which would lead out of the path the token stands in. */
const CLIMBS = /\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

const TOKEN_REFUSED = 'Fanbook refused the bot token. Copy it again from the developer console.';

/**
 * Signs requests to Fanbook. The service wants the bot token inside the path, so a node asks for
 * `<host>/api/bot/<method>` and the token is put in here, where no node can see it.
 */
export class FanbookBotApi implements ICredentialType {
	name = 'fanbookBotApi';

	displayName = 'Fanbook Bot API';

	icon = { light: 'file:../icons/fanbook.svg', dark: 'file:../icons/fanbook.dark.svg' } as const;

	documentationUrl = 'https://open.fanbook.mobi/document/manage/doc/';

	properties: INodeProperties[] = [
		{
			displayName: 'Bot Token',
			name: 'botToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token of the bot (令牌), from its page in the Fanbook developer console',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			required: true,
			default: 'https://a1.fanbook.cn',
			description:
				'Address of the API. Older bots live at https://a1.fanbook.mobi, and either may work.',
		},
		{
			displayName: 'Bot ID',
			name: 'botId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 389320179948986368',
			description:
				'User ID of the bot. Left empty it is asked for whenever a call needs it, which renews the gateway token each time.',
		},
		{
			displayName: 'Server IDs',
			name: 'serverIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 388512341234123456, 421987698769876987',
			description:
				'Servers (服务器) to offer in lists, separated by commas. Fanbook does not tell a bot which servers it is in.',
		},
		{
			displayName: 'Gateway URL',
			name: 'gatewayUrl',
			type: 'string',
			default: '',
			placeholder: 'wss://gateway-bot.fanbook.mobi/websocket',
			description:
				'Address of the event gateway for the trigger. Left empty it is wss://gateway-bot.fanbook.mobi/websocket.',
		},
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		withToken(credentials, inTodaysWords(options));

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.host}}',
			// Unlike getMe this leaves the gateway token of a running trigger as it is.
			url: '/api/bot/getMyCommands',
			// A refusal can come with any status; what counts is the body, which the rules read.
			ignoreHttpStatusErrors: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'ok', value: false, message: TOKEN_REFUSED },
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'ok',
					value: undefined,
					message: 'This host does not answer as Fanbook does. Check Host and Bot Token.',
				},
			},
		],
	};
}

/**
 * Puts the token into the path of a request to the credential's own host. Doing it twice changes
 * nothing; a request to any other place is refused, so that the token cannot get there.
 */
function withToken(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const { baseURL, ...rest } = options;
	const root = `${textOf(credentials.host).trim().replace(/\/+$/, '')}${BOT_PATH}`;
	const url = absolute(options.url, baseURL);
	if (!/^https?:\/\//.test(root) || !url.startsWith(root) || CLIMBS.test(url)) {
		throw new Error('The Fanbook bot token is only used for the host of its credential');
	}
	const token = pathSegment(textOf(credentials.botToken).trim());
	if (token === '') {
		throw new Error('The bot token of the Fanbook credential is empty');
	}
	const path = url.slice(root.length);
	const signed = path.startsWith(`${token}/`) ? path : `${token}/${path}`;
	return { ...rest, url: `${root}${signed}` };
}

function absolute(url: string, baseURL: string | undefined): string {
	if (baseURL === undefined || /^https?:\/\//i.test(url)) return url;
	return `${baseURL.trim().replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

/** Percent-encodes what cannot stand in a path; a colon can and often does. */
function pathSegment(token: string): string {
	return encodeURIComponent(token).replace(/%3A/gi, ':');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
