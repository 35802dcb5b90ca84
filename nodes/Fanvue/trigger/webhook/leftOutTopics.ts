import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeFailure } from '../../../shared/errors';
import { isManualRegistration } from './registrationMode';
import { failAfterResponse } from './rejectDelivery';
import type { StoredSubscription } from './signingSecret';
import { nodeStaticData } from '../../../shared/staticData';

export const LEFT_OUT_ADVICE =
	'Add the missing scopes to the app in the developer area of Fanvue and to Scopes in the credential, and connect the account again. Events of the app itself need Registration set to Manual';

/** What was reported in this process: the URL of the node and the topics. */
const reported = new Set<string>();

/**
 * Throws once after a response is sent if the subscription lacks chosen topics, so that n8n saves a
 * failed execution with the reason. Only for requests that start no workflow, because a webhook cannot
 * do both.
 */
export function reportLeftOutTopics(
	context: IWebhookFunctions,
	result: IWebhookResponseData,
): IWebhookResponseData {
	if (context.getMode() === 'manual') return result;
	if (isManualRegistration(context)) return result;
	const stored: StoredSubscription = nodeStaticData(context);
	const { leftOut } = stored;
	if (typeof leftOut !== 'string' || leftOut === '') return result;
	const key = `${String(context.getNodeWebhookUrl('default'))} ${leftOut}`;
	if (reported.has(key)) return result;
	reported.add(key);
	failAfterResponse(
		context,
		new NodeFailure(`Fanvue Trigger does not receive ${leftOut}`, {
			description: `${LEFT_OUT_ADVICE}. Then unpublish and publish the workflow. The other chosen events arrive`,
		}),
	);
}
