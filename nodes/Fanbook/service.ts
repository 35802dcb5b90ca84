import type { Operation, Resource, Service } from '../shared/definition/operation';
import { readAnswer } from './answers';
import { contentOption, withContent } from './content';
import { paging } from './paging';

/** Fanbook, as it speaks: one host, JSON bodies, two envelopes, and JSON inside JSON. */
export function fanbookService(resources: Resource[]): Service {
	return {
		name: 'Fanbook',
		credentialType: 'fanbookBotApi',
		// The credential puts the bot token behind this path.
		hosts: ({ host }) => ({
			api: typeof host === 'string' ? `${host.trim().replace(/\/+$/, '')}/api/bot` : '',
		}),
		encoding: 'json',
		resources: resources.map((resource) => ({
			...resource,
			operations: resource.operations.map((operation) => withReceipt(withContent(operation))),
		})),
		paging,
		commonOptions: [contentOption],
		parseResponse: readAnswer,
		validateCredential: ({ botToken }) =>
			typeof botToken === 'string' && botToken.trim() !== ''
				? undefined
				: 'The Fanbook credential has no bot token',
	};
}

/** Most writes answer with a bare true, which says no more than that they were done. */
function withReceipt(operation: Operation): Operation {
	return operation.scalarKey === undefined ? { emptyResult: 'success', ...operation } : operation;
}
