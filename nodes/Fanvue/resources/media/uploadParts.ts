import { splitIntoParts, externalRequest } from '../../../shared/client/externalRequest';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { isJsonObject } from '../../../shared/json';
import { getPartUrl } from '../mediaUpload';
import type { ItemContext } from '../../../shared/definition/operation';
import { backoffMs, sleepBeforeRetry } from '../../../shared/client/retryPolicy';

/** S3's own names. */
export interface UploadedPart {
	PartNumber: number;
	ETag?: string;
}

/** Bytes that may be under way at once; parts that are larger go one by one. */
const MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;
const MAX_WORKERS = 3;

/**
 * Puts the parts of a file to their signed addresses, some side by side. Each part is tried again
 * on its own, with a fresh address; what is done stays done.
 *
 * @returns number and ETag of every part, in order
 * @throws Failure when a part cannot be put
 */
export async function putParts(
	item: ItemContext,
	uploadId: string,
	source: AsyncIterable<Buffer>,
	partSize: number,
): Promise<UploadedPart[]> {
	// The same few buffers are filled again and again, so that a long file leaves no litter.
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
	const lane = async () => {
		while (!failed) {
			const next = await parts.next().catch(fail);
			if (next.done === true) return;
			done.push(await putPart(item, uploadId, next.value, () => failed).catch(fail));
			if (next.value.bytes.length === partSize) free.push(next.value.bytes);
		}
	};
	const lanes = Math.max(1, Math.min(MAX_WORKERS, Math.floor(MAX_BYTES_IN_FLIGHT / partSize)));
	try {
		const running = Array.from({ length: lanes }, lane);
		// When one part cannot be put, none of the others is left behind under way.
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
	uploadId: string,
	part: Part,
	isInVain: () => boolean,
): Promise<UploadedPart> {
	const { client } = item;
	let waited = 0;
	for (let attempt = 1; ; attempt += 1) {
		const address = await fetchPartUrl(item, uploadId, part.number);
		const answer = await externalRequest(client, address, {
			method: 'PUT',
			body: part.bytes,
			// The address is signed for these bytes alone; a type that n8n adds would be one too many.
			headers: { 'content-type': false },
		});
		const isStored = 'status' in answer && answer.status >= 200 && answer.status < 300;
		if (isStored) {
			const { etag } = answer.headers;
			return { PartNumber: part.number, ...(etag === undefined ? {} : { ETag: etag }) };
		}
		if (attempt >= client.retryPolicy.maxAttempts || isInVain()) {
			throw new NodeFailure(
				`The storage of Fanvue did not take part ${part.number} of the file: it ${'networkError' in answer ? answer.networkError : `answered with status ${answer.status}`}`,
				{ description: 'Run this item again later, or raise Timeout and Max Tries under Options' },
			);
		}
		waited += await sleepBeforeRetry(client, backoffMs(attempt), waited);
	}
}

/** Signed address of a part: bare text, but quoted text and an object were seen, too. */
async function fetchPartUrl(item: ItemContext, uploadId: string, number: number): Promise<string> {
	const answer = await item.fetch(getPartUrl.endpoint, {
		operation: getPartUrl,
		path: { uploadId, partNumber: number },
	});
	const address = isJsonObject(answer) ? answer.url : answer;
	if (typeof address === 'string' && address !== '') return address;
	throw new NodeFailure(`Fanvue gave no address for part ${number} of the file`, {
		description: 'Run this item again later',
	});
}
