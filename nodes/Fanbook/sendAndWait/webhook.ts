import { isbot } from 'isbot';
import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { approvalOf } from './operation';
import { confirmPage, textPage, thanksPage } from './pages';

/**
 * The address of the paused execution, which n8n signs and checks. Links are opened with GET, forms
 * are sent with POST.
 */
export const responseWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
	(httpMethod) => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	}),
);

/**
 * Returns whether a program opened the link to preview or check it. The rule for user agents is the
 * one of n8n's own nodes.
 */
function isAutomatic(headers: ReturnType<IWebhookFunctions['getHeaderData']>): boolean {
	const agent = headers['user-agent'] ?? '';
	const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers.purpose ?? '')}`;
	return agent.trim() === '' || isbot(agent) || /prefetch|preview/i.test(purpose);
}

/**
 * Returns whether a click must be confirmed on a page: where the user chose so, in human review of AI
 * tools unless the user chose otherwise, and for programs that do not identify as browsers.
 */
function needsConfirmation(context: IWebhookFunctions): boolean {
	const isHumanReview = context.getNode().type.endsWith('HitlTool');
	const isChosen = context.getNodeParameter('additionalFields.confirmClick', isHumanReview);
	const agent = context.getHeaderData()['user-agent'] ?? '';
	return isChosen === true || !/^(?:Mozilla|Opera)\//.test(agent);
}

/** Receives the answer to Send and Wait for Response and resumes the execution. */
export async function receiveResponse(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: unknown = this.getRequestObject();
	const isPost = isObject(request) && request.method === 'POST';
	if (!isPost && isAutomatic(this.getHeaderData())) return { webhookResponse: '' };
	return this.getNodeParameter('responseType', 'approval') === 'freeText'
		? receiveText(this, isPost)
		: receiveClick(this, isPost);
}

function receiveText(context: IWebhookFunctions, isPost: boolean): IWebhookResponseData {
	if (!isPost) {
		const option = (name: string) =>
			asText(context.getNodeParameter(`additionalFields.${name}`, ''));
		return {
			webhookResponse: textPage({
				title: option('responseFormTitle') || 'Your answer',
				description:
					option('responseFormDescription') || asText(context.getNodeParameter('message', '')),
				button: option('responseFormButtonLabel') || 'Submit',
			}),
		};
	}
	return resumeWith({ text: asText(context.getBodyData().text) });
}

function receiveClick(context: IWebhookFunctions, isPost: boolean): IWebhookResponseData {
	const query: unknown = context.getQueryData();
	const approved = isObject(query) && query.approved === 'true';
	if (!isPost && needsConfirmation(context)) {
		const { approveLabel, disapproveLabel } = approvalOf(
			context.getNodeParameter('approvalOptions', {}),
		);
		const title = asText(context.getNodeParameter('message', ''));
		const button = approved ? approveLabel : disapproveLabel;
		return { webhookResponse: confirmPage({ title, button }) };
	}
	return resumeWith({ approved });
}

/** Resumes with the answer in the shape that n8n's own nodes use. */
function resumeWith(answer: IDataObject): IWebhookResponseData {
	const data = { ...answer, respondedAt: new Date().toISOString() };
	return { webhookResponse: thanksPage(), workflowData: [[{ json: { data } }]] };
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
