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
import { CirclePeople } from './circle-people';
import { failureReply, refusal, success, violationReply } from './envelope';
import { CODES, FanbookFailure, fail } from './failure';
import { Gateway } from './gateway';
import type { Method, Reach } from './method';
import type { Message, Post } from './model';
import { methods } from './methods';
import { People } from './people';
import { Posting } from './posting';
import { seedPlaces } from './seed';
import { seedTalk } from './seed-talk';
import { SendLimit } from './sending';
import { overview, state } from './report';
import { UpdateQueue } from './updates';
import { World } from './world';

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
	readonly world: World;
	readonly gateway: Gateway;
	readonly updates: UpdateQueue;
	/** What people do in servers and private chats: say, join, react, click. */
	readonly people: People;
	/** What people do in circles: post, like, comment, share. */
	readonly circle: CirclePeople;
	private readonly posting: Posting;
	private readonly reach: Reach;

	constructor(context: ServiceContext) {
		this.world = new World(context.clock);
		this.gateway = new Gateway(this.world);
		this.updates = new UpdateQueue(context.clock);
		this.posting = new Posting(this.world, this.gateway, this.updates);
		this.people = new People(this.world, this.posting);
		this.circle = new CirclePeople(this.world, this.posting);
		const { world, gateway, updates, people, circle, posting } = this;
		const sendLimit = new SendLimit(world);
		this.reach = { world, gateway, updates, people, circle, posting, sendLimit };
		this.actions = createActions(this.reach);
		this.definition = this.define();
		this.reset();
	}

	/** What the tests and the demo can switch; back to its defaults on reset. */
	get settings(): World['settings'] {
		return this.world.settings;
	}

	/** Someone says something in a channel; see People. */
	say(...said: Parameters<People['say']>): Message {
		return this.people.say(...said);
	}

	/** Someone writes to the bot in private. */
	whisper(...said: Parameters<People['whisper']>): Message {
		return this.people.whisper(...said);
	}

	join(...joined: Parameters<People['join']>): void {
		this.people.join(...joined);
	}

	leave(...left: Parameters<People['leave']>): void {
		this.people.leave(...left);
	}

	react(...reaction: Parameters<People['react']>): void {
		this.people.react(...reaction);
	}

	recall(...recalled: Parameters<People['recall']>): void {
		this.people.recall(...recalled);
	}

	/** Someone clicks a keyboard button; returns the callback's id. */
	clickButton(...click: Parameters<People['clickButton']>): string {
		return this.people.clickButton(...click);
	}

	createPost(...post: Parameters<CirclePeople['createPost']>): Post {
		return this.circle.createPost(...post);
	}

	likePost(...like: Parameters<CirclePeople['likePost']>): void {
		this.circle.likePost(...like);
	}

	reset(): void {
		this.gateway.reset();
		this.updates.clear();
		this.world.clear();
		seedPlaces(this.world);
		seedTalk(this.world, this.posting);
	}

	state(): unknown {
		return state(this.world, this.gateway, this.updates);
	}

	overview(): Section[] {
		return overview(this.world, this.gateway);
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
				if (token === DEMO.fanbook.botToken) return { botId: this.world.botId };
				return new ApiError(refusal(undefined, CODES.signature, 'signature check failed', 401));
			},
			replies: {
				violations: (violations, _request, match) => violationReply(match, violations),
				unknownRoute: (request, known) =>
					known.length > 0
						? refusal(undefined, 405, `${request.method} is not known here`, 405)
						: refusal(undefined, 404, 'no such method', 404),
				failure: (status, message) => refusal(undefined, status, message, status),
				rateLimited: () => failureReply(undefined, fail('sendLimit')),
				expiredToken: () => refusal(undefined, CODES.signature, 'signature check failed', 401),
			},
		};
	}

	private handlers(): Handlers<FanbookAccount> {
		const wrap = (method: Method): Handlers<FanbookAccount>[string] => {
			return async ({ parameters, match }) => {
				try {
					return success(match, await this.run(method, parameters));
				} catch (thrown) {
					if (thrown instanceof FanbookFailure) return failureReply(match, thrown);
					throw thrown;
				}
			};
		};
		return Object.fromEntries(Object.entries(methods).map(([id, method]) => [id, wrap(method)]));
	}

	private async run(method: Method, parameters: CallParameters): Promise<unknown> {
		return await method(parameters, this.reach);
	}
}
