import type { Call } from '../../shared/call';
import { elsewhere, pieces } from '../../shared/elsewhere';
import type { Failure } from '../../shared/failure';
import { badParameter } from '../../shared/failure';
import { isObject } from '../../shared/json';
import { LARGEST_FILE } from './mediaUpload';

/** A file on its way to Fanvue, which may be larger than the memory. */
export interface SourceFile {
	fileName: string;
	mimeType: string;
	/** Bytes, where they are known before the end. */
	size?: number;
	/** Its bytes in pieces of about the given size; to be read once. */
	open: (pieceSize: number) => Promise<AsyncIterable<Buffer>>;
}

/** The file of the item: out of n8n's binary store piece by piece, or out of the memory. */
export async function fileOfItem(call: Call): Promise<SourceFile> {
	const label = 'Input Data Field Name';
	const property = call.text('binaryPropertyName');
	const { helpers } = call.context;
	const { id, fileName, mimeType } = call.binary(property, label);
	const known = { fileName: fileName ?? 'file', mimeType };
	if (id === undefined) {
		const data = await helpers.getBinaryDataBuffer(call.itemIndex, property);
		return checked(label, { ...known, size: data.length, open: async () => pieces(data) });
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return checked(label, {
		...known,
		size: fileSize,
		open: async (pieceSize) => pieces(await helpers.getBinaryStream(id, pieceSize)),
	});
}

/** A file from the internet, passed on while it arrives. */
export async function fileAtUrl(call: Call): Promise<SourceFile> {
	const url = call.text('url').trim();
	const answer = await elsewhere(call.session, url, { encoding: 'stream' });
	if ('broken' in answer) {
		throw badParameter('URL', `cannot be read: its host ${answer.broken}`, 'Check the address');
	}
	if (answer.status < 200 || answer.status >= 300) {
		destroy(answer.body);
		throw badParameter(
			'URL',
			`cannot be read: its host answered with status ${answer.status}`,
			'Check that the address is open to everyone',
		);
	}
	const length = Number(answer.headers['content-length'] ?? NaN);
	// What is packed on the way has another length than the file.
	const isPacked = answer.headers['content-encoding'] !== undefined;
	try {
		return checked('URL', {
			fileName: fileNameOf(answer.headers['content-disposition'], url),
			mimeType: (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
			size: Number.isInteger(length) && !isPacked ? length : undefined,
			open: async () => pieces(answer.body),
		});
	} finally {
		if (length > LARGEST_FILE || length === 0) destroy(answer.body);
	}
}

function checked(label: string, file: SourceFile): SourceFile {
	if (file.size === 0) throw badParameter(label, 'leads to an empty file', 'Give a file with data');
	if (file.size !== undefined && file.size > LARGEST_FILE) throw tooLarge(label, file.size);
	return file;
}

function tooLarge(label: string, size: number): Failure {
	return badParameter(
		label,
		`leads to a file of ${size} bytes`,
		`Fanvue takes at most ${LARGEST_FILE} bytes. Make it smaller first`,
	);
}

/** Lets bytes pass as long as they are not more than Fanvue takes. */
export async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let size = 0;
	for await (const piece of source) {
		size += piece.length;
		if (size > LARGEST_FILE) throw tooLarge('URL', size);
		yield piece;
	}
}

function fileNameOf(disposition: string | undefined, url: string): string {
	const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(disposition ?? '')?.[1];
	const last =
		named ??
		url
			.replace(/[?#].*$/, '')
			.split('/')
			.pop() ??
		'';
	const name = decoded(last).replace(/[/\\]/g, '_').trim();
	return name === '' ? 'file' : name;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Gives up a stream that nobody will read. */
function destroy(stream: unknown): void {
	if (isObject(stream) && typeof stream.destroy === 'function') stream.destroy();
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
	const [kind = ''] = mimeType.split('/');
	if (['image', 'video', 'audio'].includes(kind)) return kind;
	if (mimeType === 'application/pdf') return 'document';
	const byEnding = ENDINGS[fileName.split('.').pop()?.toLowerCase() ?? ''];
	if (byEnding !== undefined) return byEnding;
	throw badParameter(
		'Media Type',
		`cannot be told from "${fileName}" (${mimeType === '' ? 'no type given' : mimeType})`,
		'Add Media Type under Additional Fields and choose image, video, audio or document',
	);
}
