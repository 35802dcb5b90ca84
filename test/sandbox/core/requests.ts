import { findViolations, type Rule } from '../../../sandbox/core/requestValidator';
import { findEndpoint, type EndpointMatch, type ServiceName } from '../../../sandbox/core/contract';
import { readRequest, type SandboxRequest } from '../../../sandbox/core/request';

export interface SentRequest {
	service: ServiceName;
	/** Method and path with query, below the service's base address. */
	to: string;
	type?: string;
	body?: string;
}

export const UUID = '8d2f8bd2-1f6c-4b0e-9d52-6d1f0a2b3c4d';
export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

export function receive(sent: SentRequest): { match: EndpointMatch; request: SandboxRequest } {
	const [method = '', url = ''] = sent.to.split(' ');
	const request = readRequest({
		service: sent.service,
		mount: `/${sent.service}`,
		method,
		url: `/${sent.service}${url}`,
		headers: sent.type === undefined ? {} : { 'Content-Type': sent.type },
		body: Buffer.from(sent.body ?? '', 'utf8'),
	});
	const has = (name: string): boolean => sent.body?.includes(`"${name}"`) ?? false;
	const match = findEndpoint(sent.service, { method, path: request.path, has });
	if (!match) throw new TypeError(`no endpoint for ${sent.to}`);
	return { match, request };
}

export function violationsOf(sent: SentRequest): Array<[string, Rule]> {
	const { match, request } = receive(sent);
	return findViolations(match, request).map(({ parameter, rule }) => [parameter, rule]);
}

export const fanbook = (to: string, body: string, type = JSON_TYPE): SentRequest => ({
	service: 'fanbook',
	to,
	type,
	body,
});
export const fanvue = (to: string, body?: string, type = JSON_TYPE): SentRequest =>
	body === undefined ? { service: 'fanvue', to } : { service: 'fanvue', to, type, body };
export const fanfou = (to: string, body: string, type = FORM_TYPE): SentRequest => ({
	service: 'fanfou',
	to,
	type,
	body,
});

/** A multipart body with a file and a text; its boundary is `b`. */
export const PHOTO = [
	'--b',
	'Content-Disposition: form-data; name="photo"; filename="a.png"',
	'Content-Type: image/png',
	'',
	'png bytes',
	'--b',
	'Content-Disposition: form-data; name="status"',
	'',
	'饭否',
	'--b--',
	'',
].join('\r\n');
