import type { Call } from '../../../shared/call';
import { badParameter } from '../../../shared/failure';
import { choice } from '../../../shared/fields';
import type { Json } from '../../../shared/json';
import { Digits, isJsonObject } from '../../../shared/json';
import type { Field } from '../../../shared/operation';
import { asDigits, chat, found, member, serverForLists } from '../../words';

/** The most that sendMessage takes, in bytes of UTF-8. */
export const LONGEST_MESSAGE = 150_000;

/** Where a message goes: a channel, or a user, whose private chat is opened first. */
export const recipient: Field[] = [
	serverForLists,
	choice(
		'send_to',
		'Send To',
		'Where the message goes',
		[
			{ name: 'Channel', value: 'channel' },
			{ name: 'User', value: 'user', description: 'As a private message' },
		],
		{ local: true },
	),
	chat({ when: { sendTo: ['channel'] } }),
	member({
		about: 'The user to write to privately',
		when: { sendTo: ['user'] },
		local: true,
	}),
	found('chat_id', 'Private Chat', async (call) => await privateChat(call), {
		...asDigits,
		name: 'privateChatId',
		when: { sendTo: ['user'] },
	}),
];

/** Opens, or finds, the private chat with the chosen user. */
async function privateChat(call: Call): Promise<string> {
	const userId = call.text('userId');
	if (userId === '') throw badParameter('User', 'is empty', 'Choose the user to write to');
	const id = chatIdIn(
		await call.fetch('POST getPrivateChat', {
			body: { user_id: new Digits(userId) },
			writes: false,
		}),
	);
	if (id === undefined) {
		throw badParameter('User', 'has no private chat with the bot', 'Check the user ID');
	}
	return id;
}

/** The page promises a list of chats, the service gives one chat: both are read. */
function chatIdIn(answer: Json | undefined): string | undefined {
	const chat = Array.isArray(answer) ? answer[0] : answer;
	return isJsonObject(chat) && typeof chat.id === 'string' ? chat.id : undefined;
}
