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
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase())).join(", ") }}',
		description: 'Starts the workflow on messages, joins, reactions and other events of Fanbook',
		defaults: { name: 'Fanbook Trigger' },
		eventTriggerDescription:
			'Waiting for an event. To trigger one, write a message in a channel that the bot can see, from your own account.',
		activationMessage:
			'The workflow now starts on each chosen event. Events of the bot itself never start it.',
		triggerPanel: {
			header: 'Receive an event from Fanbook',
			executionsHelp: {
				inactive:
					'<b>While you build your workflow</b>, click Execute step and trigger an event in Fanbook, for example by writing a message in a channel that the bot can see. With When Testing set to Fetch the Last Message, the newest message is used instead.<br /><br /><b>When you are done</b>, <a data-key="activate">publish</a> the workflow to run it automatically.',
				active:
					'<b>While you build your workflow</b>, click Execute step and trigger an event in Fanbook, for example by writing a message in a channel that the bot can see. With When Testing set to Fetch the Last Message, the newest message is used instead.<br /><br /><b>Your workflow also runs automatically</b>, because it is published. These executions appear in the <a data-key="executions">executions list</a>.',
			},
			activationHint: 'Publish the workflow to receive events without this editor',
		},
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
