import { integerField, stringListField, textField } from '../../shared/definition/fields';
import { isJsonObject } from '../../shared/json';
import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { rowsAt } from '../../shared/execution/paginate';
import { channel, member, messageId, serverForLists } from '../commonFields';

const key: Field = textField('key', 'Slot Key', 'Name of the slot of the card');
const card: Field[] = [
	serverForLists,
	channel(),
	messageId('message_id', { description: 'The message with the card' }),
];
const clicker: Field = member({ description: 'The user to act for. Defaults to the bot.' });

const click: Operation = {
	name: 'Click',
	action: 'Click a message card',
	description: 'Click a slot of a card for a user',
	endpoint: 'POST interaction/message_card/click',
	fields: [...card, key],
	additionalFields: [clicker],
};

const cancelClick: Operation = {
	name: 'Cancel Click',
	action: 'Cancel a click on a message card',
	description: 'Cancel a click on a slot of a card',
	endpoint: 'POST interaction/message_card/cancel_click',
	fields: [...card, key],
	additionalFields: [clicker],
};

const multiClick: Operation = {
	name: 'Multi Click',
	action: 'Click a message card with several click types',
	description: 'Click a slot of a card with several types of clicks at once',
	endpoint: 'POST v2/interaction/message_card/muti_click',
	fields: [...card, key],
	additionalFields: [
		clicker,
		stringListField(
			'click_type',
			'Click Types',
			'Kinds of clicks. Their values are not documented.',
		),
	],
};

const autoAssignSlot: Operation = {
	name: 'Auto-Assign Slot',
	action: 'Assign a free slot of a message card',
	description: 'Click a free slot of a card, chosen by Fanbook',
	endpoint: 'POST interaction/message_card/auto',
	fields: [
		...card,
		integerField('max', 'Highest Slot', 'Number of the last slot that may be chosen', {
			min: 1,
			max: 50,
		}),
	],
	additionalFields: [member({ description: 'The user to act for. Defaults to the bot.' })],
};

const getUsers: Operation = {
	name: 'Get Users',
	action: 'Get the users of a message card',
	description: 'Get the users who hold a slot of a card',
	// Unlike the other card methods, the path does not start with interaction/.
	endpoint: 'POST message_card/list_users',
	writes: false,
	fields: [...card, key],
	additionalFields: [member({ description: 'Only the changes of this user' })],
	// The members beside the list are not documented.
	transformResult: (result) =>
		result.list === undefined ? result : rowsAt(result, 'list').filter(isJsonObject),
};

const triggerRefresh: Operation = {
	name: 'Trigger Refresh',
	action: 'Trigger the refresh of a message card',
	description: 'Make Fanbook fetch the content of a self-updating card again',
	endpoint: 'POST v2/cardNotify',
	fields: card,
};

export const messageCard: Resource = {
	name: 'Message Card',
	preferred: 'Get Users',
	operations: [click, cancelClick, multiClick, autoAssignSlot, getUsers, triggerRefresh],
};
