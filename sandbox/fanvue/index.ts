import { createHash } from 'node:crypto';
import { loadContract } from '../core/contract';
import type {
	Action,
	Handlers,
	Section,
	ServiceContext,
	ServiceDefinition,
	ServiceModule,
} from '../core/service';
import { bearerToken, FanvueAuth } from './auth';
import { createActions } from './actions';
import { FanvueContext, type FanvueAccount } from './context';
import { fanvueHandlers } from './handlers/index';
import { FanvueSimulation } from './simulation';
import { Login, type TokenResponse, type TokenCounts } from './login';
import { createOverview, serializeState } from './overview';
import { RateLimiter } from './rateLimiter';
import { seed } from './seed';
import { createReplies } from './serviceReplies';
import { defaultSettings, type FanvueSettings } from './settings';
import { applyDueEvents } from './dueEvents';
import { handleStorage } from './storage';
import type { Delivery } from './model';
import { deliver } from './webhooks/deliver';
import { sampleEvent, type DeliverOptions } from './webhooks/sampleEvent';
import { FanvueState } from './state';
import { addWebhookSubscription, type NewWebhookSubscription } from './mutations';

export type { FanvueAccount } from './context';
export type { FanvueSettings } from './settings';
export type { Delivery } from './model';

/** Fanvue: the API, its OAuth2 login server and its presigned storage. */
export class Fanvue implements ServiceModule<FanvueAccount> {
	readonly definition: ServiceDefinition<FanvueAccount>;
	readonly actions: Readonly<Record<string, Action>>;
	/** What a reset goes back to. */
	readonly baseline: FanvueSettings = defaultSettings();
	/** What fans can do: write, follow, subscribe, tip, buy. */
	readonly simulation: FanvueSimulation;
	/** The state itself; a reset puts a new one here. */
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
		this.definition = this.createDefinition();
	}

	/** What can be turned; a reset goes back to `baseline`. */
	get settings(): FanvueSettings {
		return this.sandboxState.settings;
	}

	/** How often the token endpoint was called since the last reset. */
	get tokenCounts(): TokenCounts {
		return this.login.grants.counts;
	}

	/**
	 * Tokens as a finished sign-in gives them: `{access_token, refresh_token, expires_in, ...}`.
	 * @param options the account's handle, and scopes: all of the app unless told
	 */
	issueToken(options: { account: string; scopes?: readonly string[] }): TokenResponse {
		return this.login.issueToken(options.account, options.scopes);
	}

	/** Makes every access token stale; refresh tokens stay good. */
	expireTokens(): void {
		this.login.grants.expire();
	}

	/** Takes back every consent of an account: its access and refresh tokens are worthless. */
	revoke(account: string): void {
		this.login.grants.revoke(this.sandboxState.userByHandle(account).uuid);
	}

	/** Every secret given out since the last reset, to look for leaks. */
	secrets(): string[] {
		return [...this.login.grants.secrets(), ...this.sandboxState.signingSecrets];
	}

	/** SHA-256 (hex) of the uploaded bytes of a media item, once the upload is complete. */
	async sha256(mediaUuid: string): Promise<string> {
		const content = this.sandboxState.media.get(mediaUuid)?.content;
		if (content?.kind !== 'upload') throw new TypeError(`${mediaUuid} has no uploaded bytes`);
		const hash = createHash('sha256');
		for await (const chunk of this.sandboxState.partFiles.read(content.parts)) hash.update(chunk);
		return hash.digest('hex');
	}

	/** Enters a webhook endpoint in the developer area, as a person would. */
	addEndpoint(options: Omit<NewWebhookSubscription, 'clientId'>): {
		id: string;
		signingSecret: string;
	} {
		const subscription = { ...options, clientId: null };
		const { id, signingSecret } = addWebhookSubscription(this.sandboxState, subscription);
		return { id, signingSecret };
	}

	/**
	 * Posts an event to all who subscribed to it; resolves when each took it or was given up.
	 * Without `payload` it tells of the sample state. The state does not change: see `happenings`.
	 */
	async deliver(options: DeliverOptions): Promise<Delivery[]> {
		return await deliver(this.sandboxState, sampleEvent(this.sandboxState, options));
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

	overview(): Section[] {
		return createOverview(this.sandboxState);
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

	/** Every endpoint's handler; the twin of a managed creator is served as the endpoint itself. */
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
