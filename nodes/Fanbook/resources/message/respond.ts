import { optionsField, idField, textField } from '../../../shared/definition/fields';
import type { Operation } from '../../../shared/definition/operation';
import { isEmpty } from '../../../shared/execution/parameterValues';
import { botId } from '../../bot';
import { encodeEmoji } from '../../emoji';
import { channel, member, messageId, serverForLists } from '../../commonFields';
import { CUSTOM_PICTURE, emojiChoices } from './emoji';

const addReaction: Operation = {
	name: 'Add Reaction',
	action: 'Add a reaction to a message',
	description: 'React to a message with an emoji or a picture',
	endpoint: 'POST sendReaction',
	scopes: ['ADD_REACTIONS'],
	oneOf: [['emoji', 'avatar']],
	fields: [
		serverForLists,
		channel(),
		messageId(),
		optionsField('emoji', 'Emoji', 'The emoji to react with', emojiChoices, {
			required: false,
			default: '赞',
			toWire: (value) => {
				if (isEmpty(value)) return undefined;
				return typeof value === 'string' ? encodeEmoji(value.trim()) : value;
			},
		}),
		textField(
			'avatar',
			'Custom Picture',
			'Web address of a picture to react with instead of an emoji',
			{
				required: false,
				show: { emoji: [CUSTOM_PICTURE] },
				placeholder: 'e.g. https://example.com/emoji.png',
			},
		),
		member({
			displayName: 'Reacting User',
			description: 'User who reacts. Defaults to the bot.',
			required: false,
			resolveDefault: async (item) => await botId(item.client),
		}),
	],
};

const answerButtonClick: Operation = {
	name: 'Answer Button Click',
	action: 'Answer a button click',
	description: 'End the loading state of a button that a user has clicked, with a text if you like',
	endpoint: 'POST v2/answerCallback',
	fields: [
		idField('callback_id', 'Callback ID', 'ID of the click, as returned by the Fanbook Trigger', {
			placeholder: 'e.g. 517012345678901248',
		}),
		serverForLists,
		member({ description: 'User who clicked' }),
		channel(),
	],
	additionalFields: [textField('text', 'Text', 'Text to show to the user')],
};

export const operations: Operation[] = [addReaction, answerButtonClick];
