import { splitIntoParts, externalRequest } from '../../../shared/client/externalRequest';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { PartUrls } from './partUrls';
import type { ItemContext } from '../../../shared/definition/operation';
import { backoffMs, sleepBeforeRetry } from '../../../shared/client/retryPolicy';

/** A stored part, with the names of S3. */
export interface UploadedPart {
	PartNumber: number;
	ETag?: string;
}

/** Bytes sent in parallel at most; larger parts are sent one at a time. */
const MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;
const MAX_WORKERS = 3;

/** A file that is uploaded in parts. */
export interface PartedUpload {
	uploadId: string;
	source: AsyncIterable<Buffer>;
	/** Bytes of each part but the last. */
	partSize: number;
	/** Number of parts, if the size of the file is known. */
	partCount?: number;
}

/**
 * Sends the parts of a file to their signed URLs, some in parallel. Each part is retried on its own,
 * with a new URL.
 *
 * @returns number and ETag of every part, in order
 * @throws NodeFailure when a part cannot be stored
 */
export async function putParts(
	item: ItemContext,
	{ uploadId, source, partSize, partCount }: PartedUpload,
): Promise<UploadedPart[]> {
	const urls = new PartUrls(item, uploadId, partCount);
	// Buffers are reused to avoid garbage-collection pressure.
	const free: Buffer[] = [];
	const parts = numberParts(
		splitIntoParts(source, partSize, () => free.pop() ?? Buffer.allocUnsafeSlow(partSize)),
	);
	const done: UploadedPart[] = [];
	let failed = false;
	const fail = (error: unknown): never => {
		failed = true;
		throw toNodeFailure(error);
	};
	const worker = async () => {
		while (!failed) {
			const next = await parts.next().catch(fail);
			if (next.done === true) return;
			done.push(
				await putPart(item, { urls, part: next.value, hasFailed: () => failed }).catch(fail),
			);
			if (next.value.bytes.length === partSize) free.push(next.value.bytes);
		}
	};
	const workers = Math.max(1, Math.min(MAX_WORKERS, Math.floor(MAX_BYTES_IN_FLIGHT / partSize)));
	try {
		const running = Array.from({ length: workers }, worker);
		// If one part fails, wait for the others before the failure is reported.
		await Promise.allSettled(running);
		await Promise.all(running);
	} finally {
		await parts.return(undefined);
	}
	return done.sort((a, b) => a.PartNumber - b.PartNumber);
}

interface Part {
	number: number;
	bytes: Buffer;
}

async function* numberParts(source: AsyncIterable<Buffer>): AsyncGenerator<Part, undefined> {
	let number = 0;
	for await (const bytes of source) yield { number: (number += 1), bytes };
	return undefined;
}

async function putPart(
	item: ItemContext,
	{ urls, part, hasFailed }: { urls: PartUrls; part: Part; hasFailed: () => boolean },
): Promise<UploadedPart> {
	const { client } = item;
	let waited = 0;
	for (let attempt = 1; ; attempt += 1) {
		const address = await urls.take(part.number);
		const answer = await externalRequest(client, address, {
			method: 'PUT',
			body: part.bytes,
			// The URL is signed without a content type, so n8n must not add one.
			headers: { 'content-type': false },
		});
		const isStored = 'status' in answer && answer.status >= 200 && answer.status < 300;
		if (isStored) {
			const { etag } = answer.headers;
			return { PartNumber: part.number, ...(etag === undefined ? {} : { ETag: etag }) };
		}
		if (attempt >= client.retryPolicy.maxAttempts || hasFailed()) {
			throw new NodeFailure(
				`The storage of Fanvue did not accept part ${part.number} of the file: it ${'networkError' in answer ? answer.networkError : `answered with status ${answer.status}`}`,
				{ description: 'Run this item again later, or raise Timeout and Max Tries under Options' },
			);
		}
		waited += await sleepBeforeRetry(client, backoffMs(attempt), waited);
	}
}
