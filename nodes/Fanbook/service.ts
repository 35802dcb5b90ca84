import type { Operation, Resource, Service } from '../shared/definition/operation';
import { fanbookApi } from './api';
import { contentOption, withParsedContent } from './content';
import { paging } from './paging';
import { apiRequest } from './resources/apiRequest';
import { badge } from './resources/badge';
import { bot } from './resources/bot';
import { channel } from './resources/channel';
import { circlePost } from './resources/circlePost';
import { invite } from './resources/invite';
import { member } from './resources/member';
import { message } from './resources/message';
import { messageCard } from './resources/messageCard';
import { role } from './resources/role';
import { server } from './resources/server';
import { serverNotification } from './resources/serverNotification';
import { update } from './resources/update';

const resources: Resource[] = [
	apiRequest,
	badge,
	bot,
	channel,
	circlePost,
	invite,
	member,
	message,
	messageCard,
	role,
	server,
	serverNotification,
	update,
];

/** All operations of the Fanbook node. */
export const fanbook: Service = {
	api: fanbookApi,
	preferredResource: 'Message',
	resources: resources.map((resource) => ({
		...resource,
		operations: resource.operations.map((operation) =>
			withEmptyResult(withParsedContent(operation)),
		),
	})),
	paging,
	commonOptions: [contentOption],
};

/** Most writes return only true. */
function withEmptyResult(operation: Operation): Operation {
	return operation.scalarKey === undefined ? { emptyResult: 'success', ...operation } : operation;
}
