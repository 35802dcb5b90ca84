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
import { toWireValue } from '../../shared/execution/parameterValues';
import { LONGEST_MESSAGE, recipient } from '../resources/message/recipient';
import type { Button } from './message';
import { asCard, asKeyboard } from './message';

/** n8n asks for these names, where it turns the node into a human review of AI tools. */
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
		description: 'How long to wait',
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

const limitWaitTime: Field = {
	key: 'limit_wait_time',
	displayName: 'Limit Wait Time',
	description: 'When the workflow goes on without an answer. It then goes on with the input items.',
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

const local = { notSent: true } as const;

/** The message with all that is around it, only to see whether Fanbook takes as much. */
const wholeMessage = longTextField('text', 'Message', '', {
	length: { max: LONGEST_MESSAGE, unit: 'bytes' },
});

export const sendAndWait: Operation = {
	name: 'Send and Wait for Response',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Send a message and wait for a response',
	description: 'Send a message with buttons, and go on when somebody has clicked one',
	endpoint: 'POST sendMessage',
	scopes: ['SEND_MESSAGES'],
	notice: 'One message is sent for all input items, made from the first one',
	fields: [
		...recipient,
		longTextField('message', 'Message', 'What people are asked', local),
		optionsField(
			'response_type',
			'Response Type',
			'How people answer',
			[
				{ name: 'Approval', value: 'approval', description: 'By a click on a button' },
				{ name: 'Free Text', value: 'freeText', description: 'By a text on a page of n8n' },
			],
			local,
		),
		approvalOptions,
		optionsField(
			'show_as',
			'Show As',
			'What the message looks like',
			[
				{ name: 'Message Card', value: 'card' },
				{ name: 'Text with Inline Keyboard', value: 'keyboard' },
			],
			local,
		),
	],
	additionalFields: [
		booleanField(
			'confirm_click',
			'Ask for Confirmation',
			'Whether the page asks once more before a click counts, so that programs which only open links decide nothing',
			local,
		),
		limitWaitTime,
		textField(
			'message_button_label',
			'Message Button Label',
			'The button that opens the page for a text',
			{
				...local,
				default: 'Respond',
			},
		),
		textField('response_form_title', 'Response Form Title', 'Title of the page for a text', local),
		textField(
			'response_form_description',
			'Response Form Description',
			'What stands on that page below the title. Left empty it is the message.',
			local,
		),
		textField(
			'response_form_button_label',
			'Response Form Button Label',
			'The button on that page',
			{
				...local,
				default: 'Submit',
			},
		),
	],
	execute: perform,
};

/** The question of an execution: asked once, for the first item. */
const questions = new WeakMap<ApiClient, Promise<void>>();

/** Sends the message for the first item and puts the execution to wait; all items pass through. */
async function perform(call: ItemContext): Promise<INodeExecutionData[]> {
	const { context, itemIndex, client: session } = call;
	const question = questions.get(session) ?? ask(call);
	questions.set(session, question);
	// Where nobody could be asked, no item may pass as if somebody had answered.
	await question;
	const item = context.getInputData()[itemIndex];
	return [{ json: {}, ...item, pairedItem: { item: itemIndex } }];
}

async function ask(call: ItemContext): Promise<void> {
	const until = waitTill(call);
	const buttons = buttonsOf(call);
	const message = call.text('message').trim();
	if (message === '') throw invalidParameter('Message', 'is empty', 'Fill in "Message"');
	const parts = await call.requestParts();
	const shown = call.raw('showAs') === 'keyboard' ? asKeyboard : asCard;
	const asked = shown(message, buttons);
	toWireValue(wholeMessage, asked.text, 'UTC');
	await call.client.fetch(call.operation.endpoint, {
		...parts,
		body: { ...parts.body, ...asked },
	});
	requireSignedResume(call.context);
	await call.context.putExecutionToWait(until);
}

/** Buttons that lead to this execution's signed address. */
function buttonsOf(call: ItemContext): Button[] {
	const { context } = call;
	if (!canSignResumeUrl(context)) {
		throw new NodeFailure('This version of n8n cannot sign the address of a waiting execution', {
			description: 'Update n8n to use Send and Wait for Response',
		});
	}
	if (call.raw('responseType') === 'freeText') {
		const label = call.text('messageButtonLabel') || 'Respond';
		return [{ label, link: context.getSignedResumeUrl() }];
	}
	const { approvalType, approveLabel, disapproveLabel } = approval(call.raw('approvalOptions'));
	const approve = {
		label: approveLabel,
		link: context.getSignedResumeUrl({ approved: 'true' }),
	};
	if (approvalType !== 'double') return [approve];
	const link = context.getSignedResumeUrl({ approved: 'false' });
	return [approve, { label: disapproveLabel, link, quiet: true }];
}

/** What is set under Approval Options, over its defaults. */
export function approval(options: unknown) {
	const values = isObject(options) && isObject(options.values) ? options.values : {};
	const text = (value: unknown, fallback: string) =>
		typeof value === 'string' && value.trim() !== '' ? value : fallback;
	return {
		approvalType: text(values.approvalType, 'single'),
		approveLabel: text(values.approveLabel, 'Approve'),
		disapproveLabel: text(values.disapproveLabel, 'Decline'),
	};
}

const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

function waitTill(call: ItemContext): Date {
	const limit = call.raw('limitWaitTime');
	const values = isObject(limit) && isObject(limit.values) ? limit.values : undefined;
	if (values === undefined) return WAIT_INDEFINITELY;
	if (values.limitType === 'atSpecifiedTime') {
		return new Date(
			toIsoDate('Max Date and Time', values.maxDateAndTime, call.context.getTimezone()),
		);
	}
	const { resumeAmount, resumeUnit } = values;
	const milliseconds = Number(resumeAmount ?? 1) * (UNITS[String(resumeUnit ?? 'hours')] ?? NaN);
	if (!(milliseconds >= 0 && milliseconds < Infinity)) {
		throw invalidParameter(
			'Limit Wait Time',
			`cannot be ${String(resumeAmount)} ${String(resumeUnit)}`,
			'Use a number of minutes, hours or days',
		);
	}
	return new Date(Date.now() + milliseconds);
}
