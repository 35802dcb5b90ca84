import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeFailure } from '../../../shared/errors';

/** Reasons to reject a delivery. */
export type RejectionReason = 'none' | 'unreadable' | 'missing' | 'expired' | 'mismatch';

/** Milliseconds between two failed executions about deliveries that one node rejected for one reason. */
const REPORT_INTERVAL_MS = 3_600_000;

/**
 * When a rejection was last reported, by the URL of the node and the reason. Anybody can send an unsigned
 * request, which must not hide that the signing secret is wrong.
 */
const lastReports = new Map<string, number>();

/**
 * Responds with 401. Once an hour for each reason it also throws after the response is sent, so that n8n saves a
 * failed execution that informs the owner of the workflow.
 */
export function rejectDelivery(
	context: IWebhookFunctions,
	{ reason, isManual }: { reason: RejectionReason; isManual: boolean },
): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(401).json({ message: 'The signature is not valid' });
	const key = `${reason} ${context.getNodeWebhookUrl('default')}`;
	const now = Date.now();
	const last = lastReports.get(key) ?? -Infinity;
	// A time in the future is one from before the clock was set back.
	if (now - last < REPORT_INTERVAL_MS && last <= now) {
		return { noWebhookResponse: true };
	}
	lastReports.set(key, now);
	failAfterResponse(context, rejectionFailure(reason, isManual));
}

/** Throws after the response is sent, so that n8n saves a failed execution. */
export function failAfterResponse(context: IWebhookFunctions, failure: NodeFailure): never {
	const response = context.getResponseObject();
	// n8n responds to a failed webhook as well. The response has been sent, so that must have no effect.
	Object.assign(response, { status: () => response, json: () => response });
	throw failure;
}

function rejectionFailure(reason: RejectionReason, isManual: boolean): NodeFailure {
	const message = `A delivery of Fanvue was rejected: ${MESSAGES[reason]}`;
	return new NodeFailure(message, {
		description: isManual ? DESCRIPTIONS[reason].manual : DESCRIPTIONS[reason].automatic,
	});
}

const MESSAGES: Record<RejectionReason, string> = {
	none: 'the node has no signing secret',
	unreadable: 'the stored signing secret cannot be decrypted',
	missing: 'it has no signature',
	expired: 'its signature is more than five minutes old or in the future',
	mismatch: 'its signature does not match the signing secret',
};

const REPUBLISH = 'Unpublish and publish the workflow, so that the node creates a new webhook';
const PASTE = 'Paste the signing secret of your app into Webhook Signing Secret in the credential';
const PROXY = 'Check that no proxy in front of n8n removes headers or changes the body';
const CLOCK = 'Check the clock of the machine that runs n8n';

const DESCRIPTIONS: Record<RejectionReason, { automatic: string; manual: string }> = {
	none: { automatic: REPUBLISH, manual: PASTE },
	unreadable: {
		automatic: `Client ID or Client Secret in the credential was changed. ${REPUBLISH}`,
		manual: PASTE,
	},
	missing: { automatic: PROXY, manual: PROXY },
	expired: { automatic: CLOCK, manual: CLOCK },
	mismatch: {
		automatic: `${REPUBLISH}. ${PROXY}`,
		manual: `${PASTE}. Each endpoint in the Events tab has its own secret`,
	},
};
