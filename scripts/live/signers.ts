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
	/** Values of parameters that no response contains, by setting. */
	known: Record<string, string[]>;
	/** Names under which earlier responses have the value of a parameter, by name or by path and name. */
	aliases: Record<string, string>;
	/** Why a parameter may have no value. */
	reasons: Record<string, string>;
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
			plain('FANVUE_APP_UUID', 'UUID of the app', ''),
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
		known: { FANVUE_APP_UUID: ['appUuid'] },
		aliases: {
			chatUuids: 'userUuid',
			fanUuids: 'userUuid',
			consumerId: 'userUuid',
			creatorUserUuid: 'creatorUuid',
			subscriberUuids: 'userUuid',
			'/media/links/{uuid}/purchased uuid': 'mediaUuid',
		},
		reasons: {
			creatorUserUuid: 'the account manages no creator of an agency',
			uploadId: 'only an upload that is not finished has one, and starting one is a write',
			appUuid: 'set FANVUE_APP_UUID',
		},
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
		aliases: {
			source_id: 'userId',
			target_id: 'userId',
			user_a: 'userId',
			user_b: 'userId',
			'/favorites/{id}.json id': 'userId',
			'/favorites/list/{id}.json id': 'userId',
			'/blocks/exists.json id': 'userId',
			'/direct_messages/conversation.json id': 'userId',
			'/statuses/show.json id': 'statusId',
			'/statuses/show/{id}.json id': 'statusId',
			'/statuses/context_timeline.json id': 'statusId',
			'/saved_searches/show.json id': 'savedSearchId',
		},
		reasons: {},
	},
	fanbook: {
		settings: [
			secret('FANBOOK_BOT_TOKEN', 'Bot token'),
			plain('FANBOOK_URL', 'Base URL', 'https://a1.fanbook.cn'),
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
		aliases: {},
		reasons: {
			post_id: 'only a channel with posts has one; the reads use the channel of FANBOOK_CHANNEL_ID',
			quote_id: 'only a message with a quote has one',
			ranges: 'it is a list of ranges, which no response contains',
		},
	},
};
