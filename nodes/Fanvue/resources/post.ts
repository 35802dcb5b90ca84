import type { FanvueResource } from '../operation';
import { collectionOptions } from '../locators';
import {
	optionsField,
	multiOptionsField,
	dateTimeField,
	booleanField,
	loadedListField,
} from '../../shared/definition/fields';
import type { Field, ItemContext } from '../../shared/definition/operation';
import { invalidParameter } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { isEmptyValue, parseStringList } from '../../shared/execution/parameterValues';
import { pick } from '../results';
import {
	attachedMediaField,
	AUDIENCES,
	postField as which,
	newPriceField,
	priceField,
	textField,
	mediaPreviewField,
} from '../commonFields';

/** Members of a simplified post: no flags, times of creation and expiry, or collections. */
const simplify = pick<'Post'>(
	'uuid',
	'text',
	'audience',
	'price',
	'publishedAt',
	'publishAt',
	'mediaUuids',
	'likesCount',
	'commentsCount',
	'tips',
);

const mediaPreviewUuid = mediaPreviewField('Media to show for free before unlocking');

const collectionUuids = loadedListField(
	'collectionUuids',
	'Collection Names or IDs',
	'Collections to put the post in',
	collectionOptions,
);

/** Members that an update can clear; the API clears them by null. */
const REMOVABLE = [
	{ name: 'Collections', value: 'collectionUuids', description: 'Take it out of all collections' },
	{ name: 'Expiry', value: 'expiresAt', description: 'Let it stay for good' },
	{ name: 'Media Preview', value: 'mediaPreviewUuid', description: 'Show no preview' },
	{ name: 'Price', value: 'price', description: 'Make it free' },
	{
		name: 'Schedule (Publish Now)',
		value: 'publishAt',
		description: 'Publish a scheduled post now',
	},
	{ name: 'Text', value: 'text', description: 'Leave only the media' },
];

/**
 * A field of an update that is cleared by null, from an option of Remove or from an expression.
 *
 * @param isUnset whether the editor's value is that of a field which was not filled in
 */
const clearable = (field: Field, isUnset: (value: unknown) => boolean = isEmptyValue): Field => ({
	...field,
	nullable: true,
	toWire: (raw, item) => {
		const remover = removerOf(item, field.key);
		if (remover === undefined) return raw;
		const value = isObject(raw) && 'mode' in raw ? raw.value : raw;
		if (isUnset(value)) return null;
		throw invalidParameter(
			field.displayName,
			`has a value, and ${remover} removes it`,
			`Use one of the two: "${field.displayName}" or ${remover}`,
		);
	},
});

/** Returns the parameter that clears a member of the post, if one does. */
function removerOf(item: ItemContext, key: string): string | undefined {
	if (key === 'publishAt' && item.boolean('publishNow')) return 'Publish Now';
	const chosen = item.raw('remove');
	const isChosen = chosen !== undefined && parseStringList('Remove', chosen).includes(key);
	return isChosen ? 'Remove' : undefined;
}

export const post: FanvueResource = {
	name: 'Post',
	preferred: 'Create',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many posts',
			description: 'Get the posts, pinned ones first, then the newest',
			endpoint: 'GET /posts',
			scopes: ['read:post'],
			v1: true,
			creator: ['read:post', 'read:creator'],
			paging: 'page',
			resultPath: 'data',
			simplify,
			filters: [
				booleanField(
					'includeUnpublished',
					'Include Unpublished',
					'Whether to return drafts and scheduled posts, too',
					{ default: true },
				),
			],
		},
		{
			name: 'Get',
			action: 'Get a post',
			description: 'Get one of your posts',
			endpoint: 'GET /posts/:uuid',
			scopes: ['read:post'],
			v1: true,
			fields: [which],
			simplify,
		},
		{
			name: 'Create',
			action: 'Create a post',
			description: 'Publish a post now or schedule it',
			confirmation: { consequence: 'Everyone in the audience sees the post' },
			endpoint: 'POST /posts',
			scopes: ['write:post'],
			v1: true,
			creatorV1: true,
			creator: ['write:post', 'write:creator'],
			fields: [
				optionsField('audience', 'Audience', 'Audience of the post', AUDIENCES),
				textField('Text of the post', {
					length: { max: 5000 },
					required: false,
					hint: 'Fill in Text or Media',
				}),
				attachedMediaField({ required: false }),
				newPriceField('Price for seeing the media'),
			],
			oneOf: [['text', 'mediaUuids']],
			additionalFields: [
				mediaPreviewUuid,
				dateTimeField(
					'publishAt',
					'Publish At',
					'Time at which to publish. Leave empty to publish now.',
				),
				dateTimeField(
					'expiresAt',
					'Expires At',
					'Time at which the post disappears. Leave empty to keep it.',
				),
				collectionUuids,
			],
		},
		{
			name: 'Update',
			action: 'Update a post',
			description: 'Change, reschedule or publish a post. What you leave out is kept.',
			confirmation: { consequence: 'Everyone in the audience sees the changed post' },
			endpoint: 'PATCH /posts/:uuid',
			scopes: ['write:post'],
			creator: ['write:post', 'write:creator'],
			fields: [which],
			updateFields: [
				optionsField('audience', 'Audience', 'Audience of the post', AUDIENCES),
				clearable(textField('New text', { length: { max: 5000 } })),
				{
					...attachedMediaField(),
					description: 'UUIDs of the media that replace all attached ones',
				},
				clearable(
					priceField('New price of seeing the media', {
						hint: 'In cents: 999 is 9.99 dollars. At least 300. To make the post free, choose Price under Remove.',
					}),
					(value) => isEmptyValue(value) || Number(value) === 0,
				),
				clearable(mediaPreviewUuid),
				clearable(dateTimeField('publishAt', 'Publish At', 'New time of publication')),
				clearable(dateTimeField('expiresAt', 'Expires At', 'New time at which it disappears')),
				clearable(collectionUuids),
				booleanField('publishNow', 'Publish Now', 'Whether to publish a scheduled post at once', {
					notSent: true,
					default: true,
				}),
				multiOptionsField('remove', 'Remove', 'Parts to remove from the post', REMOVABLE, {
					notSent: true,
				}),
			],
		},
		{
			name: 'Delete',
			action: 'Delete a post',
			description: 'Delete one of your posts',
			confirmation: { consequence: 'A deleted post cannot be restored' },
			endpoint: 'DELETE /posts/:uuid',
			scopes: ['write:post'],
			creator: ['write:post', 'write:creator'],
			emptyResult: 'deleted',
			fields: [which],
		},
		{
			name: 'Pin',
			action: 'Pin a post',
			description: 'Pin a post to the top of the feed',
			endpoint: 'POST /posts/:uuid/pin',
			scopes: ['write:post'],
			creator: ['write:post', 'write:creator'],
			fields: [which],
		},
		{
			name: 'Unpin',
			action: 'Unpin a post',
			description: 'Return a pinned post to its place in the feed',
			endpoint: 'DELETE /posts/:uuid/pin',
			scopes: ['write:post'],
			creator: ['write:post', 'write:creator'],
			fields: [which],
		},
		{
			name: 'Repost',
			action: 'Repost a post',
			description: 'Move a post to the top as if it was published now',
			confirmation: { consequence: 'Everyone in the audience sees the post again' },
			endpoint: 'POST /posts/:uuid/repost',
			scopes: ['write:post'],
			creator: ['write:post', 'write:creator'],
			fields: [which],
		},
		{
			name: 'Get Tips',
			action: 'Get tips of a post',
			description: 'Get the tips that fans gave for a post',
			endpoint: 'GET /posts/:uuid/tips',
			scopes: ['read:post'],
			paging: 'page',
			resultPath: 'data',
			fields: [which],
		},
		{
			name: 'Get Likes',
			action: 'Get likes of a post',
			description: 'Get the users who like a post',
			endpoint: 'GET /posts/:uuid/likes',
			scopes: ['read:post'],
			paging: 'page',
			resultPath: 'data',
			fields: [which],
		},
	],
};
