import { readHost } from '../../credentials/fanbook/host';
import { readBotToken } from '../../credentials/fanbook/botToken';
import { readAddresses } from '../../credentials/fanfou/address';
import { signRequest } from '../../credentials/fanfou/sign';
import type { HttpMethod, ServiceName } from '../../sandbox/core/openApi';

/** A request to a service, below its base address. */
export interface LiveRequest {
	method: HttpMethod;
	/** Path with its query, percent-encoded, with a leading slash. */
	path: string;
	body?: string;
	contentType?: string;
}

/** A setting that is read from the environment or typed in. */
export interface Setting {
	name: string;
	question: string;
	isSecret: boolean;
	default?: string;
}

type Settings = Record<string, string>;

interface Signer {
	settings: Setting[];
	/** Returns the address and the headers of a signed request. */
	sign: (
		request: LiveRequest,
		settings: Settings,
	) => { url: string; headers: Record<string, string> };
	/** Headers that every successful response has. */
	headers: string[];
	/** Whether JSON has a JSON content type. */
	hasJsonType: boolean;
	/** Values of parameters that no response tells, by setting. */
	known: Record<string, string[]>;
}

const VERSION = '2025-06-26';

const secret = (name: string, question: string): Setting => ({ name, question, isSecret: true });
const plain = (name: string, question: string, fallback?: string): Setting => ({
	name,
	question,
	isSecret: false,
	default: fallback,
});

/** How requests to each service are signed, with the same code as in the credentials. */
export const SIGNERS: Record<ServiceName, Signer> = {
	fanvue: {
		settings: [
			secret('FANVUE_ACCESS_TOKEN', 'Access token'),
			plain('FANVUE_URL', 'API address', 'https://api.fanvue.com'),
		],
		sign: ({ path }, settings) => ({
			url: `${settings.FANVUE_URL ?? ''}${path}`,
			headers: {
				authorization: `Bearer ${settings.FANVUE_ACCESS_TOKEN ?? ''}`,
				'x-fanvue-api-version': VERSION,
			},
		}),
		headers: ['x-ratelimit-remaining', 'x-ratelimit-reset'],
		hasJsonType: true,
		known: {},
	},
	fanfou: {
		settings: [
			secret('FANFOU_CONSUMER_KEY', 'API Key'),
			secret('FANFOU_CONSUMER_SECRET', 'API Secret'),
			secret('FANFOU_ACCESS_TOKEN', 'Access Token'),
			secret('FANFOU_ACCESS_TOKEN_SECRET', 'Access Token Secret'),
			plain('FANFOU_URL', 'API address', 'https://api.fanfou.com'),
		],
		sign: ({ method, path, body, contentType }, settings) => {
			const credential = {
				consumerKey: settings.FANFOU_CONSUMER_KEY ?? '',
				consumerSecret: settings.FANFOU_CONSUMER_SECRET ?? '',
				accessToken: settings.FANFOU_ACCESS_TOKEN ?? '',
				accessTokenSecret: settings.FANFOU_ACCESS_TOKEN_SECRET ?? '',
				baseUrl: settings.FANFOU_URL ?? '',
			};
			const { baseUrl } = readAddresses(credential);
			const signed = signRequest(credential, {
				method: method === 'post' ? 'POST' : 'GET',
				url: `${baseUrl}${path}`,
				...(body === undefined ? {} : { body, headers: { 'content-type': contentType ?? '' } }),
			});
			return {
				url: signed.url,
				headers: { authorization: String(signed.headers?.authorization ?? '') },
			};
		},
		headers: [],
		hasJsonType: true,
		known: {},
	},
	fanbook: {
		settings: [
			secret('FANBOOK_BOT_TOKEN', 'Bot token'),
			plain('FANBOOK_URL', 'Host', 'https://a1.fanbook.cn'),
			plain('FANBOOK_SERVER_ID', 'Server ID for the reads'),
			plain('FANBOOK_CHANNEL_ID', 'Channel ID for the reads'),
		],
		sign: ({ path }, settings) => ({
			url: `${readHost(settings.FANBOOK_URL)}/api/bot/${readBotToken(settings.FANBOOK_BOT_TOKEN)}${path}`,
			headers: {},
		}),
		headers: [],
		hasJsonType: false,
		known: {
			FANBOOK_SERVER_ID: ['guild_id', 'guild'],
			FANBOOK_CHANNEL_ID: ['channel_id', 'chat_id'],
		},
	},
};
