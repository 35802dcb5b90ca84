import type {
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch, loadOptions } from './listSearch';
import { properties } from './trigger/parameters';
import { startTrigger } from './trigger/start';

export class FanbookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanbook Trigger',
		name: 'fanbookTrigger',
		icon: { light: 'file:../../icons/fanbook.svg', dark: 'file:../../icons/fanbook.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when something happens in Fanbook',
		defaults: { name: 'Fanbook Trigger' },
		eventTriggerDescription: 'Waiting for something to happen in Fanbook',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanbookBotApi', required: true }],
		properties,
	};

	methods = { listSearch, loadOptions };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await startTrigger(this);
	}
}
