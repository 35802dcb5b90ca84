import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { isJsonObject } from '../../../shared/json';
import type { ItemContext } from '../../../shared/definition/operation';
import { usesV1 } from '../../routes';
import { createSession, getPartUrl, getPartUrls, MAX_PARTS } from '../mediaUpload';

/** Parts whose URLs are requested at once. */
const BATCH_SIZE = 50;

/** Files with fewer parts need no batches. */
const MIN_PARTS = 10;

/** Statuses that mean that Fanvue does not offer the call. */
const NOT_OFFERED = ['400', '404', '405'];

/** The signed URLs to which the parts of one upload are sent. */
export class PartUrls {
	private readonly urls = new Map<number, string>();
	/** Whether Fanvue offers several URLs at once, once that is known. */
	private isBatched: boolean | undefined;
	/** The last part of the batches so far. */
	private lastOfBatch = 0;
	private pending: Promise<void> = Promise.resolve();

	constructor(
		private readonly item: ItemContext,
		private readonly uploadId: string,
		/** Number of parts, if it is known. */
		private readonly count?: number,
	) {}

	/** Returns a URL that was not returned before; a new one for each attempt. */
	async take(number: number): Promise<string> {
		// Workers wait for each other, so that one batch is not requested twice.
		this.pending = this.pending.then(async () => await this.fetchBatch(number));
		await this.pending;
		const url = this.urls.get(number);
		this.urls.delete(number);
		return url ?? (await this.fetchOne(number));
	}

	/** Requests the URLs of this part and the following ones, where Fanvue offers that. */
	private async fetchBatch(number: number): Promise<void> {
		// A file whose size is unknown is a large one once it has this many parts.
		const { count = number < MIN_PARTS ? number : Infinity } = this;
		if (number <= this.lastOfBatch || this.isBatched === false || count < MIN_PARTS) return;
		this.isBatched ??= await usesV1(this.item, createSession);
		if (!this.isBatched) return;
		const to = Math.min(number + BATCH_SIZE - 1, Math.max(count, number), MAX_PARTS);
		this.lastOfBatch = to;
		const data = await this.item
			.fetch(getPartUrls.endpoint, {
				operation: getPartUrls,
				path: { uploadId: this.uploadId },
				query: { from: number, to },
			})
			.catch((error: unknown): undefined => {
				const failure = toNodeFailure(error);
				if (!NOT_OFFERED.includes(failure.httpCode ?? '')) throw failure;
				this.isBatched = false;
				return undefined;
			});
		const parts = isJsonObject(data) && Array.isArray(data.parts) ? data.parts : [];
		for (const { partNumber, url } of parts.filter(isJsonObject)) {
			if (typeof url === 'string' && url !== '') this.urls.set(Number(partNumber), url);
		}
	}

	/** The URL is bare text; quoted text and an object were seen as well. */
	private async fetchOne(partNumber: number): Promise<string> {
		const data = await this.item.fetch(getPartUrl.endpoint, {
			operation: getPartUrl,
			path: { uploadId: this.uploadId, partNumber },
		});
		const url = isJsonObject(data) ? data.url : data;
		if (typeof url === 'string' && url !== '') return url;
		throw new NodeFailure(`Fanvue returned no URL for part ${partNumber} of the file`, {
			description: 'Run this item again later',
		});
	}
}
