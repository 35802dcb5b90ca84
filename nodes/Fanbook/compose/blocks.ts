import type { INodeProperties } from 'n8n-workflow';
import type { FieldInput } from '../../shared/definition/operation';
import { memberLocator } from '../locators';
import { locatorProperty } from './locatorEntry';

function property(
	name: string,
	displayName: string,
	description: string,
	types: string[],
	more: Partial<INodeProperties>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		displayOptions: { show: { type: types } },
		...more,
	};
}

const LINES = ['paragraph', 'heading', 'bulletedList', 'numberedList', 'quote', 'code'];

/** Parameters of a rich text block. */
export const blockValues: INodeProperties[] = [
	{
		displayName: 'Block',
		name: 'type',
		type: 'options',
		default: 'paragraph',
		description: 'Kind of block',
		options: [
			{ name: 'Bulleted List', value: 'bulletedList' },
			{ name: 'Code', value: 'code' },
			{ name: 'Heading', value: 'heading' },
			{ name: 'Image', value: 'image' },
			{ name: 'Numbered List', value: 'numberedList' },
			{ name: 'Paragraph', value: 'paragraph' },
			{ name: 'Quote', value: 'quote' },
		],
	},
	property('text', 'Content', 'The words. In a list each line is an entry.', LINES, {
		typeOptions: { rows: 3 },
	}),
	property('level', 'Heading Level', 'Size of the heading', ['heading'], {
		type: 'options',
		default: 1,
		options: [
			{ name: 'Large', value: 1 },
			{ name: 'Medium', value: 2 },
			{ name: 'Small', value: 3 },
		],
	}),
	property('imageHeight', 'Image Height', 'Height in pixels', ['image'], {
		type: 'number',
		default: 500,
		typeOptions: { minValue: 1 },
	}),
	property('imageUrl', 'Image URL', 'Public web address of the picture', ['image'], {
		placeholder: 'e.g. https://example.com/picture.jpg',
	}),
	property('imageWidth', 'Image Width', 'Width in pixels', ['image'], {
		type: 'number',
		default: 500,
		typeOptions: { minValue: 1 },
	}),
	property('link', 'Link', 'URL that the text links to', ['paragraph', 'heading', 'quote'], {
		placeholder: 'e.g. https://example.com',
	}),
	property(
		'newLine',
		'Start New Line After',
		'Whether the next block begins on a new line. Off, one line can hold several styles.',
		['paragraph'],
		{ type: 'boolean', default: true },
	),
	property(
		'styles',
		'Styles',
		'Style of the text',
		['paragraph', 'heading', 'quote', 'bulletedList', 'numberedList'],
		{
			type: 'multiOptions',
			default: [],
			options: [
				{ name: 'Bold', value: 'bold' },
				{ name: 'Italic', value: 'italic' },
				{ name: 'Strikethrough', value: 'strike' },
				{ name: 'Underline', value: 'underline' },
			],
		},
	),
];

/** Parameters of a card block. */
export const cardBlockValues: INodeProperties[] = [
	{
		displayName: 'Block',
		name: 'type',
		type: 'options',
		default: 'markdown',
		description: 'Kind of block',
		options: [
			{ name: 'Button', value: 'button' },
			{ name: 'Columns', value: 'columns' },
			{ name: 'Divider', value: 'divider' },
			{ name: 'Image', value: 'image' },
			{ name: 'Markdown', value: 'markdown' },
			{ name: 'Text', value: 'text' },
			{ name: 'Title', value: 'title' },
			{ name: 'User', value: 'user' },
		],
	},
	property('color', 'Button Color', 'Color of the button', ['button'], { type: 'color' }),
	property('label', 'Button Label', 'Text of the button', ['button'], {}),
	property('link', 'Button Link', 'Address that the button opens', ['button'], {
		placeholder: 'e.g. https://example.com',
	}),
	property('style', 'Button Style', 'Style of the button', ['button'], {
		type: 'options',
		default: 'filled',
		options: [
			{ name: 'Filled', value: 'filled' },
			{ name: 'Outlined', value: 'outlined' },
		],
	}),
	property(
		'text',
		'Content',
		'The words. Under Columns each line is a column.',
		['columns', 'markdown', 'text', 'title'],
		{
			typeOptions: { rows: 3 },
		},
	),
	property(
		'imageHeight',
		'Image Height',
		'Height in pixels. Enter 0 to keep the height of the picture.',
		['image'],
		{
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0 },
		},
	),
	property('imageUrl', 'Image URL', 'Public web address of the picture', ['image'], {
		placeholder: 'e.g. https://example.com/picture.jpg',
	}),
	locatorProperty('userId', 'User', 'The user whose avatar and name to show', {
		locator: memberLocator,
		show: { type: ['user'] },
	}),
];

/** Sortable list of blocks. */
export const blockList = (values: INodeProperties[]): FieldInput => ({
	type: 'custom',
	property: {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Block',
		options: [{ displayName: 'Block', name: 'block', values }],
	},
});
