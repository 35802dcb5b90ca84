import { loadContract, type Endpoint, type Parameter } from '../../../sandbox/core/contract';

/** Endpoints of the contract that the node does not offer yet. */
export const NOT_OFFERED: readonly string[] = [
	'getSubscriber',
	'getFanRetentionSummary',
	'getAppStoreListing',
	'getUploadPartUrls',
	'getCreatorUploadPartUrls',
];

/** Endpoints that the node does not call below `/v1` yet. */
export const NOT_CALLED_BELOW_V1: readonly string[] = [
	'createChat',
	'getUnreadChatsCount',
	'getBatchStatuses',
	'listMedia',
	'deleteMessage',
	'getMessageMediaByUuids',
	'getSmartLists',
	'getCustomLists',
	'listTemplateMessages',
	'getSubscribers',
	'getTopSpenders',
	'getPostByUuid',
	'getPostComments',
	'createPostComment',
	'deletePostComment',
	'listCollections',
	'listTrackingLinks',
	'listWebhookSubscriptions',
	'listAgencyEarningsByDay',
	'createCreatorUploadSession',
	'completeCreatorUploadSession',
	'createCreatorPost',
	'getCreatorEarningsSummary',
];

/** Parameters that the node does not offer yet, by endpoint. */
const NEW_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
	getEarnings: ['transactionOrderIds'],
	getCreatorEarnings: ['transactionOrderIds'],
	listSubscribers: ['startDate', 'endDate'],
};

/** Limits on the number of items that the node does not have yet, by endpoint. */
const NEW_LIMITS: readonly string[] = ['getBatchStatuses'];

function offeredParameters({ id }: Endpoint, parameters: readonly Parameter[]): Parameter[] {
	return parameters
		.filter(({ name }) => !NEW_PARAMETERS[id]?.includes(name))
		.map((parameter) => {
			const offered = { ...parameter };
			if (NEW_LIMITS.includes(id)) delete offered.maxItems;
			return offered;
		});
}

/** Returns the part of the contract that the node offers. */
export function offeredEndpoints(): Endpoint[] {
	return loadContract('fanvue')
		.endpoints.filter(({ id }) => !NOT_OFFERED.includes(id))
		.map((endpoint) => {
			const offered: Endpoint = {
				...endpoint,
				parameters: offeredParameters(endpoint, endpoint.parameters),
			};
			if (endpoint.variants) {
				offered.variants = endpoint.variants.map((variant) => ({
					...variant,
					parameters: offeredParameters(endpoint, variant.parameters),
				}));
			}
			if (NOT_CALLED_BELOW_V1.includes(endpoint.id)) delete offered.v1;
			return offered;
		});
}
