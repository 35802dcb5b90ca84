import type { JsonObject } from '../../shared/json';
import { isoTime, plainText } from '../text';
import { objectAt, pick, textAt } from './members';
import { briefUser } from './briefUser';

/** Simplifies a direct message: plain text, time in ISO 8601, the two users in brief. */
export function cleanMessage(raw: JsonObject): JsonObject {
	const sender = objectAt(raw, 'sender');
	const recipient = objectAt(raw, 'recipient');
	const original = objectAt(raw, 'in_reply_to');
	return {
		...pick<'DirectMessage'>(raw, ['id']),
		text: plainText(textAt(raw, 'text')),
		created_at: isoTime(textAt(raw, 'created_at')),
		...pick<'DirectMessage'>(raw, ['sender_id', 'recipient_id']),
		...(sender === undefined ? {} : { sender: briefUser(sender) }),
		...(recipient === undefined ? {} : { recipient: briefUser(recipient) }),
		...(original === undefined ? {} : { in_reply_to: cleanMessage(original) }),
	};
}

/** Simplifies a conversation: the number of messages, whether some are new, and the last one. */
export function cleanConversation(raw: JsonObject): JsonObject {
	const last = objectAt(raw, 'dm');
	return {
		...pick<'ConversationEntry'>(raw, ['otherid', 'msg_num', 'new_conv']),
		...(last === undefined ? {} : { dm: cleanMessage(last) }),
	};
}
