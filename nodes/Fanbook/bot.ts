import { NodeFailure, toNodeFailure } from '../shared/errors';
import { isJsonObject } from '../shared/json';
import { parseLongId } from './ids';
import type { ApiClient } from '../shared/client/apiClient';

const known = new WeakMap<ApiClient, Promise<string>>();

/**
 * Returns the user id of the bot: from the credential, or else from Fanbook, once per client. The
 * request makes a new gateway token, so the credential is the better source.
 */
export async function botId(client: ApiClient): Promise<string> {
	const id = known.get(client) ?? fetchBotId(client);
	known.set(client, id);
	try {
		return await id;
	} catch (error) {
		// The next item tries again.
		if (known.get(client) === id) known.delete(client);
		throw toNodeFailure(error);
	}
}

async function fetchBotId(client: ApiClient): Promise<string> {
	const { botId: configured } = await client.credentialSettings();
	const given = parseLongId('Bot ID', configured);
	if (typeof given === 'string') return given;
	const bot = await client.fetch('GET getMe');
	if (isJsonObject(bot) && typeof bot.id === 'string') return bot.id;
	throw new NodeFailure('Fanbook did not return the ID of the bot', {
		description: 'Enter Bot ID in the credential',
	});
}
