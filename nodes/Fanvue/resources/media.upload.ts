import type { ItemContext } from '../../shared/execution/itemContext';
import { NodeFailure, toNodeFailure } from '../../shared/errors';
import { isJsonObject, valueAtPath } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
import { sleepFor } from '../../shared/sleep';
import { usesV1 } from '../routes';
import { counted, fileAtUrl, fileOfItem, mediaTypeOf } from './media.file';
import type { SourceFile } from './media.file';
import { getMedia } from './media.get';
import { putParts } from './media.parts';
import type { UploadedPart } from './media.parts';
import { LARGEST_FILE, complete, createSession } from './mediaUpload';

const MEBIBYTE = 1024 * 1024;
/** Bytes of a part where Fanvue names no size; S3 wants at least 5 MiB in all but the last. */
const PART = 8 * MEBIBYTE;
/** Bytes read from n8n's store at once. */
const PIECE = MEBIBYTE / 4;

/** Milliseconds between two looks at media that is being processed: at first, and at most. */
const LOOK = { first: 1000, most: 10_000 };

export const upload = async (call: ItemContext) => await send(call, await fileOfItem(call));

export const uploadFromUrl = async (call: ItemContext) => await send(call, await fileAtUrl(call));

async function send(call: ItemContext, file: SourceFile): Promise<JsonObject> {
	try {
		const session = await startSession(call, file);
		const bytes = counted(file, await file.open(PIECE));
		const parts = await putParts(call, session.uploadId, bytes, session.partSize);
		const status = await finish(call, session, parts);
		return call.value('waitUntilReady') === false
			? { uuid: session.mediaUuid, status }
			: await readyMedia(call, session.mediaUuid);
	} finally {
		file.drop?.();
	}
}

interface UploadSession {
	mediaUuid: string;
	uploadId: string;
	partSize: number;
}

async function startSession(call: ItemContext, file: SourceFile): Promise<UploadSession> {
	const filename = call.text('filename') || file.fileName;
	const name = call.text('name') || filename;
	const answer = await call.fetch(createSession.endpoint, {
		operation: createSession,
		body: {
			name: [...name].slice(0, 255).join(''),
			filename: [...filename].slice(-255).join(''),
			mediaType: call.text('mediaType') || mediaTypeOf({ ...file, fileName: filename }),
			...((await usesV1(call)) && file.size !== undefined ? { sizeBytes: file.size } : {}),
		},
	});
	const { mediaUuid, uploadId, partSize, maxParts } = isJsonObject(answer) ? answer : {};
	if (typeof mediaUuid !== 'string' || typeof uploadId !== 'string') {
		throw new NodeFailure('Fanvue started no upload', { description: 'Run this item again later' });
	}
	return {
		mediaUuid,
		uploadId,
		partSize: sizeOfParts(file.size ?? LARGEST_FILE, partSize, maxParts),
	};
}

/** Fanvue's part size if it names one; else one that keeps to the number of parts. */
function sizeOfParts(size: number, named: unknown, most: unknown): number {
	if (typeof named === 'number' && named > 0) return named;
	const fewest = typeof most === 'number' && most > 0 ? Math.ceil(size / most) : 0;
	return Math.max(PART, fewest);
}

/** Completes the upload; where the answer got lost, the state of the media tells what came of it. */
async function finish(
	call: ItemContext,
	session: UploadSession,
	parts: UploadedPart[],
): Promise<string> {
	const lost = await call
		.fetch(complete.endpoint, {
			operation: complete,
			path: { uploadId: session.uploadId },
			body: { parts },
		})
		.then((answer) => String(valueAtPath(answer, 'status') ?? 'processing'))
		.catch((error: unknown) => toNodeFailure(error));
	if (!(lost instanceof NodeFailure)) return lost;
	if (!lost.outcomeUnknown) throw lost;
	const { status } = await look(call, session.mediaUuid);
	if (status === 'created') throw lost;
	return String(status);
}

async function look(call: ItemContext, mediaUuid: string): Promise<JsonObject> {
	const answer = await call.fetch(getMedia.endpoint, {
		operation: getMedia,
		path: { uuid: mediaUuid },
		writes: false,
	});
	return isJsonObject(answer) ? answer : {};
}

/** The media item as soon as it can be attached. */
async function readyMedia(call: ItemContext, mediaUuid: string): Promise<JsonObject> {
	const patience = Number(call.value('longestProcessing') ?? 600) * 1000;
	const end = Date.now() + patience;
	for (let pause = LOOK.first; ; pause = Math.min(pause * 1.5, LOOK.most)) {
		const media = await look(call, mediaUuid);
		if (media.status === 'ready') return media;
		if (media.status === 'error') {
			throw new NodeFailure('Fanvue could not process the file', {
				description: `Check that it can be played or shown. The media item is ${mediaUuid}`,
			});
		}
		if (Date.now() >= end) {
			throw new NodeFailure(
				`The upload is done, but Fanvue is still processing it after ${Math.round(patience / 1000)} s`,
				{
					description: `Read it later with Media: Get and the UUID ${mediaUuid}, or raise Longest Processing under Additional Fields`,
				},
			);
		}
		await sleepFor(Math.min(pause, Math.max(end - Date.now(), 0)), call.client.signal);
	}
}
