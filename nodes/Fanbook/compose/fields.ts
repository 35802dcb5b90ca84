import { optionsField, jsonField, longTextField, textField } from '../../shared/definition/fields';
import type { FieldOption, Field, ItemContext } from '../../shared/definition/operation';
import { blockList, blockValues, cardBlockValues } from './blocks';
import { strictOptionsField } from '../commonFields';
import { composeMessage } from './compose';

const types: FieldOption[] = [
	{ name: 'JSON', value: 'json', description: 'Any message document that Fanbook supports' },
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

const asComposed = (_value: unknown, item: ItemContext) => composeMessage(item).text;

/**
 * Returns the fields for the `text` of a message. One of them is shown and sent, depending on
 * Message Type.
 *
 * @param maxBytes longest text of the method, in bytes of UTF-8
 */
export function messageFields(maxBytes: number): Field[] {
	const length: Field['length'] = { min: 1, max: maxBytes, unit: 'bytes' };
	const body = { key: 'text', wireFormat: 'text', length, toWire: asComposed } as const;
	const card = only('messageCard');
	const frame = { show: card, notSent: true, required: false };
	return [
		optionsField('message_type', 'Message Type', 'Kind of message', types, {
			notSent: true,
			default: 'text',
		}),
		longTextField('text', 'Text', 'The text. With Parse Mode Fanbook it is a JSON document.', {
			show: only('text'),
			length,
			toWire: asComposed,
		}),
		textField('title', 'Title', 'The line above the text', {
			show: only('richText'),
			notSent: true,
			required: false,
		}),
		{
			...body,
			name: 'blocks',
			displayName: 'Blocks',
			description: 'Paragraphs, headings, lists, quotes, code and pictures, from top to bottom',
			input: blockList(blockValues),
			show: only('richText'),
		},
		optionsField(
			'card_from',
			'Card From',
			'Way in which the card is defined',
			[
				{ name: 'Blocks', value: 'blocks' },
				{ name: 'JSON', value: 'json', description: "Fanbook's own widgets" },
			],
			{ notSent: true, show: card },
		),
		{
			...body,
			name: 'cardBlocks',
			displayName: 'Card Blocks',
			description: 'Title, text, pictures, buttons, dividers and columns, from top to bottom',
			input: blockList(cardBlockValues),
			show: { ...card, cardFrom: ['blocks'] },
		},
		{
			...jsonField('text', 'Card (JSON)', 'The tree of widgets, or the whole message around it'),
			...body,
			name: 'cardJson',
			show: { ...card, cardFrom: ['json'] },
		},
		textField(
			'notification',
			'Notification',
			'Text shown in the conversation list for the card',
			frame,
		),
		textField('come_from_name', 'Sender Label', 'Name at the foot of the card', frame),
		textField(
			'come_from_icon',
			'Sender Icon URL',
			'Public web address of the picture beside the sender label',
			frame,
		),
		{
			...jsonField('text', 'Content (JSON)', 'The document, an object with a type such as task'),
			...body,
			name: 'contentJson',
			show: only('json'),
		},
		{
			...textField('text', 'Voice URL', 'Public web address of the recording, best in AAC'),
			...body,
			name: 'voiceUrl',
			placeholder: 'e.g. https://example.com/hello.aac',
			show: only('voice'),
		},
		{
			key: 'voice_seconds',
			displayName: 'Length in Seconds',
			description: 'Length of the recording',
			input: { type: 'number', min: 1 },
			wireFormat: 'integer',
			show: only('voice'),
			notSent: true,
		},
	];
}

/** Parse mode: only the message type Text can be plain text. */
export const parseMode: Field = strictOptionsField(
	'parse_mode',
	'Parse Mode',
	'Choose Fanbook if Text is a JSON document. Other message types set this automatically.',
	[
		{ name: 'Fanbook', value: 'Fanbook' },
		{ name: 'Plain Text', value: '' },
	],
	{
		default: 'Fanbook',
		resolveDefault: (item) => (item.raw('messageType') === 'text' ? undefined : 'Fanbook'),
	},
);
