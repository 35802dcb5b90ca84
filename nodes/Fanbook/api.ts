import { readHost } from '../../credentials/fanbook/host';
import type { Api } from '../shared/client/api';
import { parseResponse } from './parseResponse';

/** How Fanbook communicates: one host, JSON bodies, two shapes of errors, and JSON inside JSON. */
export const fanbookApi: Api = {
	name: 'Fanbook',
	credentialType: 'fanbookBotApi',
	// The credential appends the bot token to this path.
	hosts: ({ host }) => ({ api: `${readHost(host)}/api/bot` }),
	encoding: 'json',
	// It states no limits in its headers, so each call beyond them is rejected once.
	maxConcurrency: 50,
	parseResponse,
	validateCredential: ({ botToken }) =>
		typeof botToken === 'string' && botToken.trim() !== ''
			? undefined
			: 'The Fanbook credential has no bot token',
	secrets: { parameters: ['user_token'], pathPrefixes: ['/api/bot/'] },
};
