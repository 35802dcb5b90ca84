import type { IDataObject } from 'n8n-workflow';
import { NodeFailure } from './errors';
import { isObject } from './json';

/**
 * Returns what a node has stored in its workflow.
 *
 * @throws NodeFailure if a changed workflow holds something else there, which a node cannot replace
 */
export function nodeStaticData(context: {
	getWorkflowStaticData: (type: 'node') => IDataObject;
}): IDataObject {
	const stored: unknown = context.getWorkflowStaticData('node');
	if (isObject(stored)) return context.getWorkflowStaticData('node');
	throw new NodeFailure('The data that this node stored in the workflow are damaged', {
		description: 'Delete this node, add it again and publish the workflow',
	});
}
