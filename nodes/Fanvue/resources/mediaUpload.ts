import type { FanvueOperation, FanvueResource } from '../operation';
import {
	optionsField,
	idField,
	integerField,
	jsonField,
	textField,
} from '../../shared/definition/fields';
import { invalidParameter } from '../../shared/errors';
import { parseDecimal } from '../../shared/execution/parameterValues';
import { isObject, tryParseJson } from '../../shared/json';

import { MEDIA_TYPES } from '../commonFields';

/** Maximum size of a file, in bytes. */
export const MAX_FILE_BYTES = 1_610_612_736;

/** Number of parts that an upload can have. */
export const MAX_PARTS = 10_000;

const uploadId = idField('uploadId', 'Upload ID', 'ID that Create Session returned');

const traits = { v1: true, creator: ['write:creator', 'write:media'] };
const bothFamilies = { ...traits, creatorV1: true };

export const createSession: FanvueOperation = {
	name: 'Create Session',
	action: 'Create an upload session',
	description: 'Start an upload in parts. Media: Upload makes all calls at once.',
	endpoint: 'POST /media/uploads',
	scopes: ['write:media'],
	...bothFamilies,
	fields: [
		textField('name', 'Name', 'Name shown in the vault', { length: { min: 1, max: 255 } }),
		textField('filename', 'File Name', 'Name of the file including the extension', {
			length: { min: 1, max: 255 },
			placeholder: 'e.g. beach.mp4',
		}),
		optionsField('mediaType', 'Media Type', 'Kind of file', MEDIA_TYPES),
	],
	additionalFields: [
		integerField(
			'sizeBytes',
			'Size in Bytes',
			'Size of the whole file. Fanvue then returns the size of its parts.',
			// 0 means that the size is not stated; the editor replaces a default below the minimum.
			{ min: 0, max: MAX_FILE_BYTES },
		),
	],
};

export const getPartUrl: FanvueOperation = {
	name: 'Get Part URL',
	action: 'Get the address of an upload part',
	description: 'Get the signed address for one part of the file',
	endpoint: 'GET /media/uploads/:uploadId/parts/:partNumber/url',
	scopes: ['write:media'],
	...traits,
	scalarKey: 'url',
	fields: [
		uploadId,
		integerField('partNumber', 'Part Number', 'Number of the part, from 1', {
			min: 1,
			max: MAX_PARTS,
		}),
	],
};

export const getPartUrls: FanvueOperation = {
	name: 'Get Part URLs',
	action: 'Get the addresses of upload parts',
	description: 'Get the signed addresses of several parts in one call',
	endpoint: 'GET /v1/media/uploads/:uploadId/parts/urls',
	scopes: ['write:media'],
	creator: ['write:creator', 'write:media'],
	creatorV1: true,
	resultPath: 'parts',
	fields: [
		uploadId,
		integerField('from', 'From Part', 'Number of the first part, counted from 1', {
			min: 1,
			max: MAX_PARTS,
		}),
		integerField('to', 'To Part', 'Number of the last part', {
			min: 1,
			max: MAX_PARTS,
			toWire: (raw, item) => {
				const from = Number(item.value('from'));
				// What is no number is refused as in any field.
				if (!(parseDecimal(raw) < from)) return raw;
				throw invalidParameter(
					'To Part',
					`cannot be below From Part (${from})`,
					'Enter the larger number here',
				);
			},
		}),
	],
};

export const completeUpload: FanvueOperation = {
	name: 'Complete',
	action: 'Complete an upload',
	description: 'Finish an upload when all parts have been sent',
	endpoint: 'PATCH /media/uploads/:uploadId',
	scopes: ['write:media'],
	...bothFamilies,
	fields: [
		uploadId,
		jsonField('parts', 'Parts', 'List of the parts with number and ETag', {
			default: '[]',
			toWire: (raw) => {
				const parts = typeof raw === 'string' ? tryParseJson(raw) : raw;
				if (Array.isArray(parts) && parts.length === 0) return undefined;
				return isObject(parts) ? [parts] : raw;
			},
			hint: 'For example [{ "PartNumber": 1, "ETag": "\\"9b2cf5\\"" }]',
		}),
	],
};

/** The single calls of an upload; Media: Upload makes all of them. */
export const mediaUpload: FanvueResource = {
	name: 'Media Upload',
	preferred: 'Create Session',
	operations: [createSession, getPartUrl, getPartUrls, completeUpload],
};
