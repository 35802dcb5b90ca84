import type { ApiError, ApiRequest, HttpResponse } from '../http';
import type { Json } from '../json';
import type { Api } from './api';
import { describeData, findMismatch, shapeOf } from './responseShape';

/** The code of an error that is a web page in place of a response, so it says nothing about the credential. */
export const WEB_PAGE = 'webPage';

/** How pages begin, whole ones and those of proxies that send a few elements. */
const WEB_PAGE_START =
	/^\s{0,100}(?:<\?xml[^>]{0,200}\?>\s{0,100}(?=<(?:!doctype\s{1,10}html|html)\b))?<(?:!--|(?:!doctype|html|head|title|body|meta|link|base|script|noscript|style|main|section|article|header|div|p|span|h[1-6]|center|font|table|br|hr|pre|a|img|b|strong)\b)/i;

/** The data of a response that is what the call returns, or why there are none. */
type CheckedResponse = { data: Json | undefined; error?: undefined } | { error: ApiError };

/**
 * Parses a response as the service does, and compares it with what the call returns. If the user defines
 * the request, a successful response may also have no content, and one that is returned as it is need not
 * be one that the service parses.
 */
export function readResponse(
	api: Api,
	request: ApiRequest,
	response: HttpResponse,
): CheckedResponse {
	const { responseFormat, writes } = request;
	const { status, text } = response;
	const isSuccess = status >= 200 && status < 300;
	if (responseFormat !== undefined && isSuccess && status !== 200 && text === '') {
		return { data: undefined };
	}
	const shape =
		responseFormat === undefined ? shapeOf(api.responseShapes, request.endpoint) : undefined;
	const otherResponse = (found: string) => ({
		error: {
			message: `${api.name} returned ${found} instead of ${shape?.name ?? 'a result'}`,
			description: wayOut(found, writes),
			outcomeUnknown: true,
		},
	});

	if (isForeignPage(api, response)) return { error: foreignPageError(api.name, status) };
	const parsed = api.parseResponse(response, request);
	if (responseFormat === 'text' || responseFormat === 'file') {
		const isReported = parsed.error !== undefined && parsed.error.outcomeUnknown !== true;
		if (isSuccess && !isReported) return { data: undefined };
	}
	if (parsed.error !== undefined) return parsed;
	if (parsed.unexpected !== undefined) return otherResponse(parsed.unexpected);
	const { data, isReinterpreted } = parsed;
	let found: string | undefined;
	if (shape !== undefined && isReinterpreted !== true) found = findMismatch(data, shape);
	else if (responseFormat !== undefined && data === undefined && !writes)
		found = describeData(data);
	return found === undefined ? { data } : otherResponse(found);
}

/**
 * Returns whether a request was rejected with a web page. The services themselves reject in other formats,
 * though some of them call theirs HTML.
 */
function isForeignPage({ webPageStatuses = [] }: Api, { status, text }: HttpResponse): boolean {
	const isRejected =
		status >= 400 && status < 500 && status !== 429 && !webPageStatuses.includes(status);
	return isRejected && WEB_PAGE_START.test(text.slice(0, 500));
}

function foreignPageError(service: string, status: number): ApiError {
	return {
		message: `A web page with status ${status} was returned in place of ${service}'s response`,
		description: `A proxy or firewall between n8n and ${service} blocked the request. Check the network of n8n and Base URL in the credential`,
		code: WEB_PAGE,
	};
}

/** Returns what to do after a response that the call cannot have. */
function wayOut(found: string, writes: boolean): string {
	const report =
		'If it happens again, check Base URL in the credential, or report it to the maintainers of this node';
	if (writes) return report;
	// Services return null for an object that does not exist.
	const first =
		found === 'null' ? 'Check the IDs, and whether the object was deleted' : 'Run it again later';
	return `${first}. ${report}`;
}
