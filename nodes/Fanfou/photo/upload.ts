import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/call';
import { resultsOf } from '../../shared/call';
import { download, webAddress } from '../../shared/download';
import { badParameter } from '../../shared/failure';
import { present } from '../../shared/perform';
import type { FilePart, Parts } from '../../shared/request';
import type { Preview } from '../confirm/guard';
import { previewText } from '../confirm/publish';
import { imageType } from './imageType';

/** No official number; clients stop at five megabytes. */
const MOST = 5 * 1024 * 1024;
const WITHIN = 30_000;
const URL_LABEL = 'Photo URL';
const KNOWN_NAME = /\.(jpe?g|png|gif|bmp|webp)$/i;

function isFromUrl(call: Call): boolean {
	return call.raw('photoFrom') === 'url';
}

function photoAddress(call: Call): URL {
	const address = call.text('photoUrl');
	if (address.trim() === '') {
		throw badParameter(URL_LABEL, 'is empty', `Fill in "${URL_LABEL}"`);
	}
	return webAddress(address, URL_LABEL);
}

/** The photo behind an address, under a plain name and the type its bytes show. */
async function fromUrl(call: Call): Promise<FilePart> {
	const { href } = photoAddress(call);
	const { data } = await download(call.context, href, {
		label: URL_LABEL,
		most: MOST,
		within: Math.min(WITHIN, call.session.patience.timeout),
	});
	const type = imageType(data);
	if (type === undefined) {
		throw badParameter(
			URL_LABEL,
			'is no JPEG, PNG, GIF, BMP or WebP picture',
			'Use the address of the picture itself, not of a page that shows it',
		);
	}
	return { data, fileName: `image.${type.extension}`, mimeType: type.mimeType };
}

/** The photo of the item, with the type its bytes show. */
function fromItem(call: Call, parts: Parts): FilePart {
	const photo = parts.files?.photo;
	if (photo === undefined) {
		const chosen = String(call.raw('photoFrom'));
		throw badParameter('Photo From', `cannot be "${chosen}"`, 'Use "binary" or "url"');
	}
	if (photo.data.length > MOST) {
		throw badParameter(
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
export async function uploadPhoto(call: Call): Promise<INodeExecutionData[]> {
	const parts = await call.parts();
	const photo = isFromUrl(call) ? await fromUrl(call) : fromItem(call, parts);
	const type = imageType(photo.data);
	if (type === undefined || type.doubtful === true) {
		call.session.remarks.add(
			`Fanfou surely takes JPEG, PNG and GIF; it may refuse ${type?.mimeType ?? photo.mimeType}`,
		);
	}
	const answer = await call.session.fetch(call.operation.endpoint, { ...parts, files: { photo } });
	return present(call, resultsOf(answer, call.operation));
}

/** What would be posted; the photo is neither read nor fetched. */
export async function previewPhoto(call: Call): Promise<Preview> {
	const parts = await call.parts();
	const preview = previewText(String(parts.body?.status ?? ''));
	const address = isFromUrl(call) ? photoAddress(call) : undefined;
	const name = address?.href ?? fromItem(call, parts).fileName;
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
