import type { SandboxRequest } from '../core/request';
import { takeSnapshot, type Restore } from '../core/snapshot';
import type {
	Action,
	Handlers,
	Reply,
	ServiceContext,
	ServiceDefinition,
	ServiceModule,
} from '../core/service';
import { createActions } from './actions';
import { authenticate, removeToken, signatureError, type FanbookAccount } from './auth';
import type { FanbookContext, MethodHandler } from './context';
import { createError, FanbookError } from './errors';
import { EventPublisher } from './eventPublisher';
import { Gateway } from './gateway';
import { methodHandlers } from './handlers';
import type { Message, Post } from './model';
import { describeState } from './describeState';
import { signRequest } from './signRequest';
import { SendRateLimiter } from './rateLimiter';
import { errorReply, quoteRequest, TEXT_TYPE, toErrorReply, violationReply } from './replies';
import { formReply } from './resultForms';
import { seed } from './seed';
import type { FanbookSettings } from './settings';
import { CircleSimulation } from './simulation/circle';
import { UserSimulation } from './simulation/users';
import { FanbookState } from './state';
import { UpdateQueue } from './updateQueue';
import { createViews } from './views';

export type { FanbookAccount } from './auth';

/** Fanbook: the bot API, its update queue and its WebSocket gateway. */
export class Fanbook implements ServiceModule<FanbookAccount> {
	readonly definition: ServiceDefinition<FanbookAccount>;
	readonly actions: Readonly<Record<string, Action>>;
	readonly views: Readonly<Record<string, Action>>;
	readonly signRequest = signRequest;
	readonly sandboxState: FanbookState;
	readonly gateway: Gateway;
	readonly updates: UpdateQueue;
	/** Simulated users in servers and private chats. */
	readonly users: UserSimulation;
	/** Simulated users in circles. */
	readonly circle: CircleSimulation;
	private readonly publisher: EventPublisher;
	private readonly methodContext: FanbookContext;

	constructor(context: ServiceContext) {
		const state = new FanbookState(context.clock);
		this.sandboxState = state;
		this.gateway = new Gateway(state, context.activityLog);
		this.updates = new UpdateQueue(context.clock, context.activityLog);
		this.publisher = new EventPublisher(state, this.gateway, this.updates);
		this.users = new UserSimulation(state, this.publisher);
		this.circle = new CircleSimulation(state, this.publisher);
		const { gateway, updates, users, circle, publisher } = this;
		const rateLimiter = new SendRateLimiter(state);
		this.methodContext = { state, gateway, updates, publisher, rateLimiter };
		this.actions = createActions({ state, gateway, updates, users, circle });
		this.views = createViews({ state, gateway, updates });
		this.definition = this.define();
		this.reset();
	}

	/** Settings to change; a reset restores the defaults. */
	get settings(): FanbookSettings {
		return this.sandboxState.settings;
	}

	/** Sends a message as a user; see UserSimulation. */
	say(...message: Parameters<UserSimulation['say']>): Message {
		return this.users.say(...message);
	}

	/** Sends a private message to the bot. */
	whisper(...message: Parameters<UserSimulation['whisper']>): Message {
		return this.users.whisper(...message);
	}

	join(...membership: Parameters<UserSimulation['join']>): void {
		this.users.join(...membership);
	}

	leave(...membership: Parameters<UserSimulation['leave']>): void {
		this.users.leave(...membership);
	}

	react(...reaction: Parameters<UserSimulation['react']>): void {
		this.users.react(...reaction);
	}

	recall(...message: Parameters<UserSimulation['recall']>): void {
		this.users.recall(...message);
	}

	/** Clicks a keyboard button and returns the id of the callback. */
	clickButton(...click: Parameters<UserSimulation['clickButton']>): string {
		return this.users.clickButton(...click);
	}

	createPost(...post: Parameters<CircleSimulation['createPost']>): Post {
		return this.circle.createPost(...post);
	}

	likePost(...like: Parameters<CircleSimulation['likePost']>): void {
		this.circle.likePost(...like);
	}

	reset(): void {
		this.gateway.reset();
		this.updates.clear();
		this.sandboxState.clear();
		seed(this.sandboxState, this.publisher);
	}

	state(): unknown {
		return describeState(this.sandboxState, this.gateway, this.updates);
	}

	takeSnapshot(): Restore {
		const restoreState = takeSnapshot(this.sandboxState, { except: ['clock', 'ids', 'settings'] });
		const except = ['clock', 'activityLog', 'waiters', 'lastId'];
		const restoreQueue = takeSnapshot(this.updates, { except });
		return () => {
			restoreState();
			restoreQueue();
		};
	}

	readonly upgrade: NonNullable<ServiceModule<FanbookAccount>['upgrade']> = (...request) => {
		this.gateway.upgrade(...request);
	};

	close(): void {
		this.gateway.cut();
		this.updates.clear();
	}

	private define(): ServiceDefinition<FanbookAccount> {
		return {
			name: 'fanbook',
			mounts: [{ prefix: '/fanbook' }],
			handlers: this.createHandlers(),
			jsonContentType: TEXT_TYPE,
			prepare: removeToken,
			authenticate: (request) => authenticate(request, this.sandboxState.botId),
			replies: {
				violations: (violations, request, match) =>
					this.finishError(violationReply(match, violations), request),
				unknownRoute: (request, methods) =>
					methods.length > 0
						? errorReply(undefined, 405, `method ${request.method} is not allowed`, 405)
						: errorReply(undefined, 404, 'no such method', 404),
				failure: (status, message, request) =>
					this.finishError(errorReply(undefined, status, message, status), request),
				rateLimited: (_seconds, request) =>
					this.finishError(toErrorReply(undefined, createError('sendLimit')), request),
				expiredToken: (request) => this.finishError(signatureError(), request),
			},
		};
	}

	private finishError(reply: Reply, request: SandboxRequest): Reply {
		return this.settings.quoteTokens ? quoteRequest(reply, request) : reply;
	}

	private createHandlers(): Handlers<FanbookAccount> {
		const wrap = (handler: MethodHandler): Handlers<FanbookAccount>[string] => {
			return async ({ parameters, match, request }) => {
				try {
					const result = await handler(parameters, this.methodContext);
					return formReply(match, result, this.settings.resultForm);
				} catch (thrown) {
					if (!(thrown instanceof FanbookError)) throw thrown;
					return this.finishError(toErrorReply(match, thrown), request);
				}
			};
		};
		const entries = Object.entries(methodHandlers);
		return Object.fromEntries(entries.map(([id, handler]) => [id, wrap(handler)]));
	}
}
