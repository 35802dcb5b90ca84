import type { Reply } from '../core/service';
import { membersOf } from './audience';
import type { FanvueCall, FanvueHandlers } from './call';
import {
	chatMediaView,
	chatView,
	isUnread,
	markRead,
	partnerOf,
	sideOf,
	unreadOf,
} from './chat-views';
import { isActive } from './fans';
import type { Conversation } from './model';
import { countUnread } from './notifications';
import { NO_CONTENT, created, forbidden, iso, notFound, ok, rejected } from './replies';
import type { World } from './world';

const DAY = 86_400_000;
const FIFTY_DOLLARS = 5_000;

/** Filters that look at fans: only a creator has any. */
const FOR_CREATORS = new Set([
	'subscribers',
	'followers',
	'recent_subscribers',
	'spent_more_than_50',
	'on_free_trial',
	'has_tipped',
	'spenders',
]);

function passes(world: World, own: string, conversation: Conversation, filter: string): boolean {
	const other = partnerOf(conversation, own);
	const partner = world.user(other);
	const bond = world.bond(own, other);
	const subscription = bond?.subscription ?? null;
	const isSubscriber = isActive(subscription, world.now());
	switch (filter) {
		case 'unread':
			return isUnread(conversation, own);
		case 'subscribers':
			return isSubscriber;
		case 'followers':
			return !isSubscriber && (bond?.followedAt ?? null) !== null;
		case 'online':
			return partner?.isOnline ?? false;
		case 'recent_subscribers':
			return isSubscriber && (subscription?.firstSubscribedAt ?? 0) > world.now() - 7 * DAY;
		case 'not_answered':
			return conversation.messages.at(-1)?.senderUuid === other;
		case 'spent_more_than_50':
			return world.spentBy(own, other) > FIFTY_DOLLARS;
		case 'on_free_trial':
			return isSubscriber && (subscription?.isFreeTrial ?? false);
		case 'has_tipped':
			return world.sales.some(
				(sale) => sale.creatorUuid === own && sale.fanUuid === other && sale.source === 'tip',
			);
		case 'spenders':
			return world.spentBy(own, other) > 0;
		case 'exclude_creators':
			return !partner?.isCreator;
		case 'subscribed_to':
			return isActive(world.bond(other, own)?.subscription ?? null, world.now());
		case 'not_muted':
			return !sideOf(conversation, own).isMuted;
		default:
			return sideOf(conversation, own).isArchived;
	}
}

function lastAt(conversation: Conversation): number {
	return conversation.messages.at(-1)?.sentAt ?? conversation.createdAt;
}

/** How many messages came since the last answer. */
function unanswered({ messages }: Conversation, own: string): number {
	let count = 0;
	for (const { senderUuid } of [...messages].reverse()) {
		if (senderUuid === own) break;
		count += 1;
	}
	return count;
}

function sort(call: FanvueCall, conversations: Conversation[]): Conversation[] {
	const { world, owner, parameters } = call;
	const sortBy = parameters.optionalText('sortBy');
	const rank = (conversation: Conversation): number => {
		if (sortBy === 'online_now') {
			return world.user(partnerOf(conversation, owner.uuid))?.isOnline ? 1 : 0;
		}
		return sortBy === 'most_unanswered_chats' ? unanswered(conversation, owner.uuid) : 0;
	};
	return conversations.sort((a, b) => rank(b) - rank(a) || lastAt(b) - lastAt(a));
}

/** The key of a chat: the other one's id. */
export function chatKey(own: string): (conversation: Conversation) => string {
	return (conversation) => partnerOf(conversation, own);
}

function listChats(call: FanvueCall): Reply {
	const { world, owner, parameters } = call;
	const own = owner.uuid;
	const filters = parameters.texts('filter');
	const refused = filters.find((filter) => FOR_CREATORS.has(filter));
	if (refused !== undefined && !owner.isCreator) {
		throw forbidden(`The filter ${refused} is for creators`);
	}
	const list = call.optionalId('customListId');
	if (list !== undefined && world.customLists.get(list)?.creatorUuid !== own) {
		throw notFound('List');
	}
	const smartListIds = parameters.texts('smartListIds');
	const customListUuids = list === undefined ? [] : [list];
	const isListed = smartListIds.length + customListUuids.length > 0;
	const members = membersOf(world, own, { customListUuids, smartListIds });
	const search = parameters.optionalText('search')?.toLowerCase();
	const found = world.conversationsOf(own).filter((conversation) => {
		const partner = world.user(partnerOf(conversation, own));
		const names = `${partner?.displayName ?? ''}\n${partner?.handle ?? ''}`.toLowerCase();
		return (
			(!isListed || members.has(partner?.uuid ?? '')) &&
			(search === undefined || names.includes(search)) &&
			filters.every((filter) => passes(world, own, conversation, filter))
		);
	});
	return call.list(sort(call, found), chatKey(own), (conversation) =>
		chatView(world, conversation, own, call.isV1),
	);
}

export const chatHandlers: FanvueHandlers = {
	listChats,

	createChat(call) {
		const { world, owner } = call;
		const user = world.requireUser(call.id('userUuid'));
		if (user.uuid === owner.uuid || !user.isContactable) {
			throw rejected('This user cannot be contacted');
		}
		world.openConversation(owner.uuid, user.uuid, world.stamp());
		return created({ message: 'Chat created' });
	},

	getUnreadChatsCount(call) {
		const { world, owner } = call;
		const conversations = world.conversationsOf(owner.uuid);
		return ok({
			unreadChatsCount: conversations.filter((item) => isUnread(item, owner.uuid)).length,
			unreadMessagesCount: conversations.flatMap((item) => unreadOf(item, owner.uuid)).length,
			unreadNotifications: countUnread(world, owner.uuid),
		});
	},

	getBatchStatuses(call) {
		const statuses: Record<string, unknown> = {};
		for (const uuid of call.ids('userUuids')) {
			const user = call.world.user(uuid);
			if (!user) continue;
			statuses[uuid] = { isOnline: user.isOnline, lastSeenAt: iso(user.lastSeenAt) };
		}
		return ok(statuses);
	},

	updateChat(call) {
		const { world, owner, parameters } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		const side = sideOf(conversation, owner.uuid);
		const isRead = parameters.boolean('isRead');
		if (isRead === true) markRead(world, conversation, owner.uuid);
		if (isRead === false) side.isMarkedUnread = true;
		side.isMuted = parameters.boolean('isMuted') ?? side.isMuted;
		// An empty nickname is none.
		if (parameters.has('nickname')) side.nickname = parameters.text('nickname') || null;
		return NO_CONTENT;
	},

	listMedia(call) {
		const { world, owner, parameters } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		const type = parameters.optionalText('mediaType');
		const rows = [...conversation.messages].reverse().flatMap((message) =>
			message.mediaUuids.flatMap((uuid) => {
				const media = world.media.get(uuid);
				const fits = media && (type === undefined || media.mediaType === type);
				return fits ? [{ media, message }] : [];
			}),
		);
		return call.list(
			rows,
			({ media, message }) => `${message.uuid} ${media.uuid}`,
			({ media, message }) => chatMediaView(world, media, message, []),
		);
	},

	getChat(call) {
		const { world, owner } = call;
		const conversation = world.requireConversation(owner.uuid, call.id('userUuid'));
		return ok(chatView(world, conversation, owner.uuid, true));
	},

	sendTyping(call) {
		call.world.requireConversation(call.owner.uuid, call.id('userUuid'));
		// What the service answers is not known; nothing is the least a client can rely on.
		return NO_CONTENT;
	},
};
