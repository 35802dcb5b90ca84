import type { INodeProperties } from 'n8n-workflow';
import { invalidParameter } from '../../shared/errors';
import { jsonField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import { checkJsonObject } from '../commonFields';
import type { Field } from '../../shared/definition/operation';
import { isEmpty } from '../../shared/execution/parameterValues';
import { EntryReader, entriesOf } from './entries';

const buttonValues: INodeProperties[] = [
	{
		displayName: 'Action',
		name: 'onClick',
		type: 'options',
		default: 'callback',
		description: 'Action of a click',
		options: [
			{ name: 'Open URL', value: 'url' },
			{ name: 'Open Mini Program', value: 'app' },
			{ name: 'Send Button Text as Message', value: 'command' },
			{ name: 'Notify the Bot', value: 'callback', description: 'Starts the Fanbook Trigger' },
		],
	},
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		description: 'The mini program to open, or its address',
		displayOptions: { show: { onClick: ['app'] } },
	},
	{
		displayName: 'Callback Data',
		name: 'callbackData',
		type: 'string',
		default: '',
		description: 'Data that the bot receives. Defaults to the text of the button.',
		displayOptions: { show: { onClick: ['callback'] } },
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		description: 'Text of the button',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com',
		description: 'The address to open',
		displayOptions: { show: { onClick: ['url'] } },
	},
];

const read = new EntryReader(buttonValues);

/** Rows of buttons below a message. */
export const inlineKeyboard: Field = {
	key: 'reply_markup.inline_keyboard',
	displayName: 'Inline Keyboard',
	description: 'Rows of buttons below the message',
	input: {
		type: 'custom',
		property: {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Row',
			options: [
				{
					displayName: 'Row',
					name: 'rows',
					values: [
						{
							displayName: 'Buttons',
							name: 'buttons',
							type: 'fixedCollection',
							typeOptions: { multipleValues: true, sortable: true },
							placeholder: 'Add Button',
							default: {},
							description: 'The buttons of the row, from left to right',
							options: [{ displayName: 'Button', name: 'button', values: buttonValues }],
						},
					],
				},
			],
		},
	},
	wireFormat: 'json',
	required: false,
	toWire: (value) => toRows(value),
};

/** Converts the rows to Fanbook's format. A list from an expression is sent as it is. */
function toRows(value: unknown): unknown {
	if (isEmpty(value) || Array.isArray(value) || typeof value === 'string') return value;
	const rows = entriesOf(value, 'rows')
		.map((row) => entriesOf(row.buttons, 'button').map(toButton))
		.filter((row) => row.length > 0);
	return rows.length === 0 ? undefined : rows;
}

function toButton(entry: Record<string, unknown>): JsonObject {
	const text = read.text(entry, 'text');
	if (text === '')
		throw invalidParameter('Inline Keyboard', 'has a button without text', 'Fill in Text');
	switch (read.choice(entry, 'onClick')) {
		case 'url':
			return { text, url: targetOf(entry, 'url', 'URL') };
		case 'app':
			return { text, app_id: targetOf(entry, 'appId', 'App ID') };
		case 'command':
			return { text, is_command: true };
		default:
			return { text, callback_data: read.text(entry, 'callbackData') || text };
	}
}

/** Returns what a button opens. */
function targetOf(entry: Record<string, unknown>, name: string, displayName: string): string {
	const target = read.text(entry, name);
	if (target !== '') return target;
	throw invalidParameter(
		'Inline Keyboard',
		`has no ${displayName} for the button "${read.text(entry, 'text')}"`,
		`Fill in ${displayName}`,
	);
}

/** Raw parameter of the API, for keyboards that Inline Keyboard cannot describe. */
export const replyMarkup: Field = jsonField(
	'reply_markup',
	'Reply Markup (JSON)',
	'Inline keyboard or reply keyboard in the form Fanbook expects. Inline Keyboard builds one without JSON.',
	{ toWire: (value) => checkJsonObject('Reply Markup (JSON)', value) },
);
