import type { ItemContext } from '../../shared/execution/itemContext';
import { openDownload } from '../../shared/client/download';
import { chunksOf } from '../../shared/client/externalRequest';
import type { NodeFailure } from '../../shared/errors';
import { invalidParameter } from '../../shared/errors';
import { LARGEST_FILE } from './mediaUpload';

/** A file on its way to Fanvue, which may be larger than the memory. */
export interface SourceFile {
	/** Name of the parameter it comes from, for messages. */
	label: string;
	fileName: string;
	mimeType: string;
	/** Bytes, where they are known before the end. */
	size?: number;
	/** Its bytes in pieces of about the given size; to be read once. */
	open: (pieceSize: number) => Promise<AsyncIterable<Buffer>>;
	/** Gives it up unread. */
	drop?: () => void;
}

/** The file of the item: out of n8n's binary store piece by piece, or out of the memory. */
export async function fileOfItem(call: ItemContext): Promise<SourceFile> {
	const label = 'Input Data Field Name';
	const property = call.text('binaryPropertyName');
	const { helpers } = call.context;
	const { id, fileName, mimeType } = call.binary(property, label);
	const known = { label, fileName: fileName ?? 'file', mimeType };
	if (id === undefined) {
		const data = await helpers.getBinaryDataBuffer(call.itemIndex, property);
		return checked({ ...known, size: data.length, open: async () => chunksOf(data) });
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return checked({
		...known,
		size: fileSize,
		open: async (pieceSize) => chunksOf(await helpers.getBinaryStream(id, pieceSize)),
	});
}

/** A file from the internet, passed on while it arrives. */
export async function fileAtUrl(call: ItemContext): Promise<SourceFile> {
	const opened = await openDownload(call.context, call.text('url'), {
		displayName: 'URL',
		maxBytes: LARGEST_FILE,
	});
	const { headers, url, drop } = opened;
	const length = Number(headers['content-length'] ?? NaN);
	const file: SourceFile = {
		label: 'URL',
		fileName: fileNameOf(headers['content-disposition'], url),
		mimeType: (headers['content-type'] ?? '').replace(/;.*/, '').trim(),
		size: Number.isInteger(length) ? length : undefined,
		open: async () => whole(call, chunksOf(opened.chunks)),
		drop,
	};
	return checked(file);
}

/** Tells a file that ends too early from one that is complete. */
async function* whole(call: ItemContext, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	try {
		yield* source;
	} catch {
		call.client.checkCancelled();
		throw cutOff('URL');
	}
}

function checked(file: SourceFile): SourceFile {
	const { label, size = 1 } = file;
	if (size > 0 && size <= LARGEST_FILE) return file;
	file.drop?.();
	if (size > 0) throw tooLarge(label, size);
	throw empty(label);
}

function tooLarge(label: string, size: number): NodeFailure {
	return invalidParameter(
		label,
		`leads to a file of ${size} bytes`,
		`Fanvue takes at most ${LARGEST_FILE} bytes. Make it smaller first`,
	);
}

/**
 * The bytes on their way past: no more than Fanvue takes, and as many as the file has.
 *
 * @throws Failure when they are too many, too few, or none
 */
export async function* counted(
	{ label, size: expected }: SourceFile,
	source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	let size = 0;
	for await (const piece of source) {
		size += piece.length;
		if (size > LARGEST_FILE) throw tooLarge(label, size);
		yield piece;
	}
	if (size === 0) throw empty(label);
	if (expected !== undefined && size < expected) throw cutOff(label);
}

function empty(label: string): NodeFailure {
	return invalidParameter(label, 'leads to an empty file', 'Give a file with data');
}

function cutOff(label: string): NodeFailure {
	return invalidParameter(
		label,
		'stopped before the file was complete',
		'Run this item again later',
	);
}

function fileNameOf(disposition: string | undefined, { pathname }: URL): string {
	const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(disposition ?? '')?.[1];
	const name = decoded(named ?? pathname.replace(/^.*\//, ''))
		.replace(/[/\\]/g, '_')
		.trim();
	return name || 'file';
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const ENDINGS: Record<string, string> = {
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
	const byEnding = ENDINGS[fileName.replace(/^.*\./, '').toLowerCase()];
	if (byEnding !== undefined) return byEnding;
	throw invalidParameter(
		'Media Type',
		`cannot be told from "${fileName}" (${mimeType || 'no type given'})`,
		'Add Media Type under Additional Fields and choose image, video, audio or document',
	);
}
