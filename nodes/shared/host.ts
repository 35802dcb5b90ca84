import type { IExecuteFunctions, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { NodeApiError, safeRegex } from 'n8n-workflow';
import { isObject } from './json';

/**
 * Capabilities that older versions of n8n lack. Each is detected directly and never by version
 * number; `npm run test:hosts` runs the end-to-end tests in the supported versions.
 */

/**
 * Returns the setting with which n8n hands over responses of every status, except where it has to see
 * the status itself, because it then refreshes the token.
 *
 * n8n-workflow 2.9 can except single statuses. Older versions take any object for `true` and would never
 * refresh, so this is a boolean: other error statuses are read from the error that n8n throws.
 */
export function ignoreStatusErrors(refreshOn: readonly number[]): boolean {
	return refreshOn.length === 0;
}

/**
 * Returns the item that replaces one that failed. n8n before 2.34 recognizes an item for the error output
 * by exactly these two keys: `error` holds what happened, `message` what to do next.
 */
export function errorItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const status =
		error instanceof NodeApiError && error.httpCode ? `HTTP status ${error.httpCode}` : '';
	const message = [error.description, status].filter(Boolean).join('. ');
	return {
		json: { error: error.message, message: message === '' ? error.message : message },
		pairedItem: { item: itemIndex },
	};
}

/** Adds hints to the output panel. n8n before 1.73 has no place for them. */
export function addHints(context: IExecuteFunctions, hints: Iterable<string>): void {
	const list = [...hints].map((message) => ({ message, location: 'outputPane' as const }));
	if (list.length > 0 && typeof context.addExecutionHints === 'function')
		context.addExecutionHints(...list);
}

/**
 * Reports what a running node does: in the log, and in a manual run in the browser's console, which is
 * the only place that n8n has for messages of a node that has not ended.
 */
export function reportProgress(context: object, message: string): void {
	if ('logger' in context && isObject(context.logger)) callMethod(context.logger, 'info', message);
	callMethod(context, 'sendMessageToUI', message);
}

/** Calls a method that not every n8n version and context has. */
function callMethod(target: object, name: string, argument: string): void {
	const method: unknown = Reflect.get(target, name);
	if (typeof method === 'function') Reflect.apply(method, target, [argument]);
}

/** Whether n8n can sign the address at which a waiting execution resumes, as it can from 1.104 on. */
export function canSignResumeUrl(context: IExecuteFunctions): boolean {
	return typeof context.getSignedResumeUrl === 'function';
}

/**
 * Makes n8n reject resume requests without a valid signature. Versions between 1.106 and 2.15 check the
 * signature only on request, later ones always.
 */
export function requireSignedResume(context: object): void {
	const require: unknown = Reflect.get(context, 'setSignatureValidationRequired');
	if (typeof require === 'function') Reflect.apply(require, context, []);
}

/**
 * Returns whether n8n's egress filter allows a connection.
 *
 * @param policy `enforced` checks also where n8n does not check its own requests
 * @returns the filter's verdict, undefined where n8n has no filter
 */
export async function checkEgress(
	{ helpers }: { helpers: object },
	url: URL | string,
	policy?: 'enforced',
): Promise<{ isAllowed: boolean; reason?: string } | undefined> {
	const filter = egressFilter({ helpers }, policy);
	if (filter === undefined) return undefined;
	const verdict = await filter.validateUrl(url);
	return verdict.ok ? { isAllowed: true } : { isAllowed: false, reason: verdict.error.message };
}

/** What n8n's egress filter offers: a verdict on a URL, and a DNS lookup that applies the same rules. */
export type EgressFilter = Pick<
	ReturnType<IExecuteFunctions['helpers']['getSecureEgressFilter']>,
	'validateUrl' | 'createSecureLookup'
>;

/**
 * Returns n8n's egress filter. n8n has none before 2.30, and until 2.37 only if its protection is on; until
 * the first versions of 2.39 it ignores the policy.
 */
export function egressFilter(
	{ helpers }: { helpers: object },
	policy?: 'enforced',
): EgressFilter | undefined {
	if (!hasEgressFilter(helpers)) return undefined;
	return policy === undefined
		? helpers.getSecureEgressFilter()
		: helpers.getSecureEgressFilter(policy);
}

/**
 * Whether n8n can connect to the address of a host over HTTPS: before 2.36 it compares certificates with the
 * address in the URL. Where it cannot and its protection is on, it checks the address of each connection
 * itself. The versions between cannot be told apart; the helper takes the policy from late 2.39 on.
 */
export function canConnectToAddress({ helpers }: { helpers: object }): boolean {
	return hasEgressFilter(helpers) && helpers.getSecureEgressFilter.length > 0;
}

type EgressHelpers = Pick<IExecuteFunctions['helpers'], 'getSecureEgressFilter'>;

function hasEgressFilter(helpers: object): helpers is EgressHelpers {
	return isObject(helpers) && typeof helpers.getSecureEgressFilter === 'function';
}

/**
 * Tests a text with a pattern of the user.
 *
 * @throws if n8n ends a match that takes too long; older versions cannot
 */
export function testPattern(pattern: RegExp, text: string): boolean {
	return safeRegex === undefined
		? pattern.test(text)
		: safeRegex.test(pattern.source, text, pattern.flags);
}

/** Whether the Node.js of n8n has a WebSocket, as it has from version 22 on. */
export function hasWebSocket(): boolean {
	return typeof WebSocket !== 'undefined';
}
