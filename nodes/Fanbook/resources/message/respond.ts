import { choice, id, text } from '../../../shared/fields';
import type { Operation } from '../../../shared/operation';
import { botId } from '../../bot';
import { encodedEmoji } from '../../emoji';
import { channel, member, messageId, serverForLists } from '../../words';
import { emojiChoices } from './emoji';

export const addReaction: Operation = {
	name: 'Add Reaction',
	action: 'Add a reaction to a message',
	description: 'React to a message with an emoji or a picture',
	endpoint: 'POST sendReaction',
	needs: ['ADD_REACTIONS'],
	oneOf: [['emoji', 'avatar']],
	fields: [
		serverForLists,
		channel(),
		messageId(),
		choice('emoji', 'Emoji', 'The emoji to react with', emojiChoices, {
			required: false,
			default: '',
			convert: (value) => (typeof value === 'string' ? encodedEmoji(value.trim()) : value),
		}),
		text('avatar', 'Custom Picture', 'Web address of a picture to react with instead of an emoji', {
			required: false,
			placeholder: 'e.g. https://example.com/emoji.png',
		}),
		member({
			label: 'Reacting User',
			about: 'Who reacts. Left empty it is the bot itself.',
			required: false,
			otherwise: async (call) => await botId(call.session),
		}),
	],
};

export const answerButtonClick: Operation = {
	name: 'Answer Button Click',
	action: 'Answer a button click',
	description: 'End the loading state of a button that a user has clicked, with a text if you like',
	endpoint: 'POST v2/answerCallback',
	fields: [
		id('callback_id', 'Callback ID', 'ID of the click, as the Fanbook Trigger gives it', {
			placeholder: 'e.g. 517012345678901248',
		}),
		serverForLists,
		member({ about: 'Who clicked' }),
		channel(),
	],
	options: [text('text', 'Text', 'What the user is shown')],
};
