import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { readBotToken } from './fanbook/botToken';
import { DEFAULT_HOST, readHost } from './fanbook/host';
import { advancedFields } from './shared/advanced';
import { trimTrailingSlashes } from './shared/baseUrl';
import { CredentialError } from './shared/credentialError';
import { normalizeRequestOptions } from './shared/legacyOptions';

const BOT_PATH = '/api/bot/';

const TOKEN_REJECTED = 'Fanbook rejected the bot token. Copy it again from the developer console.';

/**
 * Adds the bot token to requests to Fanbook. The service expects the token in the path: a node
 * requests `<host>/api/bot/<method>`, and the token is inserted here, where no node can read it.
 */
export class FanbookBotApi implements ICredentialType {
	name = 'fanbookBotApi';

	displayName = 'Fanbook Bot API';

	icon = { light: 'file:../icons/fanbook.svg', dark: 'file:../icons/fanbook.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-fan/n8n-nodes-fanvue-fanfou-fanbook/blob/main/docs/fanbook.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Bot Token',
			name: 'botToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Token (令牌) of the bot, from its page in the Fanbook developer console',
		},
		{
			displayName: 'Server IDs',
			name: 'serverIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 388512341234123456, 421987698769876987',
			description:
				'Servers (服务器) to offer in lists, separated by commas. Fanbook has no method that lists the servers of a bot.',
		},
		...advancedFields([
			{
				displayName: 'Base URL',
				name: 'host',
				type: 'string',
				default: DEFAULT_HOST,
				description:
					'Address of the API. If requests of an older bot do not work, try https://a1.fanbook.mobi.',
			},
			{
				displayName: 'Bot ID',
				name: 'botId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 389320179948986368',
				description:
					'User ID of the bot. If empty, it is requested whenever an operation needs it, which renews the gateway token each time.',
			},
			{
				displayName: 'Gateway URL',
				name: 'gatewayUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. wss://gateway-bot.fanbook.mobi/websocket',
				description:
					'Address of the event gateway for the trigger. Defaults to wss://gateway-bot.fanbook.mobi/websocket.',
			},
		]),
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		withToken(credentials, normalizeRequestOptions(options));

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.host}}',
			// Unlike getMe, this does not renew the gateway token of a running trigger.
			url: '/api/bot/getMyCommands',
			// Fanbook can reject a request with any status, so the rules check the body instead.
			ignoreHttpStatusErrors: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'ok', value: false, message: TOKEN_REJECTED },
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'ok',
					value: undefined,
					message:
						'The response is not from the Fanbook API. Check Base URL (under Advanced) and Bot Token.',
				},
			},
		],
	};
}

/**
 * Inserts the token into the path of a request to the credential's own host. A request that has the
 * token already is returned unchanged.
 *
 * @throws Error for every other address, so that the token is never sent there
 */
function withToken(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const { baseURL, ...rest } = options;
	const root = `${readHost(credentials.host)}${BOT_PATH}`;
	const url = absoluteUrl(options.url, baseURL);
	if (!url.startsWith(root)) throw otherUrlError(root);
	const token = readBotToken(credentials.botToken);
	const path = url.slice(root.length);
	const signed = `${root}${path.startsWith(`${token}/`) ? path : `${token}/${path}`}`;
	// A URL parser resolves dot segments, and drops line breaks and tabs inside of them.
	const { origin, pathname } = new URL(`${root}${token}/`);
	const sent = new URL(signed);
	if (sent.origin !== origin || !sent.pathname.startsWith(pathname)) {
		throw otherUrlError(root);
	}
	return { ...rest, url: signed };
}

function otherUrlError(root: string): CredentialError {
	return new CredentialError(
		'The URL is not below Base URL of the Fanbook credential',
		`Use a URL that begins with ${root}`,
	);
}

function absoluteUrl(url: string, baseURL: string | undefined): string {
	if (baseURL === undefined || /^https?:\/\//i.test(url)) return url;
	return `${trimTrailingSlashes(baseURL.trim())}/${url.replace(/^\/+/, '')}`;
}
