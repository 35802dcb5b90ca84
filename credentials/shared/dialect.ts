import type { IHttpRequestOptions } from 'n8n-workflow';

/** The members that n8n's HTTP Request node names in the way of its older request helper. */
interface Older {
	uri?: unknown;
	form?: unknown;
}

/**
 * A request in today's words, whichever way it was written, so that n8n's HTTP Request node can be used
 * with the credential as well: `uri` becomes `url`, `form` becomes `body`.
 */
export function inTodaysWords(options: IHttpRequestOptions): IHttpRequestOptions {
	const { uri, form, ...rest }: IHttpRequestOptions & Older = options;
	const request: IHttpRequestOptions = { ...rest, url: typeof uri === 'string' ? uri : rest.url };
	if (typeof form === 'object' && form !== null) request.body = { ...form };
	else if (typeof form === 'string') request.body = form;
	return request;
}
