import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import { download, parseWebUrl } from '../../shared/client/download';
import { invalidParameter } from '../../shared/errors';
import { toOutputItems } from '../../shared/execution/executeOperation';
import type { Preview } from '../confirm/confirmation';
import { previewText } from '../confirm/publish';
import { shown } from '../../shared/execution/shownValue';
import { imageType } from './imageType';
import type { ItemContext } from '../../shared/definition/operation';
import type { FilePart, RequestParts } from '../../shared/http';

/** Not documented; Fanfou clients use 5 MB. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_DOWNLOAD_MS = 30_000;
const URL_LABEL = 'Photo URL';
const IMAGE_NAME = /\.(jpe?g|png|gif|bmp|webp)$/i;

function usesUrl(item: ItemContext): boolean {
	return item.raw('photoFrom') === 'url';
}

function parsePhotoUrl(item: ItemContext): URL {
	const address = item.text('photoUrl');
	if (address.trim() === '') {
		throw invalidParameter(URL_LABEL, 'is empty', `Fill in "${URL_LABEL}"`);
	}
	return parseWebUrl(address, URL_LABEL);
}

/** Downloads the photo of an address. Its type is taken from its bytes. */
async function downloadPhoto(item: ItemContext): Promise<FilePart> {
	const { href } = parsePhotoUrl(item);
	const { data } = await download(item.context, href, {
		displayName: URL_LABEL,
		maxBytes: MAX_BYTES,
		timeoutMs: Math.min(MAX_DOWNLOAD_MS, item.client.retryPolicy.timeoutMs),
	});
	const type = imageType(data);
	if (type === undefined) {
		throw invalidParameter(
			URL_LABEL,
			'is not a JPEG, PNG, GIF, BMP or WebP picture',
			'Use the address of the picture itself, not of a page that shows it',
		);
	}
	return { data, fileName: `image.${type.extension}`, mimeType: type.mimeType };
}

/** Returns the photo of the item. Its type is taken from its bytes. */
function readPhoto(item: ItemContext, parts: RequestParts): FilePart {
	const photo = parts.files?.photo;
	if (photo === undefined) {
		const chosen = shown(item.raw('photoFrom'));
		throw invalidParameter('Photo From', `cannot be "${chosen}"`, 'Use "binary" or "url"');
	}
	if (photo.data.length > MAX_BYTES) {
		throw invalidParameter(
			'Input Data Field Name',
			'names a photo larger than 5 MB',
			'Make the photo smaller first',
		);
	}
	const type = imageType(photo.data);
	if (type === undefined) return photo;
	const hasName = photo.fileName.includes('.');
	return {
		data: photo.data,
		fileName: hasName ? photo.fileName : `image.${type.extension}`,
		mimeType: type.mimeType,
	};
}

/** Posts the photo and the other parameters in one request. */
export async function uploadPhoto(item: ItemContext): Promise<INodeExecutionData[]> {
	const parts = await item.requestParts();
	const photo = usesUrl(item) ? await downloadPhoto(item) : readPhoto(item, parts);
	const type = imageType(photo.data);
	if (type === undefined || type.mayBeRejected === true) {
		item.client.hints.add(
			`Fanfou accepts JPEG, PNG and GIF; it may reject ${type?.mimeType ?? photo.mimeType}`,
		);
	}
	const response = await item.client.fetch(item.operation.endpoint, { ...parts, files: { photo } });
	return toOutputItems(item, extractResults(response, item.operation));
}

/** Returns a preview of the post; the photo is not downloaded. */
export async function previewPhoto(item: ItemContext): Promise<Preview> {
	const parts = await item.requestParts();
	const preview = previewText(String(parts.body?.status ?? ''));
	const address = usesUrl(item) ? parsePhotoUrl(item) : undefined;
	const name = address?.href ?? readPhoto(item, parts).fileName;
	const isImageName = IMAGE_NAME.test(address?.pathname ?? name);
	const [subject, chineseSubject] =
		address === undefined ? ['file name', '文件名'] : ['address', '链接'];
	return {
		...preview,
		action: 'Post a photo',
		chineseAction: '发布带图片的饭否',
		english: {
			...preview.english,
			photo: name,
			photo_hint: isImageName
				? `The ${subject} ends like that of a picture`
				: `The ${subject} does not end like that of a picture; the type is read from the file`,
		},
		chinese: {
			...preview.chinese,
			图片链接: name,
			'URL 提示': isImageName
				? `图片${chineseSubject}格式正常`
				: `${chineseSubject}没有常见的图片扩展名，以实际内容为准`,
		},
	};
}
