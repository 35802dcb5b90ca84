import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Encoding } from '../endpoint';
import type { SecretPatterns } from '../secrets';
import type { ApiRequest, HttpResponse, NetworkError, ParsedResponse, RateLimit } from '../http';
import type { ResponseShapes } from './responseShape';

/** Every n8n context from which a service can be called. */
export type N8nContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** Returns the name of the credential's field with the address of a host. */
export function addressName(host: string | undefined): string {
	return host === 'login' ? 'Login URL' : 'Base URL';
}

/** Sends one request; n8n refreshes the token and sends again on the given statuses. */
export type SendOnce = (refreshOn: number[]) => Promise<HttpResponse | NetworkError>;

/** What a token refresh needs to know about the client that sends the request. */
export interface RefreshContext {
	readonly context: N8nContext;
	readonly api: Pick<Api, 'name' | 'credentialType'>;
	readonly signal?: AbortSignal;
}

/** How a service communicates over HTTP; independent of resources and operations. */
export interface Api {
	/** The service's name, also used in messages. */
	name: string;
	/** The credential type that signs its requests. */
	credentialType: string;
	/** Base addresses by name, from the non-secret part of the credential; the first is the default. */
	hosts: (credential: IDataObject) => Record<string, string>;
	headers?: Record<string, string>;
	encoding: Encoding;
	/** Statuses on which n8n refreshes the token and sends the request again. */
	refreshOn?: number[];
	/** Sends one request when n8n may have to refresh the token; n8n handles it by default. */
	sendWithRefresh?: (
		client: RefreshContext,
		refreshOn: number[],
		sendOnce: SendOnce,
	) => Promise<HttpResponse | NetworkError>;
	/** Whether this credential can be refreshed; true by default. */
	canRefresh?: (credential: IDataObject) => boolean;
	/** n8n signs this credential type as OAuth2. */
	oauth2?: boolean;
	/** Reads a response: its data, or the error it carries. */
	parseResponse: (response: HttpResponse, request: ApiRequest) => ParsedResponse;
	/**
	 * Statuses with which the service's own server sends a web page, for a wrong token or address. With all
	 * others from 400 to 499 a web page is that of a proxy or firewall.
	 */
	webPageStatuses?: readonly number[];
	/** What each call returns; anything else is an error. */
	responseShapes?: ResponseShapes;
	/** Reads the rate limit from the response headers. */
	readRateLimit?: (headers: HttpResponse['headers']) => RateLimit | undefined;
	/** Max number of simultaneous reads if Concurrency is automatic; lower for a small service. */
	maxConcurrency?: number;
	/** Names the rate limit a request counts against; requests of one name pause together. */
	rateLimitBucket?: (request: ApiRequest) => string;
	/** Reads a notice for the user from a response; shown once per execution as a hint. */
	readHint?: (response: HttpResponse) => string | undefined;
	/** Returns a message when the credential cannot work yet. */
	validateCredential?: (credential: IDataObject) => string | undefined;
	/** Where this service shows secrets in its texts, beside the usual OAuth parameters. */
	secrets?: SecretPatterns;
}
