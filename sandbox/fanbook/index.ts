import type { Parameters as CallParameters } from '../core/parameters';
import {
	ApiError,
	type Action,
	type Handlers,
	type Section,
	type ServiceContext,
	type ServiceDefinition,
	type ServiceModule,
} from '../core/service';
import { DEMO } from '../demo';
import { createActions } from './actions';
import { CircleSimulation } from './simulation/circle';
import { toErrorReply, errorReply, successReply, violationReply } from './replies';
import { ERROR_CODES, FanbookError, createError } from './errors';
import { Gateway } from './gateway';
import type { MethodHandler, FanbookContext } from './context';
import type { Message, Post } from './model';
import { methodHandlers } from './handlers/index';
import { UserSimulation } from './simulation/users';
import { EventPublisher } from './eventPublisher';
import { seedServers } from './seed/servers';
import { seedMessages } from './seed/messages';
import { SendRateLimiter } from './sending';
import { buildOverview, describeState } from './overview';
import { UpdateQueue } from './updateQueue';
import { FanbookState } from './state';

/** The bot a request acts for. */
export interface FanbookAccount {
	botId: string;
}

const TOKEN_IN_PATH = /^\/api\/bot\/([^/]+)(?=\/)/;

/** Fanbook: the bot API, its update queue and its WebSocket gateway. */
export class Fanbook implements ServiceModule<FanbookAccount> {
	readonly definition: ServiceDefinition<FanbookAccount>;
	readonly actions: Readonly<Record<string, Action>>;
	/** All state, with look-ups. */
	readonly sandboxState: FanbookState;
	readonly gateway: Gateway;
	readonly updates: UpdateQueue;
	/** What people do in servers and private chats: say, join, react, click. */
	readonly users: UserSimulation;
	/** What people do in circles: post, like, comment, share. */
	readonly circle: CircleSimulation;
	private readonly publisher: EventPublisher;
	private readonly methodContext: FanbookContext;

	constructor(context: ServiceContext) {
		this.sandboxState = new FanbookState(context.clock);
		this.gateway = new Gateway(this.sandboxState);
		this.updates = new UpdateQueue(context.clock);
		this.publisher = new EventPublisher(this.sandboxState, this.gateway, this.updates);
		this.users = new UserSimulation(this.sandboxState, this.publisher);
		this.circle = new CircleSimulation(this.sandboxState, this.publisher);
		const {
			sandboxState: world,
			gateway,
			updates,
			users: people,
			circle,
			publisher: posting,
		} = this;
		const sendLimit = new SendRateLimiter(world);
		this.methodContext = {
			state: world,
			gateway,
			updates,
			people,
			circle,
			publisher: posting,
			rateLimiter: sendLimit,
		};
		this.actions = createActions(this.methodContext);
		this.definition = this.define();
		this.reset();
	}

	/** What the tests and the demo can switch; back to its defaults on reset. */
	get settings(): FanbookState['settings'] {
		return this.sandboxState.settings;
	}

	/** Someone says something in a channel; see People. */
	say(...said: Parameters<UserSimulation['say']>): Message {
		return this.users.say(...said);
	}

	/** Someone writes to the bot in private. */
	whisper(...said: Parameters<UserSimulation['whisper']>): Message {
		return this.users.whisper(...said);
	}

	join(...joined: Parameters<UserSimulation['join']>): void {
		this.users.join(...joined);
	}

	leave(...left: Parameters<UserSimulation['leave']>): void {
		this.users.leave(...left);
	}

	react(...reaction: Parameters<UserSimulation['react']>): void {
		this.users.react(...reaction);
	}

	recall(...recalled: Parameters<UserSimulation['recall']>): void {
		this.users.recall(...recalled);
	}

	/** Someone clicks a keyboard button; returns the callback's id. */
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
		seedServers(this.sandboxState);
		seedMessages(this.sandboxState, this.publisher);
	}

	state(): unknown {
		return describeState(this.sandboxState, this.gateway, this.updates);
	}

	overview(): Section[] {
		return buildOverview(this.sandboxState, this.gateway);
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
			handlers: this.handlers(),
			// The page promises JSON, the service says text.
			jsonContentType: 'text/plain; charset=utf-8',
			prepare: (request) => ({ ...request, path: request.path.replace(TOKEN_IN_PATH, '') }),
			authenticate: (request) => {
				const token = /\/api\/bot\/([^/]+)\//.exec(request.rawUrl)?.[1];
				if (token === DEMO.fanbook.botToken) return { botId: this.sandboxState.botId };
				return new ApiError(
					errorReply(undefined, ERROR_CODES.signature, 'signature check failed', 401),
				);
			},
			replies: {
				violations: (violations, _request, match) => violationReply(match, violations),
				unknownRoute: (request, known) =>
					known.length > 0
						? errorReply(undefined, 405, `${request.method} is not known here`, 405)
						: errorReply(undefined, 404, 'no such method', 404),
				failure: (status, message) => errorReply(undefined, status, message, status),
				rateLimited: () => toErrorReply(undefined, createError('sendLimit')),
				expiredToken: () =>
					errorReply(undefined, ERROR_CODES.signature, 'signature check failed', 401),
			},
		};
	}

	private handlers(): Handlers<FanbookAccount> {
		const wrap = (method: MethodHandler): Handlers<FanbookAccount>[string] => {
			return async ({ parameters, match }) => {
				try {
					return successReply(match, await this.run(method, parameters));
				} catch (thrown) {
					if (thrown instanceof FanbookError) return toErrorReply(match, thrown);
					throw thrown;
				}
			};
		};
		return Object.fromEntries(
			Object.entries(methodHandlers).map(([id, method]) => [id, wrap(method)]),
		);
	}

	private async run(method: MethodHandler, parameters: CallParameters): Promise<unknown> {
		return await method(parameters, this.methodContext);
	}
}
