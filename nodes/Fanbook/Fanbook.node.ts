import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { SUBTITLE, describeService } from '../shared/definition/describe';
import { createEndpointSearch } from '../shared/execution/apiRequest/endpointSearch';
import { executeOperation } from '../shared/execution/executeOperation';
import { listSearch, loadOptions } from './listSearch';
import { fanbook } from './service';
import { responseWebhooks, receiveResponse } from './sendAndWait/webhook';

export class Fanbook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanbook',
		name: 'fanbook',
		icon: { light: 'file:../../icons/fanbook.svg', dark: 'file:../../icons/fanbook.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send messages and manage members, channels, circles and badges on Fanbook',
		defaults: { name: 'Fanbook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanbookBotApi', required: true }],
		webhooks: responseWebhooks,
		waitingNodeTooltip: 'The workflow continues when someone responds in Fanbook',
		// With this token anyone can receive the events of the bot.
		sensitiveOutputFields: ['user_token'],
		properties: describeService(fanbook),
	};

	methods = {
		listSearch: { ...listSearch, searchEndpoints: createEndpointSearch(fanbook) },
		loadOptions,
	};

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, fanbook);
	}

	async webhook(this: IWebhookFunctions) {
		return await receiveResponse.call(this);
	}
}
