import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import { download, parseWebUrl } from '../../shared/client/download';
import { invalidParameter } from '../../shared/errors';
import { toOutputItems } from '../../shared/execution/executeOperation';
import type { Preview } from '../confirm/confirmation';
import { previewText } from '../confirm/publish';
import { imageType } from './imageType';
import type { ItemContext } from '../../shared/definition/operation';
import type { FilePart, RequestParts } from '../../shared/http';

/** No official number; clients stop at five megabytes. */
const MOST = 5 * 1024 * 1024;
const WITHIN = 30_000;
const URL_LABEL = 'Photo URL';
const KNOWN_NAME = /\.(jpe?g|png|gif|bmp|webp)$/i;

function isFromUrl(item: ItemContext): boolean {
	return item.raw('photoFrom') === 'url';
}

function photoAddress(item: ItemContext): URL {
	const address = item.text('photoUrl');
	if (address.trim() === '') {
		throw invalidParameter(URL_LABEL, 'is empty', `Fill in "${URL_LABEL}"`);
	}
	return parseWebUrl(address, URL_LABEL);
}

/** The photo behind an address, under a plain name and the type its bytes show. */
async function fromUrl(item: ItemContext): Promise<FilePart> {
	const { href } = photoAddress(item);
	const { data } = await download(item.context, href, {
		displayName: URL_LABEL,
		maxBytes: MOST,
		timeoutMs: Math.min(WITHIN, item.client.retryPolicy.timeoutMs),
	});
	const type = imageType(data);
	if (type === undefined) {
		throw invalidParameter(
			URL_LABEL,
			'is no JPEG, PNG, GIF, BMP or WebP picture',
			'Use the address of the picture itself, not of a page that shows it',
		);
	}
	return { data, fileName: `image.${type.extension}`, mimeType: type.mimeType };
}

/** The photo of the item, with the type its bytes show. */
function fromItem(item: ItemContext, parts: RequestParts): FilePart {
	const photo = parts.files?.photo;
	if (photo === undefined) {
		const chosen = String(item.raw('photoFrom'));
		throw invalidParameter('Photo From', `cannot be "${chosen}"`, 'Use "binary" or "url"');
	}
	if (photo.data.length > MOST) {
		throw invalidParameter(
			'Input Data Field Name',
			'holds a photo of more than 5 MB',
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

/** Posts the photo with the operation's other parameters in one request. */
export async function uploadPhoto(item: ItemContext): Promise<INodeExecutionData[]> {
	const parts = await item.requestParts();
	const photo = isFromUrl(item) ? await fromUrl(item) : fromItem(item, parts);
	const type = imageType(photo.data);
	if (type === undefined || type.doubtful === true) {
		item.client.hints.add(
			`Fanfou surely takes JPEG, PNG and GIF; it may refuse ${type?.mimeType ?? photo.mimeType}`,
		);
	}
	const response = await item.client.fetch(item.operation.endpoint, { ...parts, files: { photo } });
	return toOutputItems(item, extractResults(response, item.operation));
}

/** What would be posted; the photo is neither read nor fetched. */
export async function previewPhoto(item: ItemContext): Promise<Preview> {
	const parts = await item.requestParts();
	const preview = previewText(String(parts.body?.status ?? ''));
	const address = isFromUrl(item) ? photoAddress(item) : undefined;
	const name = address?.href ?? fromItem(item, parts).fileName;
	const looksRight = address === undefined || KNOWN_NAME.test(address.pathname);
	return {
		...preview,
		action: 'Post a photo',
		chineseAction: '发布带图片的饭否',
		english: {
			...preview.english,
			photo: name,
			photo_hint: looksRight
				? 'The name is that of a picture'
				: 'The address does not end like one of a picture; its bytes decide',
		},
		chinese: {
			...preview.chinese,
			图片链接: name,
			'URL 提示': looksRight ? '图片链接格式正常' : '链接没有常见的图片扩展名，以实际内容为准',
		},
	};
}
