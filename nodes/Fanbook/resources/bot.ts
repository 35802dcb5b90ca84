import { booleanField, textField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import type { Operation, Resource } from '../../shared/definition/operation';
import { botIdField, hiddenField, server } from '../commonFields';

/** Removes the gateway token, with which anyone can receive the events of the bot. */
function withoutToken(bot: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(bot).filter(([key]) => key !== 'user_token'));
}

const get: Operation = {
	name: 'Get',
	action: 'Get the bot',
	description: 'Get the profile of the bot itself',
	endpoint: 'GET getMe',
	notice:
		'Each call creates a new gateway token, which may end a running connection of the Fanbook Trigger. Call it rarely.',
	additionalFields: [
		booleanField(
			'include_user_token',
			'Include Gateway Token',
			'Whether to return user_token, with which anyone can listen as the bot for 24 hours',
			{ notSent: true },
		),
	],
	transformResult: (bot, item) => (item.boolean('includeUserToken') ? bot : withoutToken(bot)),
};

const getCommands: Operation = {
	name: 'Get Commands',
	action: 'Get the commands of the bot',
	description: 'Get the commands that users can give the bot',
	endpoint: 'GET getMyCommands',
};

const setServerNickname: Operation = {
	name: 'Set Server Nickname',
	action: 'Set the nickname of the bot in a server',
	description: 'Set the name the bot has inside one server',
	endpoint: 'POST robot/setGuildNick',
	fields: [
		server({ key: 'guild_Id' }),
		textField('nickname', 'Nickname', 'The new name'),
		botIdField('bot_id'),
		// The reference names the key guild_Id, a working client guild_id, so both are sent.
		hiddenField('guild_id', 'Server', (item) => item.value('guildId'), { name: 'sameGuildId' }),
	],
};

export const bot: Resource = {
	name: 'Bot',
	preferred: 'Get',
	operations: [get, getCommands, setServerNickname],
};
