import {
	optionsField,
	multiOptionsField,
	loadedListField,
	dateTimeField,
	integerField,
	locatorField,
	longTextField,
	textField as field,
	optionsFromValues,
} from '../shared/definition/fields';
import { parseDecimal } from '../shared/execution/parameterValues';
import { invalidParameter } from '../shared/errors';
import type { FieldOption, Field } from '../shared/definition/operation';
import {
	chatLocator,
	creatorOptions,
	folderLocator,
	mediaLocator,
	chatMediaOptions,
	mediaOptions,
	messageLocator,
	postLocator,
} from './locators';

/** Settings of a field that several operations share. */
type FieldSettings = Partial<Omit<Field, 'key' | 'displayName' | 'description'>>;

export const MEDIA_TYPES: FieldOption[] = optionsFromValues('image', 'video', 'audio', 'document');

export const SMART_LISTS: FieldOption[] = [
	...optionsFromValues(
		'subscribers',
		'auto_renewing',
		'non_renewing',
		'followers',
		'free_trial_subscribers',
		'expired_subscribers',
		'spent_more_than_50',
		'muted',
	),
	{ name: 'Creators', value: 'creators', description: 'With V1 routes only' },
];

export const AUDIENCES: FieldOption[] = [
	{ name: 'Subscribers', value: 'subscribers' },
	{ name: 'Followers and Subscribers', value: 'followers-and-subscribers' },
];

/** The fan of a chat. A chat is identified by the other user's UUID. */
export const chatField = (description = 'The fan whose chat to use') =>
	locatorField('userUuid', 'Fan', description, chatLocator);

export const messageUuidField = locatorField(
	'messageUuid',
	'Message',
	'Message to use. The list shows the messages of the chat.',
	messageLocator,
);

export const postField = locatorField('uuid', 'Post', 'Post to use', postLocator);

export const mediaField = locatorField('uuid', 'Media', 'Media item to use', mediaLocator);

export const folderField = (description: string) =>
	// A name and not an ID, so spaces at its ends are part of it.
	locatorField('folderName', 'Folder', description, folderLocator, { wireFormat: 'text' });

export const attachedMediaField = (more: FieldSettings = {}) =>
	loadedListField(
		'mediaUuids',
		'Media Names or IDs',
		'Media of the vault to attach. The list shows the newest 500 that are ready.',
		mediaOptions,
		more,
	);

/** The media shown for free before unlocking. */
export const mediaPreviewField = (description: string) =>
	locatorField('mediaPreviewUuid', 'Media Preview', description, mediaLocator);

/** Media that are looked up together; the API accepts 20 at once. */
export const mediaUuidsField = loadedListField(
	'mediaUuids',
	'Media Names or IDs',
	'Media to get, at most 20',
	mediaOptions,
	{ wireFormat: 'commaList', items: { min: 1, max: 20 } },
);

/** Media of a message, of which the list shows those of the chat. */
export const messageMediaField: Field = {
	...mediaUuidsField,
	input: { type: 'loadedMultiOptions', source: chatMediaOptions },
};

export const mediaTypeField = optionsField(
	'mediaType',
	'Media Type',
	'Only media of this kind',
	MEDIA_TYPES,
);

/** Without variants the response has no URLs. */
export const variantsField = multiOptionsField(
	'variants',
	'Variants',
	'Renditions whose signed addresses to return. If empty, no addresses are returned. Addresses expire soon, so download right away.',
	optionsFromValues('blurred', 'main', 'thumbnail', 'thumbnail_gallery'),
	{ wireFormat: 'commaList' },
);

/** An amount of money in whole cents, the unit of all of Fanvue's amounts. */
export const priceField = (description: string, more: FieldSettings & { min?: number } = {}) =>
	integerField('price', 'Price (Cents)', description, {
		min: 300,
		default: 300,
		hint: 'In cents: 999 is 9.99 dollars. At least 300.',
		...more,
	});

const MIN_PRICE_CENTS = 300;

/** The price of a new message or post, on top of the panel: 0 makes it free. */
export const newPriceField = (description: string) =>
	priceField(description, {
		// The editor replaces a default below the minimum.
		min: 0,
		default: 0,
		required: false,
		hint: `In cents: 999 is 9.99 dollars. At least ${MIN_PRICE_CENTS}, or 0 for free.`,
		toWire: (raw) => {
			const cents = parseDecimal(raw);
			if (cents === 0) return undefined;
			if (Number.isInteger(cents) && cents < MIN_PRICE_CENTS) {
				throw invalidParameter(
					'Price (Cents)',
					`cannot be ${cents}`,
					`Use at least ${MIN_PRICE_CENTS}, or 0 for free`,
				);
			}
			return raw;
		},
	});

export const textField = (description: string, more: FieldSettings = {}) =>
	longTextField('text', 'Text', description, { length: { min: 1, max: 5000 }, ...more });

export const startDateField = (more: FieldSettings & { description?: string } = {}): Field => ({
	...dateTimeField('startDate', 'Start Date', 'Start of the period, included'),
	...more,
});

export const endDateField = (more: FieldSettings & { description?: string } = {}): Field => ({
	...dateTimeField('endDate', 'End Date', 'End of the period, not included'),
	...more,
});

export const creatorUuidsField = loadedListField(
	'creatorUuids',
	'Creator Names or IDs',
	'Managed creators to include, at most 50. Without any, all are included.',
	creatorOptions,
	{ wireFormat: 'commaList', items: { max: 50 } },
);

/** The variant to download. */
export const variantField = optionsField(
	'variant',
	'Variant',
	'Rendition to get',
	[
		{ name: 'Blurred', value: 'blurred' },
		{ name: 'Main', value: 'main', description: 'The original' },
		{ name: 'Thumbnail', value: 'thumbnail' },
		{ name: 'Thumbnail Gallery', value: 'thumbnail_gallery', description: 'Several pictures' },
	],
	{ notSent: true, default: 'main' },
);

export const outputFieldName = field(
	'binaryPropertyName',
	'Put Output File in Field',
	'Name of the output field that holds the file',
	{ notSent: true, default: 'data', hint: 'The name of the output field to put the file in' },
);
