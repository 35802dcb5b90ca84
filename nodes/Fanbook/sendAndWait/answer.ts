import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { approval } from './operation';
import { confirmPage, textPage, thanksPage } from './pages';

/**
 * Where answers arrive: n8n's waiting address of the execution, which n8n signs and checks. Links
 * are followed with GET, forms come back with POST.
 */
export const answerWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
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

/** Programs that open links to show or check them, and never mean to answer. */
const ROBOT =
	/bot\b|bot\/|crawl|spider|preview|prefetch|facebookexternalhit|whatsapp|slackbot|telegrambot|discordbot|headlesschrome|okhttp-preview|link-?check/i;

/** Takes an answer to Send and Wait for Response and lets the execution go on with it. */
export async function takeAnswer(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: unknown = this.getRequestObject();
	const posted = isObject(request) && request.method === 'POST';
	const headers = this.getHeaderData();
	const agent = headers['user-agent'] ?? '';
	const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers.purpose ?? '')}`;
	if (!posted && (ROBOT.test(agent) || /prefetch|preview/i.test(purpose))) {
		return { webhookResponse: '' };
	}
	return this.getNodeParameter('responseType', 'approval') === 'freeText'
		? takeText(this, posted)
		: takeClick(this, posted);
}

function takeText(context: IWebhookFunctions, posted: boolean): IWebhookResponseData {
	if (!posted) {
		const option = (name: string) =>
			textOf(context.getNodeParameter(`additionalFields.${name}`, ''));
		return {
			webhookResponse: textPage({
				title: option('responseFormTitle') || 'Your answer',
				description:
					option('responseFormDescription') || textOf(context.getNodeParameter('message', '')),
				button: option('responseFormButtonLabel') || 'Submit',
			}),
		};
	}
	return goOn({ text: textOf(context.getBodyData().text) });
}

function takeClick(context: IWebhookFunctions, posted: boolean): IWebhookResponseData {
	const query: unknown = context.getQueryData();
	const approved = isObject(query) && query.approved === 'true';
	const asks = context.getNodeParameter('additionalFields.confirmClick', false) === true;
	if (asks && !posted) {
		const { approveLabel, disapproveLabel } = approval(
			context.getNodeParameter('approvalOptions', {}),
		);
		const title = textOf(context.getNodeParameter('message', ''));
		const button = approved ? approveLabel : disapproveLabel;
		return { webhookResponse: confirmPage({ title, button }) };
	}
	return goOn({ approved });
}

/** n8n's own shape of such an answer. */
function goOn(answer: IDataObject): IWebhookResponseData {
	const data = { ...answer, respondedAt: new Date().toISOString() };
	return { webhookResponse: thanksPage(), workflowData: [[{ json: { data } }]] };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
