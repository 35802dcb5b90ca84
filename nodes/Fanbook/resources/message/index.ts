import type { Resource } from '../../../shared/definition/operation';
import { sendAndWait } from '../../sendAndWait/operation';
import * as edit from './edit';
import * as read from './read';
import * as respond from './respond';
import * as send from './send';

export const message: Resource = {
	name: 'Message',
	preferred: 'Send',
	operations: [
		send.send,
		send.sendPhoto,
		send.sendTaskNotification,
		sendAndWait,
		read.get,
		read.getMany,
		read.getThread,
		edit.editText,
		edit.editInlineKeyboard,
		edit.remove,
		edit.pin,
		edit.unpin,
		respond.addReaction,
		respond.answerButtonClick,
	],
};
