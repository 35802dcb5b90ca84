import type { SandboxRequest } from '../core/request';
import { ApiError, type Reply } from '../core/service';

function escapeXml(text: string): string {
	return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function pathOf(request: SandboxRequest): string {
	return request.rawUrl.slice(request.mount.length) || '/';
}

/** The OAuth pages answer refusals as XML. */
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

/** The API's own shape: what was asked (path and query) and why not. */
export function jsonError(status: number, message: string, request: SandboxRequest): Reply {
	return { status, json: { request: pathOf(request), error: message }, failed: true };
}

/** What stands before Fanfou's servers answers in HTML when they are down. */
export function htmlError(status: number, message: string): Reply {
	const title = escapeXml(`${status} ${message}`);
	return {
		status,
		text: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
		contentType: 'text/html; charset=utf-8',
	};
}

/** A failure in the form of the place it happens: HTML from 500 on, XML on the OAuth pages. */
export function errorReply(status: number, message: string, request: SandboxRequest): Reply {
	if (status >= 500) return htmlError(status, message);
	return request.mount === '/fanfou-login'
		? xmlError(status, message, request)
		: jsonError(status, message, request);
}

/** To be thrown (or returned by authenticate). */
export function createError(status: number, message: string, request: SandboxRequest): ApiError {
	return new ApiError(errorReply(status, message, request));
}
