import { invalidParameter } from '../../../shared/errors';
import { optionsField } from '../../../shared/definition/fields';
import type { Json } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import { parseInt64 } from '../../../shared/execution/parameterValues';
import type { Field, ItemContext } from '../../../shared/definition/operation';
import { asInt64, chat, hiddenField, member, serverForLists } from '../../commonFields';

/** Longest text of sendMessage, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 150_000;

/** Recipient of a message: a channel, or a user whose private chat is opened first. */
export const recipient: Field[] = [
	serverForLists,
	optionsField(
		'send_to',
		'Send To',
		'Recipient of the message',
		[
			{ name: 'Channel', value: 'channel' },
			{ name: 'User', value: 'user', description: 'Send a private message' },
		],
		{ notSent: true },
	),
	chat({ show: { sendTo: ['channel'] } }),
	member({
		description: 'The user to write to privately',
		show: { sendTo: ['user'] },
		notSent: true,
	}),
	hiddenField('chat_id', 'Private Chat', async (item) => await privateChat(item), {
		...asInt64,
		name: 'privateChatId',
		show: { sendTo: ['user'] },
	}),
];

/** Returns the private chat with the selected user, and creates it if there is none. */
async function privateChat(item: ItemContext): Promise<string> {
	const userId = item.text('userId');
	if (userId === '') throw invalidParameter('User', 'is empty', 'Choose the user to write to');
	const id = chatIdIn(
		await item.fetch('POST getPrivateChat', {
			body: { user_id: parseInt64('User', userId) },
			writes: false,
		}),
	);
	if (id === undefined) {
		throw invalidParameter('User', 'has no private chat with the bot', 'Check the user ID');
	}
	return id;
}

/** The reference shows a list of chats, Fanbook returns one chat, so both are accepted. */
function chatIdIn(data: Json | undefined): string | undefined {
	const chat = Array.isArray(data) ? data[0] : data;
	return isJsonObject(chat) && typeof chat.id === 'string' ? chat.id : undefined;
}
