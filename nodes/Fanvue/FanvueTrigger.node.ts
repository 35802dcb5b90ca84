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
import { ANY_EVENT, EVENTS } from './webhookTopics';
import { isUrlCheck, receiveDelivery, receiveUrlCheck } from './trigger/webhook/receiveDelivery';
import { Registration } from './trigger/webhook/registration';
import { isManualRegistration } from './trigger/webhook/registrationMode';
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
		eventTriggerDescription:
			'Waiting for an event. To trigger one, send the creator a message from another account, or use Test in the Events tab of your app.',
		activationMessage:
			'Fanvue now sends the chosen events to this workflow. With Registration set to Manual, also enter the production URL in the Events tab of your app.',
		triggerPanel: {
			header: 'Receive an event from Fanvue',
			executionsHelp: {
				inactive:
					'Webhooks have two modes: test and production.<br /><br /><b>Use test mode while you build your workflow</b>: click \'Listen\', then trigger an event, for example by sending a message to the creator from another account, or with Test in the Events tab of your app. The event appears in the editor.<br /><br /><b>Use production mode to run your workflow automatically</b>: <a data-key="activate">publish</a> the workflow. Production executions appear in the executions list.',
				active:
					'Webhooks have two modes: test and production.<br /><br /><b>Use test mode while you build your workflow</b>: click \'Listen\', then trigger an event, for example by sending a message to the creator from another account, or with Test in the Events tab of your app. The event appears in the editor.<br /><br /><b>Your workflow also runs automatically</b>, because it is published. These executions appear in the <a data-key="executions">executions list</a>.',
			},
			activationHint:
				'Once the workflow is published, Fanvue sends events to it without this editor',
		},
		// Services check a new URL with GET or HEAD as well. These come first, because n8n activates the
		// webhooks in this order and the subscription is created for the last one.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', path: 'fanvue', ndvHideUrl: true },
			{ name: 'setup', httpMethod: 'HEAD', path: 'fanvue', ndvHideUrl: true },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it n8n responds with the text "firstEntryJson".
				responseData: '',
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
						description:
							'The node creates the webhook when you publish the workflow and deletes it when you unpublish it',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: 'You enter the URL of this node in the Events tab of your app',
					},
				],
				default: 'automatic',
				description: 'Way in which the URL of this node is registered with Fanvue',
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
				description:
					'Events that start the workflow. Older payloads of Fanvue count as the same events.',
			},
			{
				displayName: 'Include Own Messages',
				name: 'includeOwnMessages',
				type: 'boolean',
				default: false,
				description:
					'Whether Message: Received also starts the workflow for messages that the creator wrote',
				displayOptions: {
					show: { events: ['creator.message.received', 'message.received', ANY_EVENT] },
				},
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await withoutSecrets(this, async () => {
					const registration = new Registration(this);
					if (!isManualRegistration(this)) return await registration.exists();
					await registration.removeLeftover();
					return true;
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await withoutSecrets(this, async () => await new Registration(this).create());
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await withoutSecrets(this, async () => await new Registration(this).remove());
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (isUrlCheck(this)) return receiveUrlCheck(this);
		return await withoutSecrets(this, async () => await receiveDelivery(this));
	}
}

/** Rethrows failures as node errors, with the secrets of the credential masked. */
async function withoutSecrets<T>(
	context: IHookFunctions | IWebhookFunctions,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const secrets = await new ApiClient(context, fanvueApi).secrets();
		throw toNodeError(context.getNode(), { error, itemIndex: undefined, secrets });
	}
}
