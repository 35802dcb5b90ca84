import type { FanvueResource } from '../../operation';
import {
	optionsField,
	multiOptionsField,
	booleanField,
	idField,
	integerField,
	locatorField,
	optionsFromValues,
	textField,
} from '../../../shared/definition/fields';
import type { Field } from '../../../shared/definition/operation';
import { chatLocator } from '../../locators';
import { lookupResults } from '../../results';
import {
	MEDIA_TYPES,
	folderField,
	mediaField as which,
	mediaUuidsField,
	mediaTypeField,
	outputFieldName,
	variantField,
	variantsField,
} from '../../commonFields';
import { MAX_DOWNLOADS, download } from './download';
import { getMedia, purchasedBy } from './get';
import { upload, uploadFromUrl } from './upload';

const read = ['read:creator', 'read:media'];
const write = ['write:creator', 'write:media'];

const uploadOptions: Field[] = [
	textField('name', 'Name', 'Name shown in the vault. Defaults to the file name.', {
		notSent: true,
		length: { max: 255 },
	}),
	textField('filename', 'File Name', 'Name of the file. Defaults to the name of the source file.', {
		notSent: true,
		length: { max: 255 },
		placeholder: 'e.g. beach.mp4',
	}),
	optionsField(
		'mediaType',
		'Media Type',
		'Kind of file. Detected from the file by default.',
		MEDIA_TYPES,
		{
			notSent: true,
		},
	),
	booleanField(
		'waitUntilReady',
		'Wait Until Ready',
		'Whether to wait until Fanvue has processed the media',
		{
			notSent: true,
			default: true,
		},
	),
	integerField(
		'longestProcessing',
		'Max Processing Time',
		'Max number of seconds to wait until the media is ready',
		{
			notSent: true,
			min: 1,
			max: 86_400,
			default: 600,
		},
	),
];

export const media: FanvueResource = {
	name: 'Media',
	preferred: 'Upload',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many media',
			description: 'Get your media by type, folder, usage and status',
			endpoint: 'GET /media',
			scopes: ['read:media'],
			v1: true,
			creator: read,
			onlyV1: ['name'],
			paging: 'page',
			resultPath: 'data',
			filters: [
				mediaTypeField,
				folderField('Only media in this vault folder'),
				optionsField('usage', 'Usage', 'Only media used this way', [
					{ name: 'Followers', value: 'followers' },
					{ name: 'Mass Messages', value: 'mass_messages' },
					{ name: 'Pay to View', value: 'ppv' },
					{ name: 'Subscribers', value: 'subscribers' },
				]),
				purchasedBy,
				multiOptionsField(
					'status',
					'Status',
					'Only media in these states',
					optionsFromValues('created', 'processing', 'ready', 'error'),
				),
				variantsField,
				textField('name', 'Name', 'Part of the name. With V1 routes only.'),
			],
		},
		getMedia,
		{
			name: 'Get Bulk',
			action: 'Get several media items',
			description: 'Get up to 20 media items at once',
			endpoint: 'GET /media/bulk',
			scopes: ['read:media'],
			v1: true,
			fields: [mediaUuidsField],
			additionalFields: [variantsField],
			transformResult: (raw) => lookupResults(raw, 'mediaUuid'),
		},
		{
			name: 'Get Entitled',
			action: 'Get media that a user can access',
			description: 'Get a media item if the user has been given access to it',
			endpoint: 'GET /media/:uuid/entitled',
			scopes: ['read:media'],
			fields: [which, locatorField('consumerId', 'User', 'User with a grant', chatLocator)],
			additionalFields: [variantsField],
		},
		{
			name: 'Grant Access',
			action: 'Grant access to media',
			description:
				'Give a user access to one of your media items. Repeating the call returns the same grant.',
			confirmation: { consequence: 'Access that was granted cannot be withdrawn' },
			endpoint: 'POST /media/:uuid/grant',
			scopes: ['write:media'],
			v1: true,
			fields: [
				which,
				locatorField('consumerId', 'User', 'User who gets access', chatLocator),
				textField(
					'source',
					'Source',
					'Reason or name of your app: lowercase letters, digits and underscores only',
					{
						length: { min: 1, max: 100 },
						placeholder: 'e.g. my_shop',
					},
				),
				textField('sourceRef', 'Source Reference', 'Your own unique number of this grant', {
					length: { min: 1, max: 255 },
					placeholder: 'e.g. order-1042',
				}),
			],
		},
		{
			name: 'Get Link Purchase Status',
			action: 'Get the purchase status of a media link',
			description: 'Check whether the connected account has bought a media link',
			endpoint: 'GET /media/links/:uuid/purchased',
			scopes: ['read:media'],
			fields: [idField('uuid', 'Media Link', 'UUID of the media link')],
		},
		{
			name: 'Upload',
			action: 'Upload media',
			description: 'Upload a file of the item to the vault in parts, and wait until it is ready',
			endpoint: 'POST /media/uploads',
			scopes: ['write:media', 'read:media'],
			v1: true,
			creator: [...write, ...read],
			creatorV1: true,
			joins: true,
			fields: [
				textField(
					'binaryPropertyName',
					'Input Data Field Name',
					'Name of the field of the input item that holds the file',
					{
						notSent: true,
						default: 'data',
						hint: 'The name of the input field containing the file data to be processed',
					},
				),
			],
			additionalFields: uploadOptions,
			execute: upload,
		},
		{
			name: 'Upload From URL',
			action: 'Upload media from a URL',
			description: 'Upload a file from the internet to the vault without keeping it in n8n',
			endpoint: 'POST /media/uploads',
			scopes: ['write:media', 'read:media'],
			v1: true,
			creator: [...write, ...read],
			creatorV1: true,
			joins: true,
			fields: [
				textField('url', 'URL', 'Public address of the file', {
					notSent: true,
					placeholder: 'e.g. https://example.com/beach.mp4',
				}),
			],
			additionalFields: uploadOptions,
			execute: uploadFromUrl,
		},
		{
			name: 'Download',
			action: 'Download media',
			description: 'Get the file of a media item',
			endpoint: 'GET /media/:uuid',
			scopes: ['read:media'],
			v1: true,
			creator: read,
			joins: true,
			fields: [which, variantField, outputFieldName],
			maxConcurrency: MAX_DOWNLOADS,
			execute: download,
		},
	],
};
