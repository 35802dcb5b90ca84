import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../shared/execution/itemContext';
import { NodeFailure } from '../../shared/errors';
import { idField } from '../../shared/definition/fields';
import { isJsonObject, valueAtPath } from '../../shared/json';
import type { Operation } from '../../shared/definition/operation';
import { lookedUp } from '../rows';
import { chat, mediaList, messageUuid, outputField, variant, variants } from '../words';
import { downloadMedia } from './media.download';

export const getMessageMedia: Operation = {
	name: 'Get Media',
	action: 'Get media of a message',
	description: 'Signed addresses of media of one message',
	endpoint: 'GET /chats/:userUuid/messages/:messageUuid/media',
	scopes: ['read:chat'],
	traits: { creator: ['read:creator', 'read:chat'] },
	fields: [chat(), messageUuid, mediaList],
	options: [variants],
	transformResult: (raw) => lookedUp(raw, 'mediaUuid'),
};

export const downloadMessageMedia: Operation = {
	name: 'Download Media',
	action: 'Download media of a message',
	description: 'Get the file of a media item that someone sent',
	endpoint: getMessageMedia.endpoint,
	scopes: ['read:chat'],
	traits: { creator: ['read:creator', 'read:chat'], joins: true },
	fields: [
		chat(),
		messageUuid,
		idField('mediaUuid', 'Media', 'UUID of the media item'),
		variant,
		outputField,
	],
	execute: download,
};

async function download(call: ItemContext): Promise<INodeExecutionData[]> {
	const chosen = call.text('variant');
	const mediaUuid = call.text('mediaUuid');
	return await downloadMedia(call, chosen, async () => {
		const answer = await call.fetch(getMessageMedia.endpoint, {
			operation: getMessageMedia,
			path: { userUuid: call.text('userUuid'), messageUuid: call.text('messageUuid') },
			query: { mediaUuids: mediaUuid, variants: chosen },
		});
		const found = valueAtPath(answer, `results.${mediaUuid}`);
		if (isJsonObject(found)) return found;
		throw new NodeFailure('This message has no such media, or it is not for this account', {
			description: 'Check "Media": the UUIDs are under mediaUuids of the message',
		});
	});
}
