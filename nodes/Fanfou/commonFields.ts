import {
	optionsField,
	idField,
	locatorField,
	longTextField,
	textField,
} from '../shared/definition/fields';
import type { Field, ItemContext } from '../shared/definition/operation';
import { locators } from './locators';
import { MAX_STATUS_LENGTH } from './text';

/** Settings of a field besides its texts. */
type More = Partial<Omit<Field, 'key' | 'displayName' | 'description'>>;

/** Returns whether the results of this call are simplified. */
function isSimplified(item: ItemContext): boolean {
	return item.operation.simplify !== undefined && item.isEnabled('simplify', true);
}

/** Returns whether the results of this call have the Chinese names of the Fanfou MCP server. */
export function isChinese(item: ItemContext): boolean {
	return isSimplified(item) && item.raw('fieldNames') === 'chinese';
}

export const fieldNames = optionsField(
	'fieldNames',
	'Field Names',
	'Language of the field names in simplified results',
	[
		{ name: 'Chinese', value: 'chinese', description: 'Use the names of the Fanfou MCP server' },
		{ name: 'English', value: 'english', description: 'Use the names of the API' },
	],
	{ notSent: true, default: 'english' },
);

/** `mode`. Simplified results do not contain what the short form omits, so they request it. */
export const mode = optionsField(
	'mode',
	'User Details',
	'Level of detail of user objects. Lite omits profile colors and background.',
	[
		{ name: 'Full', value: 'default' },
		{ name: 'Lite', value: 'lite' },
	],
	{ resolveDefault: (item) => (isRead(item) && isSimplified(item) ? 'lite' : undefined) },
);

const FORMATS = [
	{ name: 'HTML', value: 'html', description: 'Mentions, topics and links are anchors' },
];

/** `format` for operations in which only users who read HTML need it. */
export const format = optionsField('format', 'Format', 'Format of the texts', FORMATS);

/** `format` of statuses: mentions, topics and links of simplified results are read from HTML. */
export const statusFormat = optionsField('format', 'Format', 'Format of the texts', FORMATS, {
	resolveDefault: (item) => (isRead(item) && isSimplified(item) ? 'html' : undefined),
});

function isRead({ operation }: ItemContext): boolean {
	return operation.endpoint.startsWith('GET ');
}

export const sinceId = idField('since_id', 'Since ID', 'Return only results newer than this ID');

export const maxId = idField('max_id', 'Max ID', 'Return only results older than this ID');

/** A user, required; the list shows those whom the account follows. */
export function user(displayName: string, description: string, key = 'id', more: More = {}): Field {
	return locatorField(key, displayName, description, locators.user, more);
}

/** A required user from another list. */
export function userOf(
	list: 'follower' | 'requester' | 'blockedUser' | 'recommendedUser',
	description: string,
): Field {
	return locatorField('id', 'User', description, locators[list]);
}

/** The user of a list; defaults to the account itself. */
export const optionalUser = user(
	'User',
	'The user to get the data of. Defaults to the account of the credential.',
	'id',
	{ required: false },
);

/** A status, required; the list shows the account's own ones. */
export function status(description: string, key = 'id', more: More = {}): Field {
	return locatorField(key, 'Status', description, locators.status, more);
}

/** A required status from another list. */
export function statusOf(list: 'homeStatus' | 'favorite', description: string, key = 'id'): Field {
	return locatorField(key, 'Status', description, locators[list]);
}

/** A text of 1 to 140 characters that is not only whitespace. */
export const messageText = {
	length: { max: MAX_STATUS_LENGTH },
	toWire: (value) => (typeof value === 'string' && value.trim() === '' ? '' : value),
} satisfies Partial<Field>;

/** A status or caption. */
export function statusText(description = 'Text of the status, up to 140 characters'): Field {
	return longTextField('status', 'Text', description, messageText);
}

export const location = textField('location', 'Location', 'Place name, or latitude and longitude', {
	length: { max: 30 },
	placeholder: 'e.g. 39.9,116.4',
});

export const source = textField(
	'source',
	'Source',
	'Name of the app. Fanfou now uses the name of the API key instead.',
);
