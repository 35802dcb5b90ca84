import type { IBinaryKeyData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { externalRequest } from '../../../shared/client/externalRequest';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { remainingEncoding } from '../../../shared/http';
import { isJsonObject, isObject } from '../../../shared/json';
import type { JsonObject } from '../../../shared/json';
import { getMedia } from './get';
import type { ItemContext } from '../../../shared/definition/operation';
import { backoffMs, sleepBeforeRetry } from '../../../shared/client/retryPolicy';

/** Files at the same time: more would only share the bandwidth. */
export const MAX_DOWNLOADS = 10;

/** A variant of a media item with a URL that expires soon. */
interface Rendition {
	variantType: string;
	url: string;
}

/** The operation Media: Download. */
export async function download(item: ItemContext): Promise<INodeExecutionData[]> {
	const variant = item.text('variant');
	return await downloadMedia(item, variant, async () => {
		const answer = await item.fetch(getMedia.endpoint, {
			operation: getMedia,
			path: { uuid: item.text('uuid') },
			query: { variants: variant },
		});
		return isJsonObject(answer) ? answer : {};
	});
}

/**
 * Downloads the variants of a media item into n8n's binary store.
 *
 * @param read requests the media with new URLs; called again if a URL does not work
 * @returns one item: the media without its URLs, and a file per variant
 */
export async function downloadMedia(
	item: ItemContext,
	variant: string,
	read: () => Promise<JsonObject>,
): Promise<INodeExecutionData[]> {
	const property = item.text('binaryPropertyName');
	let media = await read();
	let found = renditionsOf(media, variant);
	if (found.length === 0) throw missingVariantFailure(media, variant);
	const binary: IBinaryKeyData = {};
	const { length: count } = found;
	for (let index = 0; index < count; index += 1) {
		const field = index === 0 ? property : `${property}_${index + 1}`;
		for (let attempt = 1; ; attempt += 1) {
			const rendition = found[index];
			if (rendition === undefined) throw missingVariantFailure(media, variant);
			const stored = await storeFile(item, { media, rendition, index });
			if (!(stored instanceof NodeFailure)) {
				binary[field] = stored;
				break;
			}
			if (stored.stopsExecution || attempt >= item.client.retryPolicy.maxAttempts) throw stored;
			await sleepBeforeRetry(item.client, backoffMs(attempt), 0);
			media = await read();
			found = renditionsOf(media, variant);
		}
	}
	return [item.outputItem({ ...withoutUrls(media), variant }, binary)];
}

function renditionsOf(media: JsonObject, variant: string): Rendition[] {
	const variants = Array.isArray(media.variants) ? media.variants : [];
	return variants
		.filter(isJsonObject)
		.sort((a, b) => positionOf(a) - positionOf(b))
		.flatMap(({ variantType, url }) =>
			variantType === variant && typeof url === 'string' ? [{ variantType, url }] : [],
		);
}

function positionOf({ displayPosition }: JsonObject): number {
	return typeof displayPosition === 'number' ? displayPosition : 0;
}

function missingVariantFailure(media: JsonObject, variant: string): NodeFailure {
	const status = typeof media.status === 'string' ? media.status : 'unknown';
	return status === 'ready' || status === 'unknown'
		? new NodeFailure(`Fanvue has no variant "${variant}" of this media`, {
				description: 'Choose another one under Variant',
			})
		: new NodeFailure(`The media is not ready yet: its state is ${status}`, {
				description: 'Run this item again once it is ready',
			});
}

/** Stores one file, or returns why that failed. */
async function storeFile(
	item: ItemContext,
	{ media, rendition, index }: { media: JsonObject; rendition: Rendition; index: number },
) {
	const { client, context } = item;
	const answer = await externalRequest(client, rendition.url, { encoding: 'stream' });
	if ('networkError' in answer) return downloadFailure(`its host ${answer.networkError}`);
	if (answer.status < 200 || answer.status >= 300) {
		return downloadFailure(`its host answered with status ${answer.status}`);
	}
	const encoding = remainingEncoding(answer.headers);
	if (encoding !== undefined) {
		return downloadFailure(`its host compressed it in a way that n8n cannot read (${encoding})`);
	}
	const type = (answer.headers['content-type'] ?? '').replace(/;.*/, '').trim();
	const mimeType = type || 'application/octet-stream';
	const { body } = answer;
	if (!isStorable(body)) return downloadFailure('its host sent nothing');
	return await context.helpers
		.prepareBinaryData(body, fileName(media, rendition, index, mimeType), mimeType)
		.catch((error: unknown) => {
			client.checkCancelled();
			return downloadFailure(toNodeFailure(error).message);
		});
}

type Storable = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

function isStorable(body: unknown): body is Storable {
	return Buffer.isBuffer(body) || (isObject(body) && typeof body.pipe === 'function');
}

function downloadFailure(reason: string): NodeFailure {
	return new NodeFailure(`The file of the media could not be fetched: ${reason}`, {
		description: 'Run this item again later, or raise Timeout and Max Tries under Options',
	});
}

/** Returns a plain file name with a matching extension; never the URL, which is signed. */
function fileName(
	media: JsonObject,
	{ url, variantType }: Rendition,
	index: number,
	mimeType: string,
): string {
	const titles = [media.name, media.uuid].filter((text) => typeof text === 'string');
	const stem = (titles.find((text) => text !== '') ?? 'media')
		.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')
		.replace(/\.[A-Za-z0-9]{1,5}$/, '');
	const ending = /\.([A-Za-z0-9]{1,5})(?:\?|$)/.exec(url.replace(/#.*$/, ''))?.[1];
	const type = mimeType.replace(/^.*\/(x-)?/, '').replace('jpeg', 'jpg');
	const suffix =
		variantType === 'main' ? '' : `-${variantType}${index === 0 ? '' : `-${index + 1}`}`;
	return `${stem}${suffix}.${ending ?? (/^[a-z0-9]{1,5}$/.test(type) ? type : 'bin')}`;
}

/** Returns the media without URLs, which expire and must not be stored. */
function withoutUrls(media: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(media).filter(([key]) => key !== 'variants' && key !== 'url'),
	);
}
