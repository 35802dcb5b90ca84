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
import { bearerOf, Access } from './access';
import { actionsOf } from './actions';
import { FanvueCall, type FanvueAccount } from './call';
import { fanvueHandlers } from './handlers';
import { Happenings } from './happenings';
import { Login, type TokenAnswer, type TokenCounts } from './login';
import { overviewOf, stateOf } from './overview';
import { RateLimit } from './rate-limit';
import { seed } from './seed';
import { replies } from './service-replies';
import { defaultSettings, type Settings } from './settings';
import { settle } from './settle';
import { answerStorage } from './storage';
import { deliver, type Delivery } from './webhooks/deliver';
import { addSubscription } from './webhooks/handlers';
import { sampleShipment, type DeliverOptions } from './webhooks/sample';
import { World } from './world';

export type { FanvueAccount } from './call';
export type { Settings } from './settings';
export type { Delivery } from './webhooks/deliver';

/** Fanvue: the API, its OAuth2 login server and its presigned storage. */
export class Fanvue implements ServiceModule<FanvueAccount> {
	readonly definition: ServiceDefinition<FanvueAccount>;
	readonly actions: Readonly<Record<string, Action>>;
	/** What a reset goes back to. */
	readonly baseline: Settings = defaultSettings();
	/** What fans can do: write, follow, subscribe, tip, buy. */
	readonly happenings: Happenings;
	/** The state itself; a reset puts a new one here. */
	world: World;
	private readonly login: Login;
	private readonly rateLimit: RateLimit;
	private readonly access: Access;

	constructor(private readonly context: ServiceContext) {
		this.world = this.begin();
		const world = (): World => this.world;
		this.login = new Login(context.clock, world, () => this.settings.login);
		this.rateLimit = new RateLimit(
			() => context.clock.now(),
			() => this.settings.rateLimit,
		);
		this.access = new Access(world, this.login, this.rateLimit);
		this.happenings = new Happenings(world);
		this.actions = actionsOf(this);
		this.definition = this.define();
	}

	/** What can be turned; a reset goes back to `baseline`. */
	get settings(): Settings {
		return this.world.settings;
	}

	/** How often the token endpoint was called since the last reset. */
	get tokenCounts(): TokenCounts {
		return this.login.grants.counts;
	}

	/**
	 * Tokens as a finished sign-in gives them: `{access_token, refresh_token, expires_in, ...}`.
	 * @param options the account's handle, and scopes: all of the app unless told
	 */
	issueToken(options: { account: string; scopes?: readonly string[] }): TokenAnswer {
		return this.login.issueToken(options.account, options.scopes);
	}

	/** Makes every access token stale; refresh tokens stay good. */
	expireTokens(): void {
		this.login.grants.expire();
	}

	/** Takes back every consent of an account: its access and refresh tokens are worthless. */
	revoke(account: string): void {
		this.login.grants.revoke(this.world.byHandle(account).uuid);
	}

	/** Every secret given out since the last reset, to look for leaks. */
	secrets(): string[] {
		return [...this.login.grants.secrets(), ...this.world.signingSecrets];
	}

	/** SHA-256 (hex) of the uploaded bytes of a media item, once the upload is complete. */
	async sha256(mediaUuid: string): Promise<string> {
		const content = this.world.media.get(mediaUuid)?.content;
		if (content?.kind !== 'upload') throw new TypeError(`${mediaUuid} has no uploaded bytes`);
		const hash = createHash('sha256');
		for await (const chunk of this.world.files.read(content.parts)) hash.update(chunk);
		return hash.digest('hex');
	}

	/** Enters a webhook endpoint in the developer area, as a person would. */
	addEndpoint(options: { url: string; events: readonly string[]; secret?: string }): {
		id: string;
		signingSecret: string;
	} {
		const { url, events, secret } = options;
		const { id, signingSecret } = addSubscription(this.world, null, url, events, secret);
		return { id, signingSecret };
	}

	/**
	 * Posts an event to all who subscribed to it; resolves when each took it or was given up.
	 * Without `payload` it tells of the sample state. The state does not change: see `happenings`.
	 */
	async deliver(options: DeliverOptions): Promise<Delivery[]> {
		return await deliver(this.world, sampleShipment(this.world, options));
	}

	reset(): void {
		this.world.close();
		this.world = this.begin();
		this.login.reset();
		this.rateLimit.reset();
	}

	close(): void {
		this.world.close();
	}

	state(): unknown {
		return stateOf(this.world);
	}

	overview(): Section[] {
		return overviewOf(this.world);
	}

	private begin(): World {
		const world = new World(this.context, structuredClone(this.baseline));
		seed(world);
		return world;
	}

	private define(): ServiceDefinition<FanvueAccount> {
		const { access, login } = this;
		return {
			name: 'fanvue',
			mounts: [
				{ prefix: '/fanvue' },
				{
					prefix: '/fanvue-login',
					host: 'login',
					handle: (request) => login.answer(request),
				},
				{
					prefix: '/fanvue-storage',
					host: 'storage',
					binary: true,
					handle: async (request) => await answerStorage(this.world, request),
				},
			],
			handlers: this.handlers(),
			authenticate: (request) => access.authenticate(request),
			authorize: (request, match, account) => access.admit(request, match, account),
			headers: (request, account) => access.headers(request, account),
			replies: replies((request) => {
				const token = bearerOf(request);
				if (token !== undefined) login.grants.expire(token);
			}),
		};
	}

	/** Every endpoint's handler; the twin of a managed creator is served as the endpoint itself. */
	private handlers(): Handlers<FanvueAccount> {
		const handlers: Handlers<FanvueAccount> = {};
		for (const { id, mirrors } of loadContract('fanvue').endpoints) {
			const handler = fanvueHandlers[mirrors ?? id];
			if (!handler) continue;
			handlers[id] = ({ match, account, parameters }) => {
				settle(this.world);
				const owner = this.access.owner(match, account);
				return handler(new FanvueCall(this.world, account, owner, match, parameters));
			};
		}
		return handlers;
	}
}
