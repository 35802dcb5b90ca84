import { markRead } from '../mutations';
import type { Reply } from '../../core/service';
import { membersOfLists } from '../listMembers';
import type { FanvueContext, FanvueHandlers } from '../context';
import { chatMediaView, chatView, isUnread, partnerOf, sideOf, unreadOf } from '../chatViews';
import { isActive } from '../fans';
import type { Conversation } from '../model';
import { countUnread } from './notifications';
import { NO_CONTENT, created, forbidden, iso, notFound, ok, badRequest } from '../replies';
import type { FanvueState } from '../state';
import { DAY } from '../time';

const FIFTY_DOLLARS = 5_000;

/** Filters by fan properties. Only creators may use them. */
const FOR_CREATORS = new Set([
	'subscribers',
	'followers',
	'recent_subscribers',
	'spent_more_than_50',
	'on_free_trial',
	'has_tipped',
	'spenders',
]);

function passes(
	state: FanvueState,
	{ own, conversation, filter }: { own: string; conversation: Conversation; filter: string },
): boolean {
	const other = partnerOf(conversation, own);
	const partner = state.user(other);
	const relationship = state.relationship(own, other);
	const subscription = relationship?.subscription ?? null;
	const isSubscriber = isActive(subscription, state.now());
	switch (filter) {
		case 'unread':
			return isUnread(conversation, own);
		case 'subscribers':
			return isSubscriber;
		case 'followers':
			return !isSubscriber && (relationship?.followedAt ?? null) !== null;
		case 'online':
			return partner?.isOnline ?? false;
		case 'recent_subscribers':
			return isSubscriber && (subscription?.firstSubscribedAt ?? 0) > state.now() - 7 * DAY;
		case 'not_answered':
			return conversation.messages.at(-1)?.senderUuid === other;
		case 'spent_more_than_50':
			return state.amountSpent(own, other) > FIFTY_DOLLARS;
		case 'on_free_trial':
			return isSubscriber && (subscription?.isFreeTrial ?? false);
		case 'has_tipped':
			return state.sales.some(
				(sale) => sale.creatorUuid === own && sale.fanUuid === other && sale.source === 'tip',
			);
		case 'spenders':
			return state.amountSpent(own, other) > 0;
		case 'exclude_creators':
			return !partner?.isCreator;
		case 'subscribed_to':
			return isActive(state.relationship(other, own)?.subscription ?? null, state.now());
		case 'not_muted':
			return !sideOf(conversation, own).isMuted;
		default:
			return sideOf(conversation, own).isArchived;
	}
}

function lastAt(conversation: Conversation): number {
	return conversation.messages.at(-1)?.sentAt ?? conversation.createdAt;
}

/** Returns the number of messages since the last reply. */
function unanswered({ messages }: Conversation, own: string): number {
	let count = 0;
	for (const { senderUuid } of [...messages].reverse()) {
		if (senderUuid === own) break;
		count += 1;
	}
	return count;
}

function sort(context: FanvueContext, conversations: Conversation[]): Conversation[] {
	const { state, owner, parameters } = context;
	const sortBy = parameters.optionalText('sortBy');
	const rank = (conversation: Conversation): number => {
		if (sortBy === 'online_now') {
			return state.user(partnerOf(conversation, owner.uuid))?.isOnline ? 1 : 0;
		}
		return sortBy === 'most_unanswered_chats' ? unanswered(conversation, owner.uuid) : 0;
	};
	return conversations.sort((a, b) => rank(b) - rank(a) || lastAt(b) - lastAt(a));
}

/** Returns the cursor key of a chat: the UUID of the other user. */
export function chatKey(own: string): (conversation: Conversation) => string {
	return (conversation) => partnerOf(conversation, own);
}

function listChats(context: FanvueContext): Reply {
	const { state, owner, parameters } = context;
	const own = owner.uuid;
	const filters = parameters.texts('filter');
	const refused = filters.find((filter) => FOR_CREATORS.has(filter));
	if (refused !== undefined && !owner.isCreator) {
		throw forbidden(`The filter ${refused} is for creators`);
	}
	const list = context.optionalId('customListId');
	if (list !== undefined && state.customLists.get(list)?.creatorUuid !== own) {
		throw notFound('List');
	}
	const smartListIds = parameters.texts('smartListIds');
	const customListUuids = list === undefined ? [] : [list];
	const isListed = smartListIds.length + customListUuids.length > 0;
	const members = membersOfLists(state, own, { customListUuids, smartListIds });
	const search = parameters.optionalText('search')?.toLowerCase();
	const found = state.conversationsOf(own).filter((conversation) => {
		const partner = state.user(partnerOf(conversation, own));
		const names = `${partner?.displayName ?? ''}\n${partner?.handle ?? ''}`.toLowerCase();
		return (
			(!isListed || members.has(partner?.uuid ?? '')) &&
			(search === undefined || names.includes(search)) &&
			filters.every((filter) => passes(state, { own, conversation, filter }))
		);
	});
	return context.list(sort(context, found), chatKey(own), (conversation) =>
		chatView(state, { conversation, viewerUuid: own, isV1: context.isV1 }),
	);
}

export const chatHandlers: FanvueHandlers = {
	listChats,

	createChat(context) {
		const { state, owner } = context;
		const user = state.requireUser(context.id('userUuid'));
		if (user.uuid === owner.uuid || !user.isContactable) {
			throw badRequest('This user cannot be contacted');
		}
		state.ensureConversation(owner.uuid, user.uuid, state.nextTimestamp());
		return created({ message: 'Chat created' });
	},

	getUnreadChatsCount(context) {
		const { state, owner } = context;
		const conversations = state.conversationsOf(owner.uuid);
		return ok({
			unreadChatsCount: conversations.filter((item) => isUnread(item, owner.uuid)).length,
			unreadMessagesCount: conversations.flatMap((item) => unreadOf(item, owner.uuid)).length,
			unreadNotifications: countUnread(state, owner.uuid),
		});
	},

	getBatchStatuses(context) {
		const statuses: Record<string, unknown> = {};
		for (const uuid of context.ids('userUuids')) {
			const user = context.state.user(uuid);
			if (!user) continue;
			statuses[uuid] = { isOnline: user.isOnline, lastSeenAt: iso(user.lastSeenAt) };
		}
		return ok(statuses);
	},

	updateChat(context) {
		const { state, owner, parameters } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		const side = sideOf(conversation, owner.uuid);
		const isRead = parameters.boolean('isRead');
		if (isRead === true) markRead(state, conversation, owner.uuid);
		if (isRead === false) side.isMarkedUnread = true;
		side.isMuted = parameters.boolean('isMuted') ?? side.isMuted;
		// An empty nickname removes it.
		if (parameters.has('nickname')) side.nickname = parameters.text('nickname') || null;
		return NO_CONTENT;
	},

	listMedia(context) {
		const { state, owner, parameters } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		const type = parameters.optionalText('mediaType');
		const rows = [...conversation.messages].reverse().flatMap((message) =>
			message.mediaUuids.flatMap((uuid) => {
				const media = state.media.get(uuid);
				const fits = media && (type === undefined || media.mediaType === type);
				return fits ? [{ media, message }] : [];
			}),
		);
		return context.list(
			rows,
			({ media, message }) => `${message.uuid} ${media.uuid}`,
			({ media, message }) => chatMediaView(state, { media, message, variants: [] }),
		);
	},

	getChat(context) {
		const { state, owner } = context;
		const conversation = state.requireConversation(owner.uuid, context.id('userUuid'));
		return ok(chatView(state, { conversation, viewerUuid: owner.uuid, isV1: true }));
	},

	sendTyping(context) {
		context.state.requireConversation(context.owner.uuid, context.id('userUuid'));
		// The response body is not documented. An empty one is the safest assumption.
		return NO_CONTENT;
	},
};
