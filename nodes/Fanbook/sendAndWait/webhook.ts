import { isbot } from 'isbot';
import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { isEmptyValue } from '../../shared/execution/parameterValues';
import { shown } from '../../shared/execution/shownValue';
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

type Headers = ReturnType<IWebhookFunctions['getHeaderData']>;

/**
 * Returns whether a program opened the link to preview or check it. The rule for user agents is the
 * one of n8n's own nodes.
 */
function isAutomatic(headers: Headers): boolean {
	const agent = headers['user-agent'] ?? '';
	const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) =>
		String(headers[name] ?? ''),
	);
	return (
		agent.trim() === '' || isbot(agent) || /prefetch|prerender|preview/i.test(purposes.join(' '))
	);
}

/**
 * Returns whether a link was opened as a page, in the way of a browser. Pages also embed addresses as
 * images and frames, and request them by scripts.
 */
function isNavigation(headers: Headers): boolean {
	const agent = headers['user-agent'] ?? '';
	const accept = String(headers.accept ?? '*/*').trim();
	const destination = headers['sec-fetch-dest'] ?? 'document';
	return (
		/^(?:Mozilla|Opera)\//.test(agent) &&
		(accept === '*/*' || /\btext\/html\b/i.test(accept)) &&
		destination === 'document'
	);
}

/**
 * Returns whether a click must be confirmed on a page: where the user chose so, in human review of AI
 * tools unless the user chose otherwise, and for programs that do not request pages as browsers do.
 */
function needsConfirmation(context: IWebhookFunctions): boolean {
	const isHumanReview = context.getNode().type.endsWith('HitlTool');
	const chosen: unknown = context.getNodeParameter('additionalFields.confirmClick', isHumanReview);
	// An expression may give text. Whatever is not a clear No asks for confirmation.
	const isOff = isEmptyValue(chosen) ? !isHumanReview : /^\s*(?:false|0)\s*$/i.test(shown(chosen));
	return !isOff || !isNavigation(context.getHeaderData());
}

/** Receives the answer to Send and Wait for Response and resumes the execution. */
export async function receiveResponse(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: unknown = this.getRequestObject();
	const method = isObject(request) ? request.method : undefined;
	const isPost = method === 'POST';
	if (!isPost && (method !== 'GET' || isAutomatic(this.getHeaderData()))) {
		return { webhookResponse: '' };
	}
	return this.getNodeParameter('responseType', 'approval') === 'freeText'
		? receiveText(this, isPost)
		: receiveClick(this, isPost);
}

function receiveText(context: IWebhookFunctions, isPost: boolean): IWebhookResponseData {
	const text = isPost ? asText(context.getBodyData().text) : '';
	// The page asks for a text; whatever posts none gets the page again.
	if (text.trim() === '') {
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
	return resumeWith({ text });
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

/** Returns a text, or a number from an expression as text. */
function asText(value: unknown): string {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value : '';
}
