import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { ApiClient } from '../shared/client/apiClient';
import { fanvueApi } from './api';
import { pollFanvue } from './trigger/polling/poll';

export class FanvuePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanvue Polling Trigger',
		name: 'fanvuePollingTrigger',
		icon: { light: 'file:../../icons/fanvue.svg', dark: 'file:../../icons/fanvue.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["event"].replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase()) }}',
		description: 'Polls Fanvue for new events. Use it when n8n cannot receive webhooks.',
		defaults: { name: 'Fanvue Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanvueOAuth2Api', required: true }],
		polling: true,
		eventTriggerDescription:
			'Fetching the newest entry of the chosen kind. If there is none, trigger one from another account, for example by sending the creator a message.',
		activationMessage:
			'The workflow now starts for events that are newer than this moment. How often Fanvue is polled is set under Poll Times.',
		properties: [
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				required: true,
				options: [
					{
						name: 'Any Notification',
						value: 'notification',
						description: 'Any entry of the notification feed',
					},
					{
						name: 'New Follower',
						value: 'newFollower',
						description: 'A user followed the creator',
					},
					{
						name: 'New Message',
						value: 'newMessage',
						description: 'A fan sent a message. Polling does not mark the chat as read.',
					},
					{
						name: 'New Sale',
						value: 'newSale',
						description: 'A purchase, tip, subscription or renewal was paid',
					},
					{
						name: 'New Subscriber',
						value: 'newSubscriber',
						description: 'A subscription began',
					},
					{ name: 'New Tip', value: 'newTip', description: 'A fan sent a tip' },
				],
				default: 'newMessage',
				description: 'Event that starts the workflow',
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const rows = await pollFanvue(this);
			return rows.length === 0 ? null : [rows.map((json) => ({ json }))];
		} catch (error) {
			const secrets = await new ApiClient(this, fanvueApi).secrets();
			throw toNodeError(this.getNode(), { error, itemIndex: undefined, secrets });
		}
	}
}
