import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION, WAIT_INDEFINITELY } from 'n8n-workflow';
import { invalidParameter, NodeFailure } from '../../shared/errors';
import {
	optionsField,
	booleanField,
	longTextField,
	textField,
} from '../../shared/definition/fields';
import { canSignResumeUrl, requireSignedResume } from '../../shared/host';
import { isObject } from '../../shared/json';
import type { Field, Operation, ItemContext } from '../../shared/definition/operation';
import type { ApiClient } from '../../shared/client/apiClient';
import { toIsoDate } from '../../shared/execution/dates';
import { isEmptyValue, parseDecimal, toWireValue } from '../../shared/execution/parameterValues';
import { shown } from '../../shared/execution/shownValue';
import { EntryReader } from '../compose/entries';
import { MAX_MESSAGE_BYTES, recipient } from '../resources/message/recipient';
import type { Button } from './message';
import { composeCardQuestion, composeKeyboardQuestion } from './message';

/** n8n requires these names for human review of AI tools. */
const approvalValues: INodeProperties[] = [
	{
		displayName: 'Type of Approval',
		name: 'approvalType',
		type: 'options',
		default: 'single',
		options: [
			{ name: 'Approve Only', value: 'single' },
			{ name: 'Approve and Disapprove', value: 'double' },
		],
	},
	{
		displayName: 'Approve Button Label',
		name: 'approveLabel',
		type: 'string',
		default: 'Approve',
	},
	{
		displayName: 'Disapprove Button Label',
		name: 'disapproveLabel',
		type: 'string',
		default: 'Decline',
		displayOptions: { show: { approvalType: ['double'] } },
	},
];

const readApproval = new EntryReader(approvalValues);

const approvalOptions: Field = {
	key: 'approval_options',
	displayName: 'Approval Options',
	description: '',
	input: {
		type: 'custom',
		property: {
			type: 'fixedCollection',
			placeholder: 'Add Option',
			options: [{ displayName: 'Values', name: 'values', values: approvalValues }],
		},
	},
	wireFormat: 'json',
	required: false,
	show: { responseType: ['approval'] },
	notSent: true,
};

const limitValues: INodeProperties[] = [
	{
		displayName: 'Limit Type',
		name: 'limitType',
		type: 'options',
		default: 'afterTimeInterval',
		options: [
			{ name: 'After Time Interval', value: 'afterTimeInterval' },
			{ name: 'At Specified Time', value: 'atSpecifiedTime' },
		],
	},
	{
		displayName: 'Amount',
		name: 'resumeAmount',
		type: 'number',
		default: 1,
		typeOptions: { minValue: 0 },
		description: 'Time to wait',
		displayOptions: { show: { limitType: ['afterTimeInterval'] } },
	},
	{
		displayName: 'Unit',
		name: 'resumeUnit',
		type: 'options',
		default: 'hours',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		displayOptions: { show: { limitType: ['afterTimeInterval'] } },
	},
	{
		displayName: 'Max Date and Time',
		name: 'maxDateAndTime',
		type: 'dateTime',
		default: '',
		description: 'The latest moment',
		displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
	},
];

const readLimit = new EntryReader(limitValues);

const limitWaitTime: Field = {
	key: 'limit_wait_time',
	displayName: 'Limit Wait Time',
	description: 'Time after which the workflow continues without a response, with the input items',
	input: {
		type: 'custom',
		property: {
			type: 'fixedCollection',
			options: [{ displayName: 'Values', name: 'values', values: limitValues }],
		},
	},
	wireFormat: 'json',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	notSent: true,
};

const notSent = { notSent: true } as const;

/** The complete message, to check that Fanbook accepts its length. */
const wholeMessage = longTextField('text', 'Message', '', {
	length: { max: MAX_MESSAGE_BYTES, unit: 'bytes' },
});

export const sendAndWait: Operation = {
	name: 'Send and Wait for Response',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Send a message and wait for a response',
	description: 'Send a message with buttons, and go on when somebody has clicked one',
	endpoint: 'POST sendMessage',
	scopes: ['SEND_MESSAGES'],
	notice: 'One message is sent for all input items. It is made from the first one.',
	fields: [
		...recipient,
		longTextField('message', 'Message', 'Question to ask', notSent),
		optionsField(
			'response_type',
			'Response Type',
			'Way in which people respond',
			[
				{ name: 'Approval', value: 'approval', description: 'People click a button' },
				{
					name: 'Free Text',
					value: 'freeText',
					description: 'People enter a text on a page of n8n',
				},
			],
			notSent,
		),
		approvalOptions,
		optionsField(
			'show_as',
			'Show As',
			'Form of the message',
			[
				{ name: 'Message Card', value: 'card' },
				{ name: 'Text with Inline Keyboard', value: 'keyboard' },
			],
			notSent,
		),
	],
	additionalFields: [
		booleanField(
			'confirm_click',
			'Ask for Confirmation',
			'Whether to ask for confirmation on a page, so that link previews do not count as a response. On by default for human review of AI tools.',
			{ ...notSent, default: true },
		),
		limitWaitTime,
		textField(
			'message_button_label',
			'Message Button Label',
			'The button that opens the page for a text',
			{
				...notSent,
				default: 'Respond',
			},
		),
		textField(
			'response_form_title',
			'Response Form Title',
			'Title of the page for a text',
			notSent,
		),
		textField(
			'response_form_description',
			'Response Form Description',
			'Text below the title of that page. Defaults to the message.',
			notSent,
		),
		textField(
			'response_form_button_label',
			'Response Form Button Label',
			'The button on that page',
			{
				...notSent,
				default: 'Submit',
			},
		),
	],
	usesFirstItemOnly: true,
	execute: sendAndPause,
};

/** One message per execution, sent for the first item. */
const questions = new WeakMap<ApiClient, Promise<void>>();

/** Sends the message for the first item and pauses the execution. All items are passed on. */
async function sendAndPause(item: ItemContext): Promise<INodeExecutionData[]> {
	const { context, itemIndex, client } = item;
	const question = questions.get(client) ?? sendQuestion(item);
	questions.set(client, question);
	// If the message cannot be sent, no item may continue as if it was approved.
	await question;
	const input = context.getInputData()[itemIndex];
	return [{ json: {}, ...input, pairedItem: { item: itemIndex } }];
}

async function sendQuestion(item: ItemContext): Promise<void> {
	item.checkSettings();
	const until = waitUntil(item);
	const buttons = buttonsOf(item);
	const message = item.text('message').trim();
	if (message === '') throw invalidParameter('Message', 'is empty', 'Fill in "Message"');
	const parts = await item.requestParts();
	const compose = item.raw('showAs') === 'keyboard' ? composeKeyboardQuestion : composeCardQuestion;
	const question = compose(message, buttons);
	toWireValue(wholeMessage, question.text, 'UTC');
	await item.client.fetch(item.operation.endpoint, {
		...parts,
		body: { ...parts.body, ...question },
	});
	requireSignedResume(item.context);
	await item.context.putExecutionToWait(until);
}

/** Returns buttons that open the signed address of this execution. */
function buttonsOf(item: ItemContext): Button[] {
	const { context } = item;
	if (!canSignResumeUrl(context)) {
		throw new NodeFailure('This version of n8n cannot sign the address of a waiting execution', {
			description: 'Update n8n to use Send and Wait for Response',
		});
	}
	if (item.raw('responseType') === 'freeText') {
		const label = item.text('messageButtonLabel') || 'Respond';
		return [{ label, link: context.getSignedResumeUrl() }];
	}
	const { approvalType, approveLabel, disapproveLabel } = approvalOf(item.raw('approvalOptions'));
	const approve = {
		label: approveLabel,
		link: context.getSignedResumeUrl({ approved: 'true' }),
	};
	if (approvalType !== 'double') return [approve];
	const link = context.getSignedResumeUrl({ approved: 'false' });
	return [approve, { label: disapproveLabel, link, secondary: true }];
}

/** Returns Approval Options with their defaults. */
export function approvalOf(options: unknown) {
	const values = isObject(options) && isObject(options.values) ? options.values : {};
	const text = (name: string, fallback: string) => {
		const given = readApproval.text(values, name);
		return given.trim() === '' ? fallback : given;
	};
	return {
		approvalType: readApproval.choice(values, 'approvalType'),
		approveLabel: text('approveLabel', 'Approve'),
		disapproveLabel: text('disapproveLabel', 'Decline'),
	};
}

/** A date cannot be further away; n8n stores the end of the wait as one. */
const MAX_WAIT_MS = 1000 * 365 * 86_400_000;

const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

function waitUntil(item: ItemContext): Date {
	const limit = item.raw('limitWaitTime');
	const values = isObject(limit) && isObject(limit.values) ? limit.values : undefined;
	if (values === undefined) return WAIT_INDEFINITELY;
	if (readLimit.choice(values, 'limitType') === 'atSpecifiedTime') {
		return new Date(
			toIsoDate('Max Date and Time', values.maxDateAndTime, item.context.getTimezone()),
		);
	}
	const amount = isEmptyValue(values.resumeAmount) ? 1 : values.resumeAmount;
	const unit = isEmptyValue(values.resumeUnit) ? 'hours' : values.resumeUnit;
	const milliseconds = parseDecimal(amount) * (UNITS[shown(unit)] ?? NaN);
	if (!(milliseconds >= 0 && milliseconds <= MAX_WAIT_MS)) {
		throw invalidParameter(
			'Limit Wait Time',
			`cannot be ${shown(amount)} ${shown(unit)}`,
			'Use a number of minutes, hours or days',
		);
	}
	return new Date(Date.now() + milliseconds);
}
