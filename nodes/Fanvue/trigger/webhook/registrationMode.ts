import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { invalidParameter } from '../../../shared/errors';
import { shown } from '../../../shared/execution/shownValue';

/**
 * Returns whether the user registers the URL of the node in the Events tab of the app.
 *
 * @throws NodeFailure for an unknown choice
 */
export function isManualRegistration(context: IHookFunctions | IWebhookFunctions): boolean {
	const chosen: unknown = context.getNodeParameter('registration', 'automatic');
	if (chosen === 'manual') return true;
	if (chosen === 'automatic') return false;
	throw invalidParameter(
		'Registration',
		`cannot be "${shown(chosen)}"`,
		'Use automatic or manual, or choose one from the list',
	);
}
