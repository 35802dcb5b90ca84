import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from './listSearch';
import { properties } from './trigger/fields';
import { pollFanfou } from './trigger/poll';

export class FanfouTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanfou Trigger',
		name: 'fanfouTrigger',
		icon: { light: 'file:../../icons/fanfou.svg', dark: 'file:../../icons/fanfou.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["event"].replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase()) }}',
		description: 'Starts the workflow on new statuses, mentions, messages and followers on Fanfou',
		defaults: { name: 'Fanfou Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanfouOAuth1Api', required: true }],
		polling: true,
		eventTriggerDescription:
			'Fetching the newest entry of the chosen list. If it is empty, post a matching status, for example one that mentions the account.',
		activationMessage:
			'The workflow now starts for entries that are newer than this moment. How often Fanfou is polled is set under Poll Times.',
		properties,
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const rows = await pollFanfou(this);
		return rows.length === 0 ? null : [rows.map((json) => ({ json }))];
	}
}
