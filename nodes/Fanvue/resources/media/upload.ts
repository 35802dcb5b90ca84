import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { JsonObject } from '../../../shared/json';
import { sleep } from '../../../shared/sleep';
import { usesV1 } from '../../routes';
import { verifySize, fileFromUrl, fileFromItem, mediaTypeOf } from './sourceFile';
import type { SourceFile } from './sourceFile';
import { getMedia } from './get';
import { putParts } from './uploadParts';
import type { UploadedPart } from './uploadParts';
import { MAX_FILE_BYTES, completeUpload, createSession } from '../mediaUpload';
import type { ItemContext } from '../../../shared/definition/operation';

const MEBIBYTE = 1024 * 1024;
/** Bytes of a part if Fanvue states no size; S3 requires at least 5 MiB in all but the last. */
const DEFAULT_PART_SIZE = 8 * MEBIBYTE;
/** Bytes read from n8n's store at once. */
const READ_CHUNK_SIZE = MEBIBYTE / 4;

/** Milliseconds between two requests for media in processing: at first, and at most. */
const POLL_INTERVAL_MS = { first: 1000, most: 10_000 };

export const upload = async (item: ItemContext) => await uploadFile(item, await fileFromItem(item));

export const uploadFromUrl = async (item: ItemContext) =>
	await uploadFile(item, await fileFromUrl(item));

async function uploadFile(item: ItemContext, file: SourceFile): Promise<JsonObject> {
	try {
		// Values that cannot be used are refused before anything is uploaded.
		const waits = item.value('waitUntilReady') !== false;
		const timeoutMs = Number(item.value('longestProcessing') ?? 600) * 1000;
		const session = await startSession(item, file);
		const { uploadId, partSize } = session;
		const source = verifySize(file, await file.open(READ_CHUNK_SIZE));
		const partCount = file.size === undefined ? undefined : Math.ceil(file.size / partSize);
		const parts = await putParts(item, { uploadId, source, partSize, partCount });
		const status = await finishUpload(item, session, parts);
		return waits
			? await waitUntilReady(item, session.mediaUuid, timeoutMs)
			: { uuid: session.mediaUuid, status };
	} finally {
		file.discard?.();
	}
}

interface UploadSession {
	mediaUuid: string;
	uploadId: string;
	partSize: number;
}

async function startSession(item: ItemContext, file: SourceFile): Promise<UploadSession> {
	const filename = item.text('filename') || file.fileName;
	const name = item.text('name') || filename;
	const answer = await item.fetch(createSession.endpoint, {
		operation: createSession,
		body: {
			name: [...name].slice(0, 255).join(''),
			filename: [...filename].slice(-255).join(''),
			mediaType: item.text('mediaType') || mediaTypeOf({ ...file, fileName: filename }),
			...((await usesV1(item, createSession)) && file.size !== undefined
				? { sizeBytes: file.size }
				: {}),
		},
	});
	const { mediaUuid, uploadId, partSize, maxParts } = isJsonObject(answer) ? answer : {};
	if (typeof mediaUuid !== 'string' || typeof uploadId !== 'string') {
		throw new NodeFailure('Fanvue started no upload', { description: 'Run this item again later' });
	}
	return {
		mediaUuid,
		uploadId,
		partSize: choosePartSize(file.size ?? MAX_FILE_BYTES, partSize, maxParts),
	};
}

/**
 * Fanvue's part size if it states one; otherwise a size that does not exceed the number of parts.
 */
function choosePartSize(size: number, named: unknown, most: unknown): number {
	if (typeof named === 'number' && Number.isSafeInteger(named) && named > 0) {
		return Math.min(named, Math.max(size, 1));
	}
	const fewest = typeof most === 'number' && most > 0 ? Math.ceil(size / most) : 0;
	return Math.max(DEFAULT_PART_SIZE, fewest);
}

/** Completes the upload. If no response arrives, the status of the media shows the outcome. */
async function finishUpload(
	item: ItemContext,
	session: UploadSession,
	parts: UploadedPart[],
): Promise<string> {
	const lost = await item
		.fetch(completeUpload.endpoint, {
			operation: completeUpload,
			path: { uploadId: session.uploadId },
			body: { parts },
		})
		.then((answer) => String(valueAtPath(answer, 'status') ?? 'processing'))
		.catch((error: unknown) => toNodeFailure(error));
	if (!(lost instanceof NodeFailure)) return lost;
	if (!lost.outcomeUnknown) throw lost;
	const { status } = await fetchMedia(item, session.mediaUuid);
	if (status === 'created') throw lost;
	return String(status);
}

async function fetchMedia(item: ItemContext, mediaUuid: string): Promise<JsonObject> {
	const answer = await item.fetch(getMedia.endpoint, {
		operation: getMedia,
		path: { uuid: mediaUuid },
		writes: false,
	});
	return isJsonObject(answer) ? answer : {};
}

/** Adds to a failure that the file is uploaded, so that nobody uploads it again. */
function namingMedia(failure: NodeFailure, mediaUuid: string): NodeFailure {
	const { message, description, httpCode, code, stopsExecution } = failure;
	const sentences = [description, `The file is uploaded: its media item is ${mediaUuid}`];
	return new NodeFailure(message, {
		description: sentences.filter((one) => one !== undefined).join('. '),
		httpCode,
		code,
		stopsExecution,
	});
}

/** Returns the media item once it can be attached. */
async function waitUntilReady(
	item: ItemContext,
	mediaUuid: string,
	timeoutMs: number,
): Promise<JsonObject> {
	const end = Date.now() + timeoutMs;
	for (let pause = POLL_INTERVAL_MS.first; ; pause = Math.min(pause * 1.5, POLL_INTERVAL_MS.most)) {
		const media = await fetchMedia(item, mediaUuid).catch((error: unknown) => {
			throw namingMedia(toNodeFailure(error), mediaUuid);
		});
		if (media.status === 'ready') return media;
		if (media.status === 'error') {
			throw new NodeFailure('Fanvue could not process the file', {
				description: `Check that it can be played or shown. The media item is ${mediaUuid}`,
			});
		}
		if (Date.now() >= end) {
			throw new NodeFailure(
				`The upload is done, but Fanvue is still processing it after ${Math.round(timeoutMs / 1000)} s`,
				{
					description: `Read it later with Media: Get and the UUID ${mediaUuid}, or raise Max Processing Time under Additional Fields`,
				},
			);
		}
		await sleep(Math.min(pause, Math.max(end - Date.now(), 0)), item.client);
	}
}
