import { NodeFailure } from '../shared/errors';
import { isJsonObject } from '../shared/json';
import type { ApiClient } from '../shared/client/apiClient';

const known = new WeakMap<ApiClient, Promise<string>>();

/**
 * The bot's own user id: from the credential, else asked for once per session. Asking renews the
 * gateway token, so the credential is the better place.
 */
export async function botId(session: ApiClient): Promise<string> {
	const asked = known.get(session) ?? findBotId(session);
	known.set(session, asked);
	return await asked;
}

async function findBotId(session: ApiClient): Promise<string> {
	const { botId: given } = await session.credentialSettings();
	if (typeof given === 'string' && given.trim() !== '') return given.trim();
	const bot = await session.fetch('GET getMe');
	if (isJsonObject(bot) && typeof bot.id === 'string') return bot.id;
	throw new NodeFailure('Fanbook did not tell the ID of the bot', {
		description: 'Enter Bot ID in the credential',
	});
}
