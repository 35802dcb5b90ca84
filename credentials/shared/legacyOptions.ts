import type { IHttpRequestOptions } from 'n8n-workflow';

/** Options of n8n's older request helper, which the HTTP Request node still uses. */
interface LegacyOptions {
	uri?: unknown;
	form?: unknown;
}

/**
 * Converts legacy request options (`uri`, `form`) to current ones (`url`, `body`), so that the
 * credential also works in n8n's HTTP Request node.
 */
export function normalizeRequestOptions(options: IHttpRequestOptions): IHttpRequestOptions {
	const { uri, form, ...rest }: IHttpRequestOptions & LegacyOptions = options;
	const request: IHttpRequestOptions = { ...rest, url: typeof uri === 'string' ? uri : rest.url };
	if (typeof form === 'object' && form !== null) request.body = { ...form };
	else if (typeof form === 'string') request.body = form;
	return request;
}
