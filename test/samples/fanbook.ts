import type { INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox/demo';
import type { Sandbox } from '../../sandbox/index';
import { call, callObject } from '../sandbox/fanbook/client';
import type { Values } from './values';

/**
 * The sample of one operation, with its optional parameters, by the id of the contract. It serves
 * the tests of the node and those of the sandbox.
 */
export interface FanbookSample {
	values: Values;
	/** Parameters of the node that have another form than those of the API. */
	node?: INodeParameters;
}

const demo = DEMO.fanbook;
export const HELPERS = '523904175562982801';
export const CATEGORY = '523904175562981389';

/** IDs in the sample data that samples refer to. */
export interface Stock {
	messageId: string;
	/** The first message of a thread, and a reply to it. */
	rootId: string;
	childId: string;
	cardId: string;
	callbackId: string;
	notificationId: string;
	postId: string;
	topicId: string;
	commentId: string;
}

const KEYBOARD = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };
const CARD = { type: 'messageCard', data: '{"tag":"column","children":[]}' };

async function sendMessage(sandbox: Sandbox, members: Values): Promise<string> {
	const body = JSON.stringify({ desc: 'd', ...members });
	const withChat = `{"chat_id":${demo.lobbyChannelId},${body.slice(1)}`;
	const sent = await callObject(sandbox, 'POST sendMessage', withChat);
	return String(sent.message_id);
}

/** Creates what samples need: a card and a keyboard of the bot, a click, a notification. */
export async function stock(sandbox: Sandbox): Promise<Stock> {
	const { sandboxState: state } = sandbox.fanbook;
	const cardId = await sendMessage(sandbox, { text: JSON.stringify(CARD), parse_mode: 'Fanbook' });
	const messageId = await sendMessage(sandbox, { text: 'Choose', reply_markup: KEYBOARD });
	const callbackId = sandbox.fanbook.clickButton(messageId, demo.userId, 'yes');
	const notification = { guild_id: demo.serverId, users: [demo.userId], text: 'News' };
	await call(sandbox, 'POST guild/notification/send', JSON.stringify(notification));
	const posts = [...state.posts.values()];
	const post = posts.find(({ comments }) => comments.length > 20) ?? posts[0];
	const child = state.history(demo.lobbyChannelId).find(({ quoteL1 }) => quoteL1 !== null);
	return {
		messageId,
		rootId: child?.quoteL1 ?? '',
		childId: child?.id ?? '',
		cardId,
		callbackId,
		notificationId: [...state.notifications.keys()][0] ?? '',
		postId: post?.id ?? '',
		topicId: post?.topicId ?? '',
		commentId: post?.comments[0]?.id ?? '',
	};
}

const sample = (values: Values = {}, node?: INodeParameters): FanbookSample =>
	node === undefined ? { values } : { values, node };

/** Samples of every operation, in an order in which none removes what another needs. */
export function fanbookSamples(at: Stock): Record<string, FanbookSample> {
	const server = { guild_id: demo.serverId };
	const bot = { user_id: demo.botId };
	const user = { user_id: demo.userId };
	const lobby = demo.lobbyChannelId;
	const circle = demo.circleChannelId;
	const own = { chat_id: lobby, message_id: at.messageId };
	const onCard = { channel_id: lobby, message_id: at.cardId };
	const slot = { ...onCard, key: '1', ...user };
	const post = { post_id: at.postId };
	const badge = { ...server, ...user, card_id: 'test-badge-0001' };
	const photo = { photo: 'https://example.com/a.png' };
	return {
		'bot.get': sample({}, { additionalFields: { includeUserToken: true } }),
		'bot.getCommands': sample(),
		'bot.setServerNickname': sample({
			guild_Id: demo.serverId,
			bot_id: demo.botId,
			nickname: 'Lamp',
		}),
		'update.getMany': sample(),
		'update.longPoll': sample({ timeout: 0 }, { returnAll: false, limit: 5 }),
		'message.get': sample(own),
		'message.send': sample({
			chat_id: lobby,
			text: 'Hello ${@!601200000000000513}',
			desc: 'Hello',
			selective: true,
			reply_to_message_id: at.rootId,
			reply_to_message_id_level_2: at.childId,
			reply_markup: { inline_keyboard: [[{ text: 'Open', url: 'https://example.com' }]] },
			unreactive: 1,
			mentions: [demo.userId],
			mention_roles: [HELPERS],
		}),
		'message.sendPhoto': sample(
			{
				chat_id: lobby,
				photo: { Url: photo.photo },
				width: 640,
				height: 480,
				reply_to_message_id: at.messageId,
				reply_markup: { inline_keyboard: [[{ text: 'OK', callback_data: '1' }]] },
			},
			photo,
		),
		'message.sendTaskNotification': sample({
			channel_type: '2',
			to_user_id: demo.userId,
			content: 'Water the lanterns',
			nonce: '517012345678901248',
		}),
		'serverNotification.send': sample({ ...server, users: [demo.userId], text: 'News' }),
		'serverNotification.recall': sample({
			...server,
			chat_id: demo.serverId,
			message_id: at.notificationId,
		}),
		'message.react': sample({
			channel_id: lobby,
			message_id: at.messageId,
			emoji: '赞',
			avatar: 'https://example.com/e.png',
			...user,
		}),
		'message.editText': sample({
			...own,
			text: 'Chosen',
			disable_web_page_preview: true,
			selective: false,
			desc: 'Chosen',
			reply_markup: { inline_keyboard: [] },
		}),
		'message.editKeyboard': sample({
			...own,
			reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
		}),
		'message.getMany': sample({ channel_id: lobby, message_id: at.messageId, behavior: 'before' }),
		'message.getThread': sample({ channel_id: lobby, quote_id: at.rootId }),
		'message.pin': sample({ ...own, channel_id: lobby }),
		'message.unpin': sample(own),
		'callback.answer': sample({
			callback_id: at.callbackId,
			...user,
			channel_id: lobby,
			text: 'Thanks',
		}),
		'messageCard.click': sample(slot),
		'messageCard.multiClick': sample({ ...slot, click_type: ['1', '2'] }),
		'messageCard.getUsers': sample(slot),
		'messageCard.cancelClick': sample(slot),
		'messageCard.autoSlot': sample({ ...onCard, max: 3, ...user }),
		'card.notify': sample(onCard),
		'message.delete': sample(own),
		'server.get': sample({ ...server, ...bot }),
		'server.getEmojis': sample(server),
		'server.getMemberCount': sample(server),
		'member.getMany': sample({ ...server, channel_id: '0', ...bot, transaction: 'test' }),
		'member.getManyByRole': sample({ ...server, role_id: HELPERS }),
		'member.getManyLegacy': sample(server),
		'member.searchByNickname': sample({ ...server, query: 'Ada' }),
		'member.searchByShortId': sample({ ...server, username: ['1000037', '1000074'] }),
		'member.get': sample({ ...server, chat_id: lobby, ...user }),
		'member.setRoles': sample({ ...server, ...user, roles: [HELPERS] }),
		'member.changeRoles': sample({ ...server, ...user, roles: [HELPERS], operation: 'del' }),
		'member.checkMembership': sample({ ...server, member_id: demo.userId }),
		'member.mute': sample({
			target_guild_id: demo.serverId,
			target_uid: demo.userId,
			duration_in_second: 60,
		}),
		'member.getVerification': sample(user),
		'member.filterServers': sample({ ...user, guilds: [demo.serverId, demo.foreignServerId] }),
		'member.addToServer': sample({ ...server, member_id: demo.userId, c: 'LT0000' }),
		'member.kick': sample({ ...server, chat_id: lobby, user_id: '601200000000020481' }),
		'invite.getMany': sample(server),
		'invite.get': sample({ c: 'LT0001' }),
		'channel.getMany': sample(server),
		'channel.create': sample({
			...server,
			...bot,
			name: 'tea',
			type: 0,
			topic: 'Tea',
			parent_id: CATEGORY,
			link: 'https://example.com',
			permission_overwrites: [{ id: HELPERS, action_type: 'role', allows: 1024, deny: 0 }],
		}),
		'channel.update': sample({
			...server,
			...bot,
			channel_id: demo.helpChannelId,
			name: 'questions',
			topic: 'Ask',
			parent_id: CATEGORY,
			icon: 'https://example.com/i.png',
		}),
		'channel.delete': sample({ ...server, ...bot, channel_id: demo.helpChannelId }),
		'channel.getPrivateChat': sample(user),
		'role.getMany': sample(server),
		'role.create': sample({
			...server,
			name: 'Gardeners',
			mentionable: true,
			hoist: false,
			color: 1_674_494,
		}),
		'role.update': sample({
			...server,
			id: HELPERS,
			permissions: '3072',
			name: 'Helping Hands',
			mentionable: false,
			hoist: true,
			color: 255,
		}),
		'role.delete': sample({ ...server, id: '523904175562982657' }),
		'circlePost.getMany': sample({
			...server,
			channel_id: circle,
			topic_id: at.topicId,
			wd: 'diary',
			has_video: '0',
		}),
		'circlePost.get': sample({ ...post, channel_id: circle, topic_id: at.topicId }),
		'circlePost.getCircleInfo': sample(server),
		'circlePost.getReactions': sample(post),
		'circlePost.getComments': sample({ ...post, channel_id: circle }),
		'circlePost.getCommentReplies': sample({ ...post, comment_id: at.commentId }),
		'circlePost.getReactionMembers': sample({ ...server, ...post }),
		'circlePost.getCommentMembers': sample({ ...server, ...post }),
		'feed.getBenefits': sample(user),
		'circlePost.delete': sample({
			...post,
			channel_id: circle,
			topic_id: at.topicId,
			reason: 'Off topic',
		}),
		'badge.get': sample({ ...server, ...user }),
		'badge.set': sample({
			...badge,
			guild_credit: { authority: { icon: 'https://example.com/i.png', name: 'n8n' }, slots: [] },
		}),
		'badge.setGameRecord': sample({
			...server,
			...user,
			card_id: 'test-record-0001',
			game_credit: { level: 12 },
		}),
		'badge.delete': sample(badge),
	};
}
