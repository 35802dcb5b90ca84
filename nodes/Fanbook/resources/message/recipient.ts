import { invalidParameter } from '../../../shared/errors';
import { optionsField } from '../../../shared/definition/fields';
import type { Json } from '../../../shared/json';
import { Int64Literal, isJsonObject } from '../../../shared/json';
import type { Field, ItemContext } from '../../../shared/definition/operation';
import { asDigits, chat, found, member, serverForLists } from '../../words';

/** The most that sendMessage takes, in bytes of UTF-8. */
export const LONGEST_MESSAGE = 150_000;

/** Where a message goes: a channel, or a user, whose private chat is opened first. */
export const recipient: Field[] = [
	serverForLists,
	optionsField(
		'send_to',
		'Send To',
		'Where the message goes',
		[
			{ name: 'Channel', value: 'channel' },
			{ name: 'User', value: 'user', description: 'As a private message' },
		],
		{ notSent: true },
	),
	chat({ show: { sendTo: ['channel'] } }),
	member({
		description: 'The user to write to privately',
		show: { sendTo: ['user'] },
		notSent: true,
	}),
	found('chat_id', 'Private Chat', async (call) => await privateChat(call), {
		...asDigits,
		name: 'privateChatId',
		show: { sendTo: ['user'] },
	}),
];

/** Opens, or finds, the private chat with the chosen user. */
async function privateChat(call: ItemContext): Promise<string> {
	const userId = call.text('userId');
	if (userId === '') throw invalidParameter('User', 'is empty', 'Choose the user to write to');
	const id = chatIdIn(
		await call.fetch('POST getPrivateChat', {
			body: { user_id: new Int64Literal(userId) },
			writes: false,
		}),
	);
	if (id === undefined) {
		throw invalidParameter('User', 'has no private chat with the bot', 'Check the user ID');
	}
	return id;
}

/** The page promises a list of chats, the service gives one chat: both are read. */
function chatIdIn(answer: Json | undefined): string | undefined {
	const chat = Array.isArray(answer) ? answer[0] : answer;
	return isJsonObject(chat) && typeof chat.id === 'string' ? chat.id : undefined;
}
