import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../../shared/definition/operation';
import { integerField } from '../../../shared/definition/fields';
import type { Json } from '../../../shared/json';
import type { Field, Operation, Resource } from '../../../shared/definition/operation';
import { toOutputItems } from '../../../shared/execution/executeOperation';
import { strictOptionsField } from '../../commonFields';
import { readQueue, longPollQueue } from './read';

const NOTICE =
	'Where possible, use the Fanbook Trigger instead. Reading here removes updates from the queue of the bot, also for the trigger.';

const kind: Field = strictOptionsField(
	'msg_type',
	'Kind',
	'Kind of updates to get. For circle updates, the bot must be allow-listed and have its full-message switch on.',
	[{ name: 'Circle', value: 'circle' }],
);

/** Returns no items for an empty queue, unlike other writes. Reading changes the queue. */
function toItems(item: ItemContext, updates: Json[]): INodeExecutionData[] {
	return updates.length === 0 ? [] : toOutputItems(item, updates);
}

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many updates',
	description: 'Get the updates that wait in the queue, without waiting for new ones',
	endpoint: 'POST v2/getUpdates',
	notice: `${NOTICE} Each response is returned as a whole, even beyond Limit, because its updates are no longer in the queue.`,
	paging: 'updates',
	filters: [kind],
	execute: async (item) => toItems(item, await readQueue(item)),
};

const getManyLongPoll: Operation = {
	name: 'Get Many (Long Poll)',
	action: 'Get many updates by long polling',
	description: 'Get updates from the queue. If it is empty, wait for the first one.',
	endpoint: 'POST getUpdates',
	notice: `${NOTICE} Only one program may use this call at a time.`,
	paging: 'updates',
	filters: [
		kind,
		integerField('timeout', 'Seconds to Wait', 'Time to wait for the first update', {
			min: 0,
			max: 600,
			default: 60,
		}),
	],
	execute: async (item) => toItems(item, await longPollQueue(item)),
};

export const update: Resource = {
	name: 'Update',
	preferred: 'Get Many',
	operations: [getMany, getManyLongPoll],
};
