import { isObject, type JsonObject } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import type { Gateway } from './gateway';
import type { Message } from './model';
import { renderChat, renderHistoryMessage } from './render';
import { RESULT_FORMS, type FanbookSettings } from './settings';
import type { CircleSimulation } from './simulation/circle';
import type { UserSimulation } from './simulation/users';
import type { FanbookState } from './state';
import type { UpdateQueue } from './updateQueue';

export interface ActionTargets {
	state: FanbookState;
	gateway: Gateway;
	updates: UpdateQueue;
	users: UserSimulation;
	circle: CircleSimulation;
}

type Run = (parameters: Parameters, input: JsonObject) => unknown;

function toAction(run: Run): Action {
	return (input) => run(new Parameters(new Map(Object.entries(input))), input);
}

/** Returns the content of a message to send: `content` (an object) or `text`. */
function readContent(parameters: Parameters, input: JsonObject): string | JsonObject {
	return isObject(input.content) ? input.content : parameters.text('text');
}

function changeSettings(settings: FanbookSettings, parameters: Parameters): void {
	for (const key of ['sendAllowed', 'fullMessages', 'textFrames', 'quoteTokens'] as const) {
		settings[key] = parameters.boolean(key) ?? settings[key];
	}
	for (const key of ['sendsPerSecond', 'userTokenLifetimeMs', 'idleTimeoutMs'] as const) {
		settings[key] = parameters.integer(key, settings[key]);
	}
	const page = parameters.optionalText('afterPage');
	if (page === 'next' || page === 'newest') settings.afterPage = page;
	const form = parameters.optionalText('resultForm');
	settings.resultForm = RESULT_FORMS.find((name) => name === form) ?? settings.resultForm;
}

function changeFaults(gateway: Gateway, parameters: Parameters): void {
	const { faults } = gateway;
	if (parameters.boolean('clear')) faults.clear();
	if (parameters.has('drop')) faults.drop(parameters.integer('drop', 0));
	if (parameters.has('duplicate')) faults.duplicate(parameters.integer('duplicate', 0));
	if (parameters.has('reorder')) faults.reorder(parameters.integer('reorder', 0));
	if (parameters.has('malform')) faults.malform(parameters.integer('malform', 0));
	if (parameters.has('refuse')) {
		const body = parameters.optionalText('body') ?? '';
		faults.refuse(parameters.integer('refuse', 0), parameters.integer('status', 502), body);
	}
	if (parameters.has('closeAfterPong')) {
		const delayMs = parameters.integer('closeDelayMs', 40);
		faults.closeAfterPong(parameters.integer('closeAfterPong', 0), delayMs);
	}
	faults.ignorePings = parameters.boolean('ignorePings') ?? faults.ignorePings;
	if (parameters.boolean('expireTokens')) gateway.expireTokens();
	const frame = parameters.optionalText('frame');
	if (frame !== undefined) gateway.pushFrame(frame);
	if (parameters.boolean('cut')) gateway.cut();
}

/**
 * Creates the actions of POST /_admin/fanbook/{name}: simulated users, settings and gateway faults.
 * Ids are strings.
 */
export function createActions(targets: ActionTargets): Record<string, Action> {
	return {
		...createUserActions(targets),
		...createCircleActions(targets),
		...createServiceActions(targets),
	};
}

function createUserActions({ state, users }: ActionTargets): Record<string, Action> {
	const render = (message: Message): unknown => renderHistoryMessage(state, message);
	return {
		/** {channelId, userId, text | content, replyTo?, replyMarkup?} → the stored message */
		say: toAction((parameters, input) => {
			const replyTo = parameters.optionalText('replyTo');
			const replyMarkup = parameters.object('replyMarkup');
			const options = { ...(replyTo ? { replyTo } : {}), ...(replyMarkup ? { replyMarkup } : {}) };
			const content = readContent(parameters, input);
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			return render(users.say(channelId, userId, content, options));
		}),
		/** {channelId, userId, text, count}: the text with a number, `count` times at once → {messageIds} */
		sayMany: toAction((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			const text = parameters.text('text');
			const numbers = Array.from({ length: parameters.integer('count', 1) }, (_, index) => index);
			const messages = numbers.map((number) => users.say(channelId, userId, `${text} ${number}`));
			return { messageIds: messages.map(({ id }) => id) };
		}),
		/** {userId, text | content} → the stored private message */
		whisper: toAction((parameters, input) =>
			render(users.whisper(parameters.text('userId'), readContent(parameters, input))),
		),
		/** {serverId, userId | nickname, code?} → {userId} */
		join: toAction((parameters) => {
			const nickname = parameters.optionalText('nickname');
			const userId =
				nickname === undefined ? parameters.text('userId') : users.findOrCreate(nickname).id;
			users.join(parameters.text('serverId'), userId, parameters.optionalText('code'));
			return { userId };
		}),
		/** {serverId, userId} */
		leave: toAction((parameters) => {
			users.leave(parameters.text('serverId'), parameters.text('userId'));
		}),
		/** {messageId, userId, emoji}; the name of the emoji, not encoded */
		react: toAction((parameters) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			users.react(messageId, userId, parameters.text('emoji'));
		}),
		/** {messageId, userId, text | content} → the changed message */
		edit: toAction((parameters, input) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			return render(users.edit(messageId, userId, readContent(parameters, input)));
		}),
		/** {channelId, userId, document} */
		sendDocument: toAction((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			users.sendDocument(channelId, userId, parameters.object('document') ?? {});
		}),
		/** {serverId, userId, online} */
		setOnline: toAction((parameters) => {
			const [serverId, userId] = [parameters.text('serverId'), parameters.text('userId')];
			users.setOnline(serverId, userId, parameters.boolean('online') ?? true);
		}),
		/** {messageId, userId} */
		recall: toAction((parameters) => {
			users.recall(parameters.text('messageId'), parameters.text('userId'));
		}),
		/** {messageId, userId, data} → {callbackId} */
		clickButton: toAction((parameters) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			return { callbackId: users.clickButton(messageId, userId, parameters.text('data')) };
		}),
		/** {messageId, userId, key}: the key of a slot */
		clickCard: toAction((parameters) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			users.clickCard(messageId, userId, parameters.text('key'));
		}),
		/** {channelId, last?} → the newest messages, newest first */
		messages: toAction((parameters) =>
			[...state.history(parameters.text('channelId'))]
				.slice(-parameters.integer('last', 20))
				.reverse()
				.map(render),
		),
		/** {userId} → the private chat of the user and the bot */
		privateChat: toAction((parameters) =>
			renderChat(state.privateChat(parameters.text('userId'), state.botId)),
		),
	};
}

function createCircleActions({ state, circle }: ActionTargets): Record<string, Action> {
	return {
		/** {channelId, userId, title?, text?, mentions?} → {postId} */
		createPost: toAction((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			const title = parameters.optionalText('title') ?? '';
			const text = parameters.optionalText('text') ?? '';
			const mentions = parameters.has('mentions') ? { mentions: parameters.texts('mentions') } : {};
			return { postId: circle.createPost(channelId, userId, { title, text, ...mentions }).id };
		}),
		/** {postId, userId} */
		likePost: toAction((parameters) => {
			circle.likePost(parameters.text('postId'), parameters.text('userId'));
		}),
		/** {postId, userId, text} → {commentId} */
		commentPost: toAction((parameters) => {
			const [postId, userId] = [parameters.text('postId'), parameters.text('userId')];
			return {
				commentId: circle.commentPost(postId, { userId, text: parameters.text('text') }).id,
			};
		}),
		/** {channelId, userId, postId} → the stored message */
		sharePost: toAction((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			const message = circle.sharePost(channelId, userId, parameters.text('postId'));
			return renderHistoryMessage(state, message);
		}),
		/** {channelId, userId, messageId} → the stored message */
		shareTopic: toAction((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			const message = circle.shareTopic(channelId, userId, parameters.text('messageId'));
			return renderHistoryMessage(state, message);
		}),
	};
}

function createServiceActions(targets: ActionTargets): Record<string, Action> {
	const { state, gateway, updates } = targets;
	return {
		/** All user_tokens issued so far. */
		secrets: toAction(() => gateway.secrets()),
		/** Changes the given settings; returns all settings. */
		settings: toAction((parameters) => {
			changeSettings(state.settings, parameters);
			return state.settings;
		}),
		/**
		 * {drop?, duplicate?, reorder?, malform?, refuse?, status?, body?, closeAfterPong?,
		 * closeDelayMs?, frame?, ignorePings?, expireTokens?, cut?, clear?} → connections and counts
		 */
		gateway: toAction((parameters) => {
			changeFaults(gateway, parameters);
			return { open: gateway.open, ...gateway.counts, queued: updates.size };
		}),
		/** {id, cut? | frozen?}: a single gateway connection */
		connection: toAction((parameters) => {
			const id = parameters.integer('id', 0);
			if (parameters.boolean('cut')) gateway.cutConnection(id);
			if (parameters.has('frozen')) {
				gateway.freezeConnection(id, parameters.boolean('frozen') ?? false);
			}
			return gateway.list();
		}),
	};
}
