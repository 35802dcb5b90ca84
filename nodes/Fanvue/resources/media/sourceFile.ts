import { openDownload } from '../../../shared/client/download';
import { chunksOf } from '../../../shared/client/externalRequest';
import type { NodeFailure } from '../../../shared/errors';
import { invalidParameter } from '../../../shared/errors';
import { MAX_FILE_BYTES } from '../mediaUpload';
import type { ItemContext } from '../../../shared/definition/operation';

/** A file on its way to Fanvue, which may be larger than the memory. */
export interface SourceFile {
	/** Name of the parameter it comes from, for messages. */
	displayName: string;
	fileName: string;
	mimeType: string;
	/** Bytes, where they are known before the end. */
	size?: number;
	/** Its bytes in pieces of about the given size; to be read once. */
	open: (pieceSize: number) => Promise<AsyncIterable<Buffer>>;
	/** Gives it up unread. */
	discard?: () => void;
}

/** The file of the item: out of n8n's binary store piece by piece, or out of the memory. */
export async function fileFromItem(item: ItemContext): Promise<SourceFile> {
	const displayName = 'Input Data Field Name';
	const property = item.text('binaryPropertyName');
	const { helpers } = item.context;
	const { id, fileName, mimeType } = item.binaryInfo(property, displayName);
	const known = { displayName, fileName: fileName ?? 'file', mimeType };
	if (id === undefined) {
		const data = await helpers.getBinaryDataBuffer(item.itemIndex, property);
		return assertSize({ ...known, size: data.length, open: async () => chunksOf(data) });
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return assertSize({
		...known,
		size: fileSize,
		open: async (pieceSize) => chunksOf(await helpers.getBinaryStream(id, pieceSize)),
	});
}

/** A file from the internet, passed on while it arrives. */
export async function fileFromUrl(item: ItemContext): Promise<SourceFile> {
	const opened = await openDownload(item.context, item.text('url'), {
		displayName: 'URL',
		maxBytes: MAX_FILE_BYTES,
	});
	const { headers, url, drop } = opened;
	const length = Number(headers['content-length'] ?? NaN);
	const file: SourceFile = {
		displayName: 'URL',
		fileName: fileNameOf(headers['content-disposition'], url),
		mimeType: (headers['content-type'] ?? '').replace(/;.*/, '').trim(),
		size: Number.isInteger(length) ? length : undefined,
		open: async () => withDownloadErrors(item, chunksOf(opened.chunks)),
		discard: drop,
	};
	return assertSize(file);
}

/** Tells a file that ends too early from one that is complete. */
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
	if (size > 0) throw tooLargeFailure(displayName, size);
	throw emptyFileFailure(displayName);
}

function tooLargeFailure(displayName: string, size: number): NodeFailure {
	return invalidParameter(
		displayName,
		`leads to a file of ${size} bytes`,
		`Fanvue takes at most ${MAX_FILE_BYTES} bytes. Make it smaller first`,
	);
}

/**
 * The bytes on their way past: no more than Fanvue takes, and as many as the file has.
 *
 * @throws Failure when they are too many, too few, or none
 */
export async function* verifySize(
	{ displayName, size: expected }: SourceFile,
	source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	let size = 0;
	for await (const piece of source) {
		size += piece.length;
		if (size > MAX_FILE_BYTES) throw tooLargeFailure(displayName, size);
		yield piece;
	}
	if (size === 0) throw emptyFileFailure(displayName);
	if (expected !== undefined && size < expected) throw incompleteFailure(displayName);
}

function emptyFileFailure(displayName: string): NodeFailure {
	return invalidParameter(displayName, 'leads to an empty file', 'Give a file with data');
}

function incompleteFailure(displayName: string): NodeFailure {
	return invalidParameter(
		displayName,
		'stopped before the file was complete',
		'Run this item again later',
	);
}

function fileNameOf(disposition: string | undefined, { pathname }: URL): string {
	const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(disposition ?? '')?.[1];
	const name = percentDecode(named ?? pathname.replace(/^.*\//, ''))
		.replace(/[/\\]/g, '_')
		.trim();
	return name || 'file';
}

function percentDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
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
 * Which of Fanvue's kinds a file is, by its type and else by its ending.
 *
 * @throws Failure when neither tells
 */
export function mediaTypeOf({ mimeType, fileName }: SourceFile): string {
	const kind = mimeType.replace(/\/.*/, '');
	if (['image', 'video', 'audio'].includes(kind)) return kind;
	if (mimeType === 'application/pdf') return 'document';
	const byEnding = MEDIA_TYPE_BY_EXTENSION[fileName.replace(/^.*\./, '').toLowerCase()];
	if (byEnding !== undefined) return byEnding;
	throw invalidParameter(
		'Media Type',
		`cannot be told from "${fileName}" (${mimeType || 'no type given'})`,
		'Add Media Type under Additional Fields and choose image, video, audio or document',
	);
}
