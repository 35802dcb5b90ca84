import { choice, json, longText, text } from '../../shared/fields';
import type { Call } from '../../shared/call';
import type { Choice, Field } from '../../shared/operation';
import { blockList, blockValues, cardBlockValues } from './blocks';
import { strictChoice } from '../words';
import { composed } from './compose';

const types: Choice[] = [
	{ name: 'JSON', value: 'json', description: 'Any document that Fanbook knows' },
	{ name: 'Message Card', value: 'messageCard', description: 'Title, text, pictures and buttons' },
	{
		name: 'Rich Text',
		value: 'richText',
		description: 'Headings, lists, quotes, code and pictures',
	},
	{ name: 'Text', value: 'text', description: 'Plain text' },
	{ name: 'Voice', value: 'voice', description: 'A recording on a public web address' },
];

const only = (...types: string[]) => ({ messageType: types });

const asComposed = (_value: unknown, call: Call) => composed(call).text;

/**
 * The fields that make up a message's `text`: one of them is shown and sent, by Message Type.
 *
 * @param maxBytes what the method takes at most, counted in UTF-8
 */
export function messageFields(maxBytes: number): Field[] {
	const length: Field['length'] = { min: 1, max: maxBytes, unit: 'bytes' };
	const body = { key: 'text', wire: 'text', length, convert: asComposed } as const;
	const card = only('messageCard');
	const frame = { when: card, local: true, required: false };
	return [
		choice('message_type', 'Message Type', 'What kind of message it is', types, {
			local: true,
			default: 'text',
		}),
		longText('text', 'Text', 'The text. With Parse Mode Fanbook it is a JSON document.', {
			when: only('text'),
			length,
			convert: asComposed,
		}),
		text('title', 'Title', 'The line above the text', {
			when: only('richText'),
			local: true,
			required: false,
		}),
		{
			...body,
			name: 'blocks',
			label: 'Blocks',
			about: 'Paragraphs, headings, lists, quotes, code and pictures, from top to bottom',
			look: blockList(blockValues),
			when: only('richText'),
		},
		choice(
			'card_from',
			'Card From',
			'How the card is described',
			[
				{ name: 'Blocks', value: 'blocks' },
				{ name: 'JSON', value: 'json', description: "Fanbook's own widgets" },
			],
			{ local: true, when: card },
		),
		{
			...body,
			name: 'cardBlocks',
			label: 'Card Blocks',
			about: 'Title, text, pictures, buttons, dividers and columns, from top to bottom',
			look: blockList(cardBlockValues),
			when: { ...card, cardFrom: ['blocks'] },
		},
		{
			...json('text', 'Card (JSON)', 'The tree of widgets, or the whole message around it'),
			...body,
			name: 'cardJson',
			when: { ...card, cardFrom: ['json'] },
		},
		text('notification', 'Notification', 'What the conversation list shows of the card', frame),
		text('come_from_name', 'Sender Label', 'Name at the foot of the card', frame),
		text(
			'come_from_icon',
			'Sender Icon URL',
			'Public web address of the picture beside the sender label',
			frame,
		),
		{
			...json('text', 'Content (JSON)', 'The document, an object with a type such as task'),
			...body,
			name: 'contentJson',
			when: only('json'),
		},
		{
			...text('text', 'Voice URL', 'Public web address of the recording, best in AAC'),
			...body,
			name: 'voiceUrl',
			placeholder: 'e.g. https://example.com/hello.aac',
			when: only('voice'),
		},
		{
			key: 'voice_seconds',
			label: 'Length in Seconds',
			about: 'How long the recording is',
			look: { as: 'number', min: 1 },
			wire: 'integer',
			when: only('voice'),
			local: true,
		},
	];
}

/** Text is plain unless its type says otherwise. */
export const parseMode: Field = strictChoice(
	'parse_mode',
	'Parse Mode',
	'Fanbook when Text is a JSON document of your own. The other message types set it by themselves.',
	[
		{ name: 'Fanbook', value: 'Fanbook' },
		{ name: 'Plain Text', value: '' },
	],
	{
		default: 'Fanbook',
		otherwise: (call) => (call.raw('messageType') === 'text' ? undefined : 'Fanbook'),
	},
);
