import type { FanfouResource } from '../operation';
import { optionsField, fileField, textField } from '../../shared/definition/fields';

import { confirmWith } from '../confirm/confirmation';
import { simplifyPublished } from '../output/results';
import { simplifyStatus } from '../output/status';
import { previewPhoto, uploadPhoto } from '../photo/upload';
import {
	format,
	location,
	maxId,
	mode,
	optionalUser,
	sinceId,
	source,
	statusFormat,
	statusText,
} from '../commonFields';

const whileFrom = (from: string) => ({ photoFrom: [from] });

export const photos: FanfouResource = {
	name: 'Photo',
	preferred: 'Upload',
	operations: [
		{
			name: 'Upload',
			action: 'Upload a photo',
			description: 'Post a photo of at most 5 MB, with or without a text',
			endpoint: 'POST photos/upload.json',
			encoding: 'multipart',
			fields: [
				optionsField(
					'photo_from',
					'Photo From',
					'Source of the photo',
					[
						{ name: 'Input Data', value: 'binary', description: 'A file of the input item' },
						{ name: 'URL', value: 'url', description: 'A public address on the internet' },
					],
					{ notSent: true, default: 'binary' },
				),
				fileField('photo', undefined, undefined, { show: whileFrom('binary') }),
				textField('photo_url', 'Photo URL', 'Address of a JPEG, PNG, GIF, BMP or WebP file', {
					notSent: true,
					placeholder: 'e.g. https://example.com/image.jpg',
					show: whileFrom('url'),
				}),
				{ ...statusText('Text beside the photo, at most 140 characters'), required: false },
			],
			additionalFields: [location, source, mode, format],
			simplify: simplifyPublished,
			confirmation: confirmWith(previewPhoto),
			execute: uploadPhoto,
		},
		{
			name: 'Get Many',
			action: 'Get many photos',
			description: 'Get the statuses with photos of a user, newest first',
			endpoint: 'GET photos/user_timeline.json',
			paging: 'timeline',
			fields: [optionalUser],
			filters: [sinceId, maxId, mode, statusFormat],
			simplify: simplifyStatus,
		},
	],
};
