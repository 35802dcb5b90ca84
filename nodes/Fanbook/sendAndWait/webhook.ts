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

/** User agents of programs that open links to preview or check them. */
const ROBOT =
	/bot\b|bot\/|crawl|spider|preview|prefetch|facebookexternalhit|whatsapp|slackbot|telegrambot|discordbot|headlesschrome|okhttp-preview|link-?check/i;

/** Receives the answer to Send and Wait for Response and resumes the execution. */
export async function receiveResponse(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: unknown = this.getRequestObject();
	const isPost = isObject(request) && request.method === 'POST';
	const headers = this.getHeaderData();
	const agent = headers['user-agent'] ?? '';
	const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers.purpose ?? '')}`;
	if (!isPost && (ROBOT.test(agent) || /prefetch|preview/i.test(purpose))) {
		return { webhookResponse: '' };
	}
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
	const asks = context.getNodeParameter('additionalFields.confirmClick', false) === true;
	if (asks && !isPost) {
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
