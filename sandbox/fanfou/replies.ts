import type { SandboxRequest } from '../core/request';
import { ApiError, type Reply } from '../core/service';

function escapeXml(text: string): string {
	return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function pathOf(request: SandboxRequest): string {
	return request.rawUrl.slice(request.mount.length) || '/';
}

/** Creates an error response in XML, as the OAuth pages send it. */
export function xmlError(status: number, message: string, request: SandboxRequest): Reply {
	const text = [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<hash>',
		`  <request>${escapeXml(request.path)}</request>`,
		`  <error>${escapeXml(message)}</error>`,
		'</hash>',
		'',
	].join('\n');
	return { status, text, contentType: 'application/xml; charset=utf-8' };
}

/** Creates an error response of the API: the requested path with query, and the reason. */
export function jsonError(status: number, message: string, request: SandboxRequest): Reply {
	return { status, json: { request: pathOf(request), error: message }, failed: true };
}

/** Creates an error page in HTML, as Fanfou's proxies send it when the servers are down. */
export function htmlError(status: number, message: string): Reply {
	const title = escapeXml(`${status} ${message}`);
	return {
		status,
		text: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
		contentType: 'text/html; charset=utf-8',
	};
}

/** Creates an error response: HTML from status 500, XML on the OAuth pages, otherwise JSON. */
export function errorReply(status: number, message: string, request: SandboxRequest): Reply {
	if (status >= 500) return htmlError(status, message);
	return request.mount === '/fanfou-login'
		? xmlError(status, message, request)
		: jsonError(status, message, request);
}

/** Creates an error to throw, or to return from authenticate. */
export function createError(status: number, message: string, request: SandboxRequest): ApiError {
	return new ApiError(errorReply(status, message, request));
}
