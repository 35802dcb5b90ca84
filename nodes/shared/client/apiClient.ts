import type { IDataObject } from 'n8n-workflow';
import type { Endpoint } from '../endpoint';
import { NodeFailure } from '../errors';
import { reportProgress } from '../host';
import { createSecretTest, maskInData, maskInBytes, maskSecrets } from '../maskSecrets';
import { collectSecrets } from '../secrets';
import type { Secrets } from '../secrets';
import type { RequestParts } from '../http';
import type { Json } from '../json';
import { cancelledFailure } from '../sleep';
import { trimEnd } from '../text';
import { addressName, type Api, type N8nContext } from './api';
import type { Sample } from './concurrency';
import { executionLimits } from './executionLimits';
import type { ExecutionLimits } from './executionLimits';
import { RateLimiter } from './rateLimiter';
import { RequestSlots } from './requestSlots';
import { buildRequest } from './request';
import { DEFAULT_RETRY_POLICY } from './retryPolicy';
import type { RetryPolicy } from './retryPolicy';
import { send } from './send';
import type { SentRequest } from './send';

/** Shortest secret that is masked in data. */
const MIN_SECRET_IN_DATA = 12;

/** The secrets that are searched for in each response. */
interface SearchedSecrets {
	values: string[];
	isRepeatedIn: (text: string) => boolean;
}

function searchedSecrets(credential: IDataObject): SearchedSecrets {
	const values = collectSecrets(credential).filter((value) => value.length >= MIN_SECRET_IN_DATA);
	return { values, isRepeatedIn: createSecretTest(values) };
}

/**
 * Calls one service within one execution: resolves its addresses, applies the retry policy, and
 * shares rate-limit pauses among all calls, also those of other nodes.
 */
export class ApiClient {
	readonly signal: AbortSignal | undefined;
	/** Shared by all nodes of the execution that use this credential. */
	readonly limits: ExecutionLimits;
	readonly rateLimiter: RateLimiter;
	/** Notices for the user that responses carried. */
	readonly hints = new Set<string>();
	/** What may run at the same time; one request by default. */
	slots = new RequestSlots(() => 1);
	/** Called for each finished request. */
	onSample?: (sample: Sample) => void;
	private credential: Promise<IDataObject> | undefined;
	private searchedSecrets: SearchedSecrets | undefined;

	constructor(
		readonly context: N8nContext,
		readonly api: Api,
		readonly retryPolicy: RetryPolicy = DEFAULT_RETRY_POLICY,
		/** Aborts running requests; by default the cancellation of the execution. */
		signal?: AbortSignal,
	) {
		this.signal =
			signal ??
			('getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined);
		this.limits = executionLimits(context, api.credentialType);
		const { maxWaitMs } = this.retryPolicy;
		this.rateLimiter = new RateLimiter(this.limits.buckets, maxWaitMs, this.signal, (waitMs) =>
			reportProgress(
				context,
				`${api.name} limits how many requests it accepts. The next one starts in ${Math.ceil(waitMs / 1000)} s.`,
			),
		);
	}

	/** @throws NodeFailure when the execution is cancelled */
	checkCancelled(): void {
		if (this.signal?.aborted) throw cancelledFailure();
	}

	/** Returns the credential's settings, read once. Use only addresses and switches from them. */
	async credentialSettings(): Promise<IDataObject> {
		this.credential ??= this.readCredential();
		return await this.credential;
	}

	private async readCredential(): Promise<IDataObject> {
		const credential = await this.context.getCredentials<IDataObject>(this.api.credentialType);
		const problem = this.api.validateCredential?.(credential);
		if (problem !== undefined) {
			throw new NodeFailure(problem, {
				description: 'Open the credential of this node and connect it',
			});
		}
		return credential;
	}

	/** Returns the statuses on which n8n refreshes the token; none if the credential cannot be refreshed. */
	async refreshStatuses(): Promise<number[]> {
		const { refreshOn = [], canRefresh } = this.api;
		if (refreshOn.length === 0 || canRefresh === undefined) return refreshOn;
		return canRefresh(await this.credentialSettings()) ? refreshOn : [];
	}

	/**
	 * Returns the base address of a host, without a slash at its end.
	 *
	 * @throws NodeFailure when the credential holds no valid address
	 */
	async baseUrl(host?: string): Promise<string> {
		const hosts = this.api.hosts(await this.credentialSettings());
		const address = host === undefined ? Object.values(hosts)[0] : hosts[host];
		if (address === undefined || !/^https?:\/\/[^/?#\s]+/.test(address)) {
			throw new NodeFailure(
				`${addressName(host)} in the credential of ${this.api.name} is not a URL`,
				{
					description: 'Enter a URL that begins with https://',
				},
			);
		}
		return trimEnd(address, '/');
	}

	/** Returns the texts to remove from messages; no values while the credential cannot be read. */
	async secrets(): Promise<Secrets> {
		const { credentialType, secrets } = this.api;
		try {
			const credential = await this.context.getCredentials<IDataObject>(credentialType);
			return { values: collectSecrets(credential), ...secrets };
		} catch {
			return { values: [], ...secrets };
		}
	}

	/**
	 * Masks the credential's secrets in a successful response, which a proxy or an endpoint for tests
	 * may repeat. Short ones stay, since they can be ordinary words.
	 */
	async withoutSecrets(sent: SentRequest): Promise<SentRequest> {
		this.searchedSecrets ??= searchedSecrets(await this.credentialSettings());
		const { values, isRepeatedIn } = this.searchedSecrets;
		const { response, data } = sent;
		if (!isRepeatedIn(response.text)) return sent;
		const { bytes } = response;
		return {
			response: {
				...response,
				text: maskSecrets(response.text, values),
				...(bytes === undefined ? {} : { bytes: maskInBytes(bytes, values) }),
			},
			data: data === undefined ? undefined : maskInData(data, values),
		};
	}

	/**
	 * Calls any endpoint of the service.
	 *
	 * @returns the data of the response, `undefined` if it has none
	 * @throws NodeFailure when the service rejects the call or cannot be reached
	 */
	async fetch(endpoint: Endpoint, parts: RequestParts = {}): Promise<Json | undefined> {
		return (await this.send(endpoint, parts)).data;
	}

	/**
	 * Calls any endpoint of the service, for callers that need the whole response.
	 *
	 * @throws NodeFailure when the service rejects the call or cannot be reached
	 */
	async send(endpoint: Endpoint, parts: RequestParts = {}): Promise<SentRequest> {
		const baseUrl = await this.baseUrl(parts.host ?? parts.operation?.host);
		return await send(this, buildRequest(this.api, { baseUrl, endpoint, parts }));
	}
}
