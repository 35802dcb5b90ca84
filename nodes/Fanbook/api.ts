import { readHost } from '../../credentials/fanbook/host';
import type { Api } from '../shared/client/api';
import { parseResponse } from './parseResponse';
import { responseShapes } from './responseShapes';

/** How Fanbook communicates: one host, JSON bodies, two shapes of errors, and JSON inside JSON. */
export const fanbookApi: Api = {
	name: 'Fanbook',
	credentialType: 'fanbookBotApi',
	// The credential appends the bot token to this path.
	hosts: ({ host }) => ({ api: `${readHost(host)}/api/bot` }),
	encoding: 'json',
	// Its headers state no limits, so it has to show that it can take this many.
	maxConcurrency: 200,
	parseResponse,
	webPageStatuses: [401, 404],
	responseShapes,
	validateCredential: ({ botToken }) =>
		typeof botToken === 'string' && botToken.trim() !== ''
			? undefined
			: 'The Fanbook credential has no bot token',
	secrets: { parameters: ['user_token'], pathPrefixes: ['/api/bot/'] },
};
