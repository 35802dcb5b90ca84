import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { SUBTITLE, describeService } from '../shared/definition/describe';
import { createEndpointSearch } from '../shared/execution/apiRequest/endpointSearch';
import { executeOperation } from '../shared/execution/executeOperation';
import { listSearch } from './listSearch';
import { loadOptions } from './loadOptions';
import { otherPaths } from './routes';
import { fanvue } from './service';

export class Fanvue implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanvue',
		name: 'fanvue',
		icon: { light: 'file:../../icons/fanvue.svg', dark: 'file:../../icons/fanvue.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Work with chats, posts, media, fans and earnings on Fanvue',
		defaults: { name: 'Fanvue' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanvueOAuth2Api', required: true }],
		// Fanvue returns this secret only once, so it is not masked.
		sensitiveOutputFields: ['signingSecret'],
		properties: describeService(fanvue),
	};

	methods = {
		listSearch: { ...listSearch, searchEndpoints: createEndpointSearch(fanvue, otherPaths) },
		loadOptions,
	};

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, fanvue);
	}
}
