import { isObject, type JsonObject } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import type { FanbookContext } from './context';
import { renderChat, renderHistoryMessage } from './render';
import type { FanbookSettings } from './state';

function read(input: JsonObject): Parameters {
	return new Parameters(new Map(Object.entries(input)));
}

/** A text, or a content object. */
function whatOf(input: JsonObject, parameters: Parameters): string | JsonObject {
	return isObject(input.content) ? input.content : parameters.text('text');
}

function change(settings: FanbookSettings, parameters: Parameters): void {
	for (const key of ['sendAllowed', 'fullMessages', 'textFrames'] as const) {
		settings[key] = parameters.boolean(key) ?? settings[key];
	}
	for (const key of ['sendsPerSecond', 'userTokenLifetimeMs', 'idleTimeoutMs'] as const) {
		settings[key] = parameters.integer(key, settings[key]);
	}
	const page = parameters.optionalText('afterPage');
	if (page === 'next' || page === 'newest') settings.afterPage = page;
}

/**
 * What POST /_admin/fanbook/<name> does: the people's side of the service, the settings and the
 * gateway's faults. Ids are texts in and out.
 */
export function createActions(reach: FanbookContext): Record<string, Action> {
	const { state: world, people, circle, gateway, updates } = reach;
	const act =
		(run: (parameters: Parameters, input: JsonObject) => unknown): Action =>
		(input) =>
			run(read(input), input);
	return {
		/** Every user_token given out. */
		secrets: act(() => gateway.secrets()),
		/** {channelId, userId, text | content, replyTo?, replyMarkup?} → the stored message. */
		say: act((parameters, input) => {
			const replyTo = parameters.optionalText('replyTo');
			const replyMarkup = parameters.object('replyMarkup');
			const options = { ...(replyTo ? { replyTo } : {}), ...(replyMarkup ? { replyMarkup } : {}) };
			const what = whatOf(input, parameters);
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			return renderHistoryMessage(world, people.say(channelId, userId, what, options));
		}),
		/** {userId, text | content} → the stored private message. */
		whisper: act((parameters, input) =>
			renderHistoryMessage(
				world,
				people.whisper(parameters.text('userId'), whatOf(input, parameters)),
			),
		),
		/** {serverId, userId | nickname, code?} */
		join: act((parameters) => {
			const nickname = parameters.optionalText('nickname');
			const userId =
				nickname === undefined ? parameters.text('userId') : people.findOrCreate(nickname).id;
			people.join(parameters.text('serverId'), userId, parameters.optionalText('code'));
			return { userId };
		}),
		leave: act((parameters) => {
			people.leave(parameters.text('serverId'), parameters.text('userId'));
		}),
		/** {messageId, userId, emoji} with the emoji's plain name. */
		react: act((parameters) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			people.react(messageId, userId, parameters.text('emoji'));
		}),
		recall: act((parameters) => {
			people.recall(parameters.text('messageId'), parameters.text('userId'));
		}),
		/** {messageId, userId, data} → {callbackId} */
		clickButton: act((parameters) => ({
			callbackId: people.clickButton(
				parameters.text('messageId'),
				parameters.text('userId'),
				parameters.text('data'),
			),
		})),
		clickCard: act((parameters) => {
			const [messageId, userId] = [parameters.text('messageId'), parameters.text('userId')];
			people.clickCard(messageId, userId, parameters.text('key'));
		}),
		/** {channelId, userId, title?, text?} → {postId} */
		createPost: act((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			const title = parameters.optionalText('title') ?? '';
			const text = parameters.optionalText('text') ?? '';
			return { postId: circle.createPost(channelId, userId, { title, text }).id };
		}),
		likePost: act((parameters) => {
			circle.likePost(parameters.text('postId'), parameters.text('userId'));
		}),
		commentPost: act((parameters) => {
			const [postId, userId] = [parameters.text('postId'), parameters.text('userId')];
			return { commentId: circle.commentPost(postId, userId, parameters.text('text')).id };
		}),
		sharePost: act((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			return renderHistoryMessage(
				world,
				circle.sharePost(channelId, userId, parameters.text('postId')),
			);
		}),
		shareTopic: act((parameters) => {
			const [channelId, userId] = [parameters.text('channelId'), parameters.text('userId')];
			return renderHistoryMessage(
				world,
				circle.shareTopic(channelId, userId, parameters.text('messageId')),
			);
		}),
		/** {channelId, last?} → the newest messages, newest first. */
		messages: act((parameters) =>
			[...world.history(parameters.text('channelId'))]
				.slice(-parameters.integer('last', 20))
				.reverse()
				.map((message) => renderHistoryMessage(world, message)),
		),
		privateChat: act((parameters) =>
			renderChat(world.privateChat(parameters.text('userId'), world.botId)),
		),
		/** Changes what is given; answers all settings. */
		settings: act((parameters) => {
			change(world.settings, parameters);
			return world.settings;
		}),
		/** {drop?, duplicate?, reorder?, malform?, refuse?, status?, ignorePings?, cut?, clear?} */
		gateway: act((parameters) => {
			const { faults } = gateway;
			if (parameters.boolean('clear')) faults.clear();
			if (parameters.has('drop')) faults.drop(parameters.integer('drop', 0));
			if (parameters.has('duplicate')) faults.duplicate(parameters.integer('duplicate', 0));
			if (parameters.has('reorder')) faults.reorder(parameters.integer('reorder', 0));
			if (parameters.has('malform')) faults.malform(parameters.integer('malform', 0));
			if (parameters.has('refuse')) {
				faults.refuse(parameters.integer('refuse', 0), parameters.integer('status', 502));
			}
			faults.ignorePings = parameters.boolean('ignorePings') ?? faults.ignorePings;
			if (parameters.boolean('forgetTokens')) gateway.expireTokens();
			if (parameters.boolean('cut')) gateway.cut();
			return { open: gateway.open, ...gateway.counts, queued: updates.size };
		}),
	};
}
