import type { N8nContext } from './api';
import type { Concurrency } from './concurrency';
import type { Bucket } from './rateLimiter';

/** What an execution learned about the limits of a service. */
export interface ExecutionLimits {
	/** By operation. */
	readonly concurrency: Map<object, Concurrency>;
	/** Rate limits by name. */
	readonly buckets: Map<string, Bucket>;
}

/**
 * By the cancel signal that n8n creates for each execution and gives to all of its nodes, so that the
 * limits are forgotten with the execution; then by credential.
 */
const limitsOfExecutions = new WeakMap<AbortSignal, Map<string, ExecutionLimits>>();

/**
 * Returns what the nodes of this execution learned that use the same credential. Sub-workflows,
 * triggers, and credentials without an ID start anew.
 */
export function executionLimits(context: N8nContext, credentialType: string): ExecutionLimits {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const id = context.getNode().credentials?.[credentialType]?.id;
	if (signal === undefined || typeof id !== 'string') return newLimits();
	const ofExecution = limitsOfExecutions.get(signal) ?? new Map<string, ExecutionLimits>();
	limitsOfExecutions.set(signal, ofExecution);
	const limits = ofExecution.get(id) ?? newLimits();
	ofExecution.set(id, limits);
	return limits;
}

function newLimits(): ExecutionLimits {
	return { concurrency: new Map(), buckets: new Map() };
}
