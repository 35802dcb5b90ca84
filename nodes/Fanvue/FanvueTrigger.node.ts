import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { ApiClient } from '../shared/client/apiClient';
import { receiveDelivery } from './trigger/webhook/receiveDelivery';
import { EVENTS } from './trigger/events/topics';
import { Registration } from './trigger/webhook/registration';
import { fanvueApi } from './api';

export class FanvueTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanvue Trigger',
		name: 'fanvueTrigger',
		icon: { light: 'file:../../icons/fanvue.svg', dark: 'file:../../icons/fanvue.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when Fanvue sends an event',
		defaults: { name: 'Fanvue Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanvueOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'fanvue',
			},
		],
		properties: [
			{
				displayName: 'Registration',
				name: 'registration',
				type: 'options',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description: 'The node makes its webhook at Fanvue and takes it back',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: 'You enter the address of this node in the Events tab of your app',
					},
				],
				default: 'automatic',
				description: 'How Fanvue learns where to send events',
			},
			{
				displayName:
					'Copy the webhook URL from above into the Events tab of your app in the developer area of Fanvue, and paste the signing secret shown there into the credential of this node.',
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { registration: ['manual'] } },
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: EVENTS,
				default: ['creator.message.received'],
				description: 'Which events start the workflow',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Include Own Messages',
						name: 'includeOwnMessages',
						type: 'boolean',
						default: false,
						description:
							'Whether Message Received also starts the workflow for messages that the creator wrote',
					},
				],
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return (
					isManual(this) || (await attempt(this, async () => await new Registration(this).exists()))
				);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await attempt(this, async () => await new Registration(this).create());
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await attempt(this, async () => await new Registration(this).remove());
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this);
	}
}

function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'manual';
}

/** Turns whatever goes wrong into a message without secrets. */
async function attempt<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const secrets = await new ApiClient(context, fanvueApi).secrets();
		throw toNodeError(context.getNode(), error, undefined, secrets);
	}
}
