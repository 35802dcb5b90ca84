import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { SUBTITLE, describeService } from '../shared/definition/describe';
import { createEndpointSearch } from '../shared/execution/apiRequest/endpointSearch';
import { executeOperation } from '../shared/execution/executeOperation';
import { listSearch } from './listSearch';
import { fanfou } from './service';

export class Fanfou implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fanfou',
		name: 'fanfou',
		icon: { light: 'file:../../icons/fanfou.svg', dark: 'file:../../icons/fanfou.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Read and post statuses, photos and direct messages on Fanfou',
		defaults: { name: 'Fanfou' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fanfouOAuth1Api', required: true }],
		// Login operations return tokens on purpose.
		sensitiveOutputFields: ['oauth_token', 'oauth_token_secret', 'authorize_url'],
		properties: describeService(fanfou),
	};

	methods = { listSearch: { ...listSearch, searchEndpoints: createEndpointSearch(fanfou) } };

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, fanfou);
	}
}
