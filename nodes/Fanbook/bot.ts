import { Failure } from '../shared/failure';
import { isJsonObject } from '../shared/json';
import type { Session } from '../shared/session';

const known = new WeakMap<Session, Promise<string>>();

/**
 * The bot's own user id: from the credential, else asked for once per session. Asking renews the
 * gateway token, so the credential is the better place.
 */
export async function botId(session: Session): Promise<string> {
	const asked = known.get(session) ?? findBotId(session);
	known.set(session, asked);
	return await asked;
}

async function findBotId(session: Session): Promise<string> {
	const { botId: given } = await session.settings();
	if (typeof given === 'string' && given.trim() !== '') return given.trim();
	const bot = await session.fetch('GET getMe');
	if (isJsonObject(bot) && typeof bot.id === 'string') return bot.id;
	throw new Failure('Fanbook did not tell the ID of the bot', {
		advice: 'Enter Bot ID in the credential',
	});
}
