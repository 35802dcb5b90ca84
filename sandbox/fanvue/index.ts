import { createHash } from 'node:crypto';
import { loadContract } from '../core/contract';
import { takeSnapshot, type Restore } from '../core/snapshot';
import type {
	Action,
	Handlers,
	ServiceContext,
	ServiceDefinition,
	ServiceModule,
	UnsignedRequest,
} from '../core/service';
import { bearerToken, FanvueAuth } from './auth';
import { createActions } from './actions';
import { FanvueContext, type FanvueAccount } from './context';
import { fanvueHandlers } from './handlers/index';
import { FanvueSimulation } from './simulation';
import { Login, type TokenResponse, type TokenCounts } from './login';
import { serializeState } from './serializeState';
import { RateLimiter } from './rateLimiter';
import { seed } from './seed';
import { createReplies } from './serviceReplies';
import { defaultSettings, type FanvueSettings } from './settings';
import { applyDueEvents } from './dueEvents';
import { handleStorage } from './storage';
import type { Delivery } from './model';
import { deliver, redeliver, type RedeliverOptions } from './webhooks/deliver';
import { sampleEvent, type DeliverOptions } from './webhooks/sampleEvent';
import { FanvueState } from './state';
import { API_VERSION } from './settings';
import { createViews } from './views';
import {
	addWebhookSubscription,
	rotateSigningSecret,
	type NewWebhookSubscription,
} from './mutations';

export type { FanvueAccount } from './context';
export type { FanvueSettings } from './settings';
export type { Delivery } from './model';

/** The Fanvue API with its OAuth2 login server and its presigned storage. */
export class Fanvue implements ServiceModule<FanvueAccount> {
	readonly definition: ServiceDefinition<FanvueAccount>;
	readonly actions: Readonly<Record<string, Action>>;
	readonly views: Readonly<Record<string, Action>>;
	/** Settings that a reset restores. */
	readonly baseline: FanvueSettings = defaultSettings();
	/** Actions of fans: write, follow, subscribe, tip, buy. */
	readonly simulation: FanvueSimulation;
	/** The current state. A reset replaces it. */
	sandboxState: FanvueState;
	private readonly login: Login;
	private readonly rateLimit: RateLimiter;
	private readonly access: FanvueAuth;

	constructor(private readonly context: ServiceContext) {
		this.sandboxState = this.createState();
		const state = (): FanvueState => this.sandboxState;
		this.login = new Login(context.clock, state, () => this.settings.login);
		this.rateLimit = new RateLimiter(
			() => context.clock.now(),
			() => this.settings.rateLimit,
		);
		this.access = new FanvueAuth(state, this.login, this.rateLimit);
		this.simulation = new FanvueSimulation(state);
		this.actions = createActions(this);
		this.views = createViews(state);
		this.definition = this.createDefinition();
	}

	/** The current settings. A reset restores `baseline`. */
	get settings(): FanvueSettings {
		return this.sandboxState.settings;
	}

	/** Number of calls of the token endpoint since the last reset. */
	get tokenCounts(): TokenCounts {
		return this.login.grants.counts;
	}

	/**
	 * Issues the tokens of a finished sign-in: `{access_token, refresh_token, expires_in, ...}`.
	 * @param options handle of the account, and scopes (default: all scopes of the app)
	 */
	issueToken(options: { account: string; scopes?: readonly string[] }): TokenResponse {
		return this.login.issueToken(options.account, options.scopes);
	}

	/** Expires every access token. Refresh tokens stay valid. */
	expireTokens(): void {
		this.login.grants.expire();
	}

	/** Revokes every access and refresh token of an account. */
	revoke(account: string): void {
		this.login.grants.revoke(this.sandboxState.userByHandle(account).uuid);
	}

	/** Returns every secret issued since the last reset, for leak checks. */
	secrets(): string[] {
		return [...this.login.grants.secrets(), ...this.sandboxState.signingSecrets];
	}

	/** Returns the SHA-256 (hex) of the bytes of a completed upload. */
	async sha256(mediaUuid: string): Promise<string> {
		const content = this.sandboxState.media.get(mediaUuid)?.content;
		if (content?.kind !== 'upload') throw new TypeError(`${mediaUuid} has no uploaded bytes`);
		const hash = createHash('sha256');
		for await (const chunk of this.sandboxState.partFiles.read(content.parts)) hash.update(chunk);
		return hash.digest('hex');
	}

	/** Adds a webhook endpoint as in the developer area. */
	addEndpoint(options: Omit<NewWebhookSubscription, 'clientId'>): {
		id: string;
		signingSecret: string;
	} {
		const subscription = { ...options, clientId: null };
		const { id, signingSecret } = addWebhookSubscription(this.sandboxState, subscription);
		return { id, signingSecret };
	}

	/** Deletes an endpoint as in the developer area. */
	removeEndpoint(id: string): void {
		const { webhooks } = this.sandboxState;
		const index = webhooks.findIndex((item) => item.id === id && item.clientId === null);
		if (index < 0) throw new TypeError(`${id} is not an endpoint of the Events tab`);
		webhooks.splice(index, 1);
	}

	/**
	 * Replaces the signing secret of a webhook subscription and returns the new one. Deliveries are
	 * signed with both secrets until the previous one expires.
	 */
	rotateSecret(id: string): string {
		return rotateSigningSecret(this.sandboxState, id);
	}

	/**
	 * Sends an event to all its subscribers. Resolves when each has accepted it or has failed.
	 * The default payload describes the current state. `simulation` also changes the state.
	 */
	async deliver(options: DeliverOptions): Promise<Delivery[]> {
		return await deliver(this.sandboxState, sampleEvent(this.sandboxState, options));
	}

	/** Sends an earlier delivery again. */
	async redeliver(options: RedeliverOptions): Promise<Delivery[]> {
		return await redeliver(this.sandboxState, options);
	}

	reset(): void {
		this.sandboxState.close();
		this.sandboxState = this.createState();
		this.login.reset();
		this.rateLimit.reset();
	}

	close(): void {
		this.sandboxState.close();
	}

	state(): unknown {
		return serializeState(this.sandboxState);
	}

	takeSnapshot(): Restore {
		const except = ['context', 'ids', 'partFiles', 'abortController', 'settings'];
		const keptConnections = ['webhooks', 'signingSecrets', 'deliveries'];
		return takeSnapshot(this.sandboxState, { except: [...except, ...keptConnections] });
	}

	signRequest(request: UnsignedRequest): UnsignedRequest {
		const { access_token: token } = this.issueToken({ account: 'mira' });
		const headers = { authorization: `Bearer ${token}`, 'x-fanvue-api-version': API_VERSION };
		return { ...request, headers: { ...request.headers, ...headers } };
	}

	private createState(): FanvueState {
		const state = new FanvueState(this.context, structuredClone(this.baseline));
		seed(state);
		return state;
	}

	private createDefinition(): ServiceDefinition<FanvueAccount> {
		const { access, login } = this;
		return {
			name: 'fanvue',
			mounts: [
				{ prefix: '/fanvue' },
				{
					prefix: '/fanvue-login',
					host: 'login',
					handle: (request) => login.handle(request),
				},
				{
					prefix: '/fanvue-storage',
					host: 'storage',
					binary: true,
					handle: async (request) => await handleStorage(this.sandboxState, request),
				},
			],
			handlers: this.createHandlers(),
			authenticate: (request) => access.authenticate(request),
			authorize: (request, match, account) => access.authorize(request, match, account),
			headers: (request, account) => access.headers(request, account),
			replies: createReplies((request) => {
				const token = bearerToken(request);
				if (token !== undefined) login.grants.expire(token);
			}),
		};
	}

	/** Returns the handler of every endpoint. Creator routes share the handler of the own route. */
	private createHandlers(): Handlers<FanvueAccount> {
		const handlers: Handlers<FanvueAccount> = {};
		for (const { id, mirrors } of loadContract('fanvue').endpoints) {
			const handler = fanvueHandlers[mirrors ?? id];
			if (!handler) continue;
			handlers[id] = ({ match, account, parameters }) => {
				applyDueEvents(this.sandboxState);
				const owner = this.access.owner(match, account);
				return handler(new FanvueContext(this.sandboxState, account, owner, match, parameters));
			};
		}
		return handlers;
	}
}
