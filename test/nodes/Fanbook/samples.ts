import type { INodeParameters } from 'n8n-workflow';
import type { FanbookHarness } from '../../support/fanbookHarness';
import { byId, demo } from '../../support/fanbookHarness';

/** Parameters of one operation in the sandbox, with all optional ones. */
export interface Sample {
	/** The contract's endpoint id. */
	endpoint: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
}

export const HELPERS = '523904175562982801';
export const CATEGORY = '523904175562981389';

const server = { guildId: byId(demo.serverId) };
const user = { userId: byId(demo.userId) };
const lobby = byId(demo.lobbyChannelId);
const circle = byId(demo.circleChannelId);
const all = { returnAll: true, simplify: false };
const card = {
	messageType: 'messageCard',
	cardBlocks: { block: [{ type: 'title', text: 'Sign in' }] },
};

/** IDs in the sample data that samples refer to. */
export interface Stock {
	messageId: string;
	/** The first message of a thread, and a reply to it. */
	rootId: string;
	childId: string;
	cardId: string;
	callbackId: string;
	clickedBy: string;
	notificationId: string;
	postId: string;
	topicId: string;
	commentId: string;
}

/** Creates what samples need: a card and a keyboard of the bot, a click, a notification. */
export async function stock(harness: FanbookHarness): Promise<Stock> {
	const { sandboxState: state } = harness.sandbox.fanbook;
	const send = async (parameters: INodeParameters) => {
		const { items } = await harness.run('message', 'send', { chatId: lobby, ...parameters });
		return String(items[0]?.json.message_id);
	};
	const cardId = await send(card);
	const messageId = await send({
		text: 'Choose',
		additionalFields: {
			replyMarkup: '{"inline_keyboard":[[{"text":"Yes","callback_data":"yes"}]]}',
		},
	});
	const keyboard = state.message(demo.lobbyChannelId, messageId);
	const callbackId = harness.sandbox.fanbook.clickButton(keyboard.id, demo.userId, 'yes');
	const notification = await harness.run('serverNotification', 'send', {
		...server,
		users: demo.userId,
		text: 'News',
	});
	const posts = [...state.posts.values()];
	const post = posts.find(({ comments }) => comments.length > 20) ?? posts[0];
	const child = state.history(demo.lobbyChannelId).find(({ quoteL1 }) => quoteL1 !== null);
	return {
		messageId,
		rootId: child?.quoteL1 ?? '',
		childId: child?.id ?? '',
		cardId,
		callbackId,
		clickedBy: demo.userId,
		notificationId: String(notification.items[0]?.json.message_id),
		postId: post?.id ?? '',
		topicId: post?.topicId ?? '',
		commentId: post?.comments[0]?.id ?? '',
	};
}

const sample = (
	endpoint: string,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
): Sample => ({ endpoint, resource, operation, parameters });

/** One sample for each of the 68 methods, in an order in which none removes what another needs. */
export function samples(at: Stock): Sample[] {
	const own = { chatId: lobby, messageId: at.messageId };
	const onCard = { channelId: lobby, messageId: at.cardId };
	const slot = { ...onCard, key: '1' };
	const post = { postId: byId(at.postId) };
	const badge = { ...server, ...user, cardId: 'test-badge-0001' };
	return [
		sample('bot.get', 'bot', 'get', { additionalFields: { includeUserToken: true } }),
		sample('bot.getCommands', 'bot', 'getCommands'),
		sample('bot.setServerNickname', 'bot', 'setServerNickname', { ...server, nickname: 'Lamp' }),
		sample('update.getMany', 'update', 'getAll', { returnAll: true }),
		sample('update.longPoll', 'update', 'getManyLongPoll', { limit: 5, filters: { timeout: 0 } }),
		sample('message.get', 'message', 'get', own),
		sample('message.send', 'message', 'send', {
			chatId: lobby,
			text: 'Hello ${@!601200000000000513}',
			desc: 'Hello',
			additionalFields: {
				selective: true,
				replyToMessageId: at.rootId,
				replyToMessageIdLevel2: at.childId,
				replyMarkup: '{"inline_keyboard":[[{"text":"Open","url":"https://example.com"}]]}',
				unreactive: 1,
				mentions: demo.userId,
				mentionRoles: [HELPERS],
			},
		}),
		sample('message.sendPhoto', 'message', 'sendPhoto', {
			chatId: lobby,
			photo: 'https://example.com/a.png',
			additionalFields: {
				width: 640,
				height: 480,
				replyToMessageId: at.messageId,
				replyMarkup: '{"inline_keyboard":[[{"text":"OK","callback_data":"1"}]]}',
			},
		}),
		sample('message.sendTaskNotification', 'message', 'sendTaskNotification', {
			channelType: '2',
			toUserId: byId(demo.userId),
			content: 'Water the lanterns',
			nonce: '517012345678901248',
		}),
		sample('serverNotification.send', 'serverNotification', 'send', {
			...server,
			users: [demo.userId],
			text: 'News',
		}),
		sample('serverNotification.recall', 'serverNotification', 'recall', {
			...server,
			chatId: demo.serverId,
			messageId: at.notificationId,
		}),
		sample('message.react', 'message', 'addReaction', {
			channelId: lobby,
			messageId: at.messageId,
			emoji: '赞',
			avatar: 'https://example.com/e.png',
			...user,
		}),
		sample('message.editText', 'message', 'editText', {
			...own,
			text: 'Chosen',
			updateFields: {
				disableWebPagePreview: true,
				selective: false,
				desc: 'Chosen',
				replyMarkup: '{"inline_keyboard":[]}',
			},
		}),
		sample('message.editKeyboard', 'message', 'editInlineKeyboard', {
			...own,
			updateFields: { replyMarkup: '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}' },
		}),
		sample('message.getMany', 'message', 'getAll', {
			...all,
			channelId: lobby,
			filters: { messageId: at.messageId, behavior: 'before' },
		}),
		sample('message.getThread', 'message', 'getThread', {
			...all,
			channelId: lobby,
			quoteId: at.rootId,
		}),
		sample('message.pin', 'message', 'pin', own),
		sample('message.unpin', 'message', 'unpin', own),
		sample('callback.answer', 'message', 'answerButtonClick', {
			callbackId: at.callbackId,
			userId: byId(at.clickedBy),
			channelId: lobby,
			additionalFields: { text: 'Thanks' },
		}),
		sample('messageCard.click', 'messageCard', 'click', {
			...slot,
			additionalFields: user,
		}),
		sample('messageCard.multiClick', 'messageCard', 'multiClick', {
			...slot,
			additionalFields: { ...user, clickType: ['1', '2'] },
		}),
		sample('messageCard.getUsers', 'messageCard', 'getUsers', {
			...slot,
			additionalFields: user,
		}),
		sample('messageCard.cancelClick', 'messageCard', 'cancelClick', {
			...slot,
			additionalFields: user,
		}),
		sample('messageCard.autoSlot', 'messageCard', 'autoAssignSlot', {
			...onCard,
			max: 3,
			additionalFields: user,
		}),
		sample('card.notify', 'messageCard', 'triggerRefresh', onCard),
		sample('message.delete', 'message', 'delete', own),
		sample('server.get', 'server', 'get', { ...server, simplify: false }),
		sample('server.getEmojis', 'server', 'getEmojis', server),
		sample('server.getMemberCount', 'server', 'getMemberCount', server),
		sample('member.getMany', 'member', 'getAll', {
			...server,
			channelId: byId('0'),
			...all,
			filters: { transaction: 'test' },
		}),
		sample('member.getManyByRole', 'member', 'getManyByRole', {
			...server,
			roleId: byId(HELPERS),
			...all,
		}),
		sample('member.getManyLegacy', 'member', 'getManyLegacy', { ...server, ...all }),
		sample('member.searchByNickname', 'member', 'searchByNickname', { ...server, query: 'Ada' }),
		sample('member.searchByShortId', 'member', 'searchByShortId', {
			...server,
			username: '1000037, 1000074',
		}),
		sample('member.get', 'member', 'get', { ...server, chatId: lobby, ...user }),
		sample('member.setRoles', 'member', 'setRoles', { ...server, ...user, roles: HELPERS }),
		sample('member.changeRoles', 'member', 'addOrRemoveRoles', {
			...server,
			...user,
			roles: [HELPERS],
			roleOperation: 'del',
		}),
		sample('member.checkMembership', 'member', 'checkMembership', {
			...server,
			memberId: byId(demo.userId),
		}),
		sample('member.mute', 'member', 'mute', {
			targetGuildId: byId(demo.serverId),
			targetUid: byId(demo.userId),
			durationInSecond: 60,
		}),
		sample('member.getVerification', 'member', 'getRealNameVerification', user),
		sample('member.filterServers', 'member', 'filterServers', {
			...user,
			guilds: [demo.serverId, demo.foreignServerId],
		}),
		sample('member.addToServer', 'member', 'addToServer', {
			...server,
			memberId: byId(demo.userId),
			c: 'LT0000',
		}),
		sample('member.kick', 'member', 'kick', {
			...server,
			chatId: lobby,
			userId: byId('601200000000020481'),
		}),
		sample('invite.getMany', 'invite', 'getAll', { ...server, ...all }),
		sample('invite.get', 'invite', 'get', { c: 'LT0001', simplify: false }),
		sample('channel.getMany', 'channel', 'getAll', server),
		sample('channel.create', 'channel', 'create', {
			...server,
			name: 'tea',
			type: 0,
			additionalFields: {
				topic: 'Tea',
				parentId: byId(CATEGORY),
				link: 'https://example.com',
				permissionOverwrites: `[{"id":"${HELPERS}","action_type":"role","allows":1024,"deny":0}]`,
			},
		}),
		sample('channel.update', 'channel', 'update', {
			...server,
			channelId: byId(demo.helpChannelId),
			updateFields: {
				name: 'questions',
				topic: 'Ask',
				parentId: byId(CATEGORY),
				icon: 'https://example.com/i.png',
			},
		}),
		sample('channel.delete', 'channel', 'delete', {
			...server,
			channelId: byId(demo.helpChannelId),
		}),
		sample('channel.getPrivateChat', 'channel', 'getPrivateChat', user),
		sample('role.getMany', 'role', 'getAll', { ...server, returnAll: true }),
		sample('role.create', 'role', 'create', {
			...server,
			name: 'Gardeners',
			additionalFields: { mentionable: true, hoist: false, color: '#198CFE' },
		}),
		sample('role.update', 'role', 'update', {
			...server,
			id: byId(HELPERS),
			permissions: '3072',
			updateFields: { name: 'Helping Hands', mentionable: false, hoist: true, color: 255 },
		}),
		sample('role.delete', 'role', 'delete', { ...server, id: byId('523904175562982657') }),
		sample('circlePost.getMany', 'circlePost', 'getAll', {
			...server,
			channelId: circle,
			...all,
			filters: { topicId: at.topicId, wd: 'diary', hasVideo: '0' },
		}),
		sample('circlePost.get', 'circlePost', 'get', {
			...post,
			channelId: circle,
			additionalFields: { topicId: at.topicId },
		}),
		sample('circlePost.getCircleInfo', 'circlePost', 'getCircleInfo', server),
		sample('circlePost.getReactions', 'circlePost', 'getReactions', { ...post, ...all }),
		sample('circlePost.getComments', 'circlePost', 'getComments', {
			...post,
			channelId: circle,
			...all,
		}),
		sample('circlePost.getCommentReplies', 'circlePost', 'getCommentReplies', {
			...post,
			commentId: at.commentId,
			...all,
		}),
		sample('circlePost.getReactionMembers', 'circlePost', 'getReactingMembers', {
			...server,
			...post,
			...all,
		}),
		sample('circlePost.getCommentMembers', 'circlePost', 'getCommentingMembers', {
			...server,
			...post,
			...all,
		}),
		sample('feed.getBenefits', 'circlePost', 'getBenefitFeed', { ...user, ...all }),
		sample('circlePost.delete', 'circlePost', 'delete', {
			...post,
			channelId: circle,
			topicId: at.topicId,
			reason: 'Off topic',
		}),
		sample('badge.get', 'badge', 'get', { ...server, ...user }),
		sample('badge.set', 'badge', 'set', {
			...badge,
			guildCredit: '{"authority":{"icon":"https://example.com/i.png","name":"n8n"},"slots":[]}',
		}),
		sample('badge.setGameRecord', 'badge', 'setGameRecord', {
			...server,
			...user,
			cardId: 'test-record-0001',
			gameCredit: '{"level":12}',
		}),
		sample('badge.delete', 'badge', 'delete', badge),
	];
}
