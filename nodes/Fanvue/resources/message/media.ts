import type { FanvueOperation } from '../../operation';
import { chatMediaLocator } from '../../locators';
import type { INodeExecutionData } from 'n8n-workflow';
import { NodeFailure } from '../../../shared/errors';
import { locatorField } from '../../../shared/definition/fields';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { ItemContext } from '../../../shared/definition/operation';
import { lookupResults } from '../../results';
import {
	chatField,
	messageMediaField,
	messageUuidField,
	outputFieldName,
	variantField,
	variantsField,
} from '../../commonFields';
import { MAX_DOWNLOADS, downloadMedia } from '../media/download';

export const getMessageMedia: FanvueOperation = {
	name: 'Get Media',
	action: 'Get media of a message',
	description: 'Get the signed addresses of the media of a message',
	endpoint: 'GET /chats/:userUuid/messages/:messageUuid/media',
	scopes: ['read:chat'],
	v1: true,
	creator: ['read:creator', 'read:chat'],
	fields: [chatField(), messageUuidField, messageMediaField],
	additionalFields: [variantsField],
	transformResult: (raw) => lookupResults(raw, 'mediaUuid'),
};

export const downloadMessageMedia: FanvueOperation = {
	name: 'Download Media',
	action: 'Download media of a message',
	description: 'Get the file of a media item that someone sent',
	endpoint: getMessageMedia.endpoint,
	scopes: ['read:chat'],
	v1: true,
	creator: ['read:creator', 'read:chat'],
	joins: true,
	fields: [
		chatField(),
		messageUuidField,
		locatorField('mediaUuid', 'Media', 'Media item to download', chatMediaLocator),
		variantField,
		outputFieldName,
	],
	maxConcurrency: MAX_DOWNLOADS,
	execute: download,
};

async function download(item: ItemContext): Promise<INodeExecutionData[]> {
	const chosen = item.text('variant');
	const mediaUuid = item.text('mediaUuid');
	const isWanted = (uuid: unknown) => String(uuid).toLowerCase() === mediaUuid.toLowerCase();
	return await downloadMedia(item, chosen, async () => {
		const answer = await item.fetch(getMessageMedia.endpoint, {
			operation: getMessageMedia,
			path: { userUuid: item.text('userUuid'), messageUuid: item.text('messageUuid') },
			query: { mediaUuids: mediaUuid, variants: chosen },
		});
		const results = valueAtPath(answer, 'results');
		const [, found] =
			Object.entries(isJsonObject(results) ? results : {}).find(([uuid]) => isWanted(uuid)) ?? [];
		if (isJsonObject(found)) return found;
		const rows = isJsonObject(answer) ? lookupResults(answer, 'mediaUuid') : [];
		const error = rows.find((row) => isWanted(row.mediaUuid) && row.error === 'INTERNAL');
		if (error !== undefined) {
			const reason = typeof error.message === 'string' ? `: ${error.message}` : '';
			throw new NodeFailure(`Fanvue could not return this media${reason}`, {
				description: 'Run this item again later',
			});
		}
		throw new NodeFailure('This message has no such media, or it is not for this account', {
			description: 'Check "Media": the UUIDs are under mediaUuids of the message',
		});
	});
}
