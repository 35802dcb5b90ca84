import type { INodeProperties } from 'n8n-workflow';
import { fieldProperty } from '../../shared/definition/describe';
import { optionsField, booleanField, textField } from '../../shared/definition/fields';
import type { Field } from '../../shared/definition/operation';
import { fieldNames, user } from '../commonFields';
import { EVENTS } from './events';

export const watchedUser = user('User', 'The user whose statuses start the workflow');

export const keyword = textField(
	'q',
	'Keyword',
	'Text to search for. Separate several keywords with |.',
);

const whileEvent = (value: string) => ({ show: { event: [value] } });

function required(field: Field, event: string): INodeProperties {
	return { ...fieldProperty(field), required: true, displayOptions: whileEvent(event) };
}

const events = optionsField(
	'event',
	'Event',
	'Event that starts the workflow',
	EVENTS.map(({ name, value, description }) => ({ name, value, description })),
	{ default: 'homeStatus' },
);

/** The parameters of the trigger. */
export const properties: INodeProperties[] = [
	{ ...fieldProperty(events), noDataExpression: true },
	required(watchedUser, 'userStatus'),
	required(keyword, 'keyword'),
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			fieldProperty(fieldNames),
			fieldProperty(
				booleanField(
					'leave_out_own',
					'Ignore Own Statuses',
					'Whether to ignore statuses of the account itself',
				),
			),
		],
	},
];
