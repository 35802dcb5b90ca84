import type { Operation } from '../../../shared/definition/operation';
import { fetchOutputItems, toOutputItems } from '../../../shared/execution/executeOperation';
import {
	asInt64,
	channel,
	chat,
	messageId,
	serverForLists,
	strictOptionsField,
} from '../../commonFields';
import { fetchMessagesAfter } from './history';
import { simplifyListed, simplifySent } from './simplify';

const get: Operation = {
	name: 'Get',
	action: 'Get a message',
	description: 'Get one message of a channel. Private chats cannot be read.',
	endpoint: 'POST getMessage',
	writes: false,
	fields: [
		serverForLists,
		chat({ description: 'The channel to use' }),
		messageId('message_id', asInt64),
	],
	simplify: simplifySent,
};

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many messages',
	description: 'Get the messages of a channel, the newest first',
	endpoint: 'POST message/getList',
	writes: false,
	encoding: 'form',
	paging: 'history',
	fields: [serverForLists, channel()],
	filters: [
		messageId('message_id', {
			displayName: 'Reference Message ID',
			description: 'The message from which Direction counts',
		}),
		strictOptionsField(
			'behavior',
			'Direction',
			'Messages to return, relative to the reference message',
			[
				{ name: 'Newer', value: 'after' },
				{ name: 'Older', value: 'before' },
			],
			{ default: 'before' },
		),
	],
	simplify: simplifyListed,
	execute: async (item) => {
		const after = item.text('behavior') === 'after' && item.text('messageId') !== '';
		return after
			? toOutputItems(item, await fetchMessagesAfter(item))
			: await fetchOutputItems(item);
	},
};

const getThread: Operation = {
	name: 'Get Thread',
	action: 'Get the replies of a thread',
	description: 'Get the replies below a message, the newest first',
	endpoint: 'POST v2/quotes',
	writes: false,
	paging: 'thread',
	fields: [
		serverForLists,
		channel(),
		messageId('quote_id', {
			displayName: 'Root Message ID',
			description: 'The first message of the thread',
		}),
	],
	simplify: simplifyListed,
};

export const operations: Operation[] = [get, getMany, getThread];
