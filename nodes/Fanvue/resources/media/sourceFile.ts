import { openDownload } from '../../../shared/client/download';
import type { OpenedFile } from '../../../shared/client/download';
import { chunksOf } from '../../../shared/client/externalRequest';
import { cleanFileName, fileNameFromHeader } from '../../../shared/client/fileName';
import type { NodeFailure } from '../../../shared/errors';
import { invalidParameter } from '../../../shared/errors';
import { percentDecode } from '../../../shared/http';
import { MAX_FILE_BYTES } from '../mediaUpload';
import type { ItemContext } from '../../../shared/definition/operation';

/** A file to upload, which may be larger than the memory. */
export interface SourceFile {
	/** Name of the parameter that the file comes from, for messages. */
	displayName: string;
	fileName: string;
	mimeType: string;
	/** Size in bytes, if it is known in advance. */
	size?: number;
	/** Returns the bytes in chunks of about the given size; can be read once. */
	open: (chunkSize: number) => Promise<AsyncIterable<Buffer>>;
	/** Releases the file without reading it. */
	discard?: () => void;
}

/** Returns the file of the item: from n8n's binary store in chunks, or from memory. */
export async function fileFromItem(item: ItemContext): Promise<SourceFile> {
	const displayName = 'Input Data Field Name';
	const property = item.text('binaryPropertyName');
	const { helpers } = item.context;
	const { id, fileName, mimeType } = item.binaryInfo(property, displayName);
	const known = {
		displayName,
		fileName: fileName || 'file',
		mimeType,
	};
	if (id === undefined) {
		const data = await helpers.getBinaryDataBuffer(item.itemIndex, property);
		return assertSize({ ...known, size: data.length, open: async () => chunksOf(data) });
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return assertSize({
		...known,
		size: fileSize,
		open: async (chunkSize) => chunksOf(await helpers.getBinaryStream(id, chunkSize)),
	});
}

/** Returns a file from the internet, which is passed on while it arrives. */
export async function fileFromUrl(item: ItemContext): Promise<SourceFile> {
	const opened = await openDownload(item.context, item.text('url'), {
		displayName: 'URL',
		maxBytes: MAX_FILE_BYTES,
	});
	assertDeclaredSize(opened);
	const { headers, url, drop } = opened;
	return {
		displayName: 'URL',
		fileName: fileNameFromHeader(headers['content-disposition']) || fileNameFromUrl(url),
		mimeType: (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '',
		open: async () => withDownloadErrors(item, chunksOf(opened.chunks)),
		discard: drop,
	};
}

/**
 * Refuses a file by the size that its server declares. For a compressed response that is the size of
 * what is sent, and n8n decompresses it without a trace, so the size of the file stays unknown.
 */
function assertDeclaredSize({ headers, drop }: OpenedFile): void {
	const length = Number(headers['content-length'] ?? NaN);
	if (!(length === 0 || length > MAX_FILE_BYTES)) return;
	drop();
	throw length === 0 ? emptyFileFailure('URL') : tooLargeFailure('URL', length);
}

/** Reports a download that ends too early as a failure of the parameter. */
async function* withDownloadErrors(
	item: ItemContext,
	source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	try {
		yield* source;
	} catch {
		item.client.checkCancelled();
		throw incompleteFailure('URL');
	}
}

function assertSize(file: SourceFile): SourceFile {
	const { displayName, size = 1 } = file;
	if (size > 0 && size <= MAX_FILE_BYTES) return file;
	file.discard?.();
	throw size > 0 ? tooLargeFailure(displayName, size) : emptyFileFailure(displayName);
}

function tooLargeFailure(displayName: string, size: number): NodeFailure {
	return invalidParameter(
		displayName,
		`leads to a file of ${size} bytes`,
		`Fanvue accepts at most ${MAX_FILE_BYTES} bytes. Reduce the file first`,
	);
}

/**
 * Passes the bytes on and counts them: no more than Fanvue accepts, and as many as the file has.
 *
 * @throws NodeFailure when there are too many, too few or none
 */
export async function* verifySize(
	{ displayName, size: expected }: SourceFile,
	source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	let size = 0;
	for await (const chunk of source) {
		size += chunk.length;
		if (size > MAX_FILE_BYTES) throw tooLargeFailure(displayName, size);
		yield chunk;
	}
	if (size === 0) throw emptyFileFailure(displayName);
	if (expected !== undefined && size < expected) throw incompleteFailure(displayName);
}

function emptyFileFailure(displayName: string): NodeFailure {
	return invalidParameter(displayName, 'leads to an empty file', 'Use a file that is not empty');
}

function incompleteFailure(displayName: string): NodeFailure {
	return invalidParameter(
		displayName,
		'stopped before the file was complete',
		'Run this item again later',
	);
}

function fileNameFromUrl({ pathname }: URL): string {
	const last = pathname.slice(pathname.lastIndexOf('/') + 1);
	return cleanFileName(percentDecode(last)) || 'file';
}

const MEDIA_TYPE_BY_EXTENSION: Record<string, string> = {
	jpg: 'image',
	jpeg: 'image',
	png: 'image',
	gif: 'image',
	webp: 'image',
	heic: 'image',
	avif: 'image',
	mp4: 'video',
	m4v: 'video',
	mov: 'video',
	webm: 'video',
	mkv: 'video',
	avi: 'video',
	mp3: 'audio',
	m4a: 'audio',
	wav: 'audio',
	ogg: 'audio',
	flac: 'audio',
	pdf: 'document',
};

/**
 * Returns Fanvue's media type of a file, by its MIME type or else by its extension.
 *
 * @throws NodeFailure when neither is known
 */
export function mediaTypeOf({ mimeType, fileName }: SourceFile): string {
	const type = mimeType.toLowerCase();
	const [kind = ''] = type.split('/', 1);
	if (['image', 'video', 'audio'].includes(kind)) return kind;
	if (type === 'application/pdf') return 'document';
	const byEnding =
		MEDIA_TYPE_BY_EXTENSION[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()];
	if (byEnding !== undefined) return byEnding;
	throw invalidParameter(
		'Media Type',
		`cannot be determined from "${fileName}" (${mimeType || 'no MIME type'})`,
		'Add Media Type under Additional Fields and choose image, video, audio or document',
	);
}
