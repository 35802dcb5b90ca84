import type { FanvueState } from '../../../sandbox/fanvue/state';
import { DEMO_APP } from '../../../sandbox/fanvue/handlers/apps';

/** Parameters of a successful call: those on top, and all of its collection. */
export interface Sample {
	top?: Record<string, unknown>;
	/** The part of the collection that the service requires. */
	least?: Record<string, unknown>;
	more?: Record<string, unknown>;
}

function need<Thing>(thing: Thing | undefined, what: string): Thing {
	if (thing === undefined) throw new Error(`The sample data have no ${what}`);
	return thing;
}

const PERIOD = { startDate: '2026-01-01T00:00:00Z', endDate: '2026-02-01T00:00:00Z' };
const VARIANTS = ['main', 'thumbnail'];

/** Parameters of every endpoint for the sandbox's sample data, as the creator Mira. */
export function samplesFor(state: FanvueState): Record<string, Sample> {
	const mira = state.userByHandle('mira').uuid;
	const felix = state.userByHandle('felix').uuid;
	const stranger = state.userByHandle('fan180').uuid;
	const nolan = state.userByHandle('nolan').uuid;
	const tara = state.userByHandle('tara').uuid;
	const chat = state.requireConversation(mira, felix);
	const sent = chat.messages.filter(({ senderUuid }) => senderUuid === mira);
	const own = need(
		sent.find(({ purchasedAt }) => purchasedAt === null),
		'message not bought',
	).uuid;
	const withMedia = need(
		sent.find(({ mediaUuids }) => mediaUuids.length > 0),
		'message with media',
	);
	const ready = [...state.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira && completedAt !== null,
	);
	const pictures = ready.slice(0, 2).map(({ uuid }) => uuid);
	const picture = need(pictures[0], 'picture');
	const folder = need(
		state.folders.find(({ name }) => name.includes('/')),
		'folder',
	).name;
	const inFolder = need(
		ready.find(({ folderNames }) => folderNames.has(folder)),
		'media in it',
	).uuid;
	const post = need(
		state.posts.find(
			({ creatorUuid, isDeleted, comments }) =>
				creatorUuid === mira && !isDeleted && comments.length > 0,
		),
		'post with comments',
	);
	const comment = need(post.comments[0], 'comment').uuid;
	const scheduled = need(
		state.massMessages.find(
			({ scheduledAt, publishedAt }) => scheduledAt !== null && publishedAt === null,
		),
		'scheduled mass message',
	).uuid;
	const list = need([...state.customLists.values()][0], 'list');
	const member = need([...list.memberUuids][0], 'member');
	const template = need(state.templates[0], 'template').uuid;
	const collection = need(
		[...state.collections.values()].find(({ creatorUuid }) => creatorUuid === mira),
		'collection',
	).uuid;
	const link = need(
		state.trackingLinks.find(
			({ visitors, creatorUuid }) => creatorUuid === mira && visitors.length > 0,
		),
		'link',
	);
	const visitor = need(link.visitors[0], 'visitor').userUuid;
	const mediaLink = need(state.mediaLinks[0], 'media link').uuid;
	const lists = { customListUuids: list.uuid, smartListUuids: ['subscribers', 'followers'] };
	const soon = new Date(state.now() + 3_600_000).toISOString();
	const later = new Date(state.now() + 7_200_000).toISOString();
	const content = { text: 'Hello 🌊', mediaUuids: pictures.join(', '), price: 500 };
	const chatOf = { userUuid: felix };
	const onPost = { uuid: post.uuid };

	return {
		listChats: {
			more: {
				customListId: list.uuid,
				smartListIds: ['subscribers', 'followers'],
				filter: ['subscribers', 'not_muted'],
				search: 'a',
				sortBy: 'online_now',
			},
		},
		createChat: { top: { userUuid: stranger } },
		getBatchStatuses: { top: { userUuids: [felix, stranger] } },
		updateChat: {
			top: chatOf,
			least: { isRead: true },
			more: { isRead: true, isMuted: false, nickname: 'Lix' },
		},
		listMedia: { top: chatOf, more: { mediaType: 'image' } },
		getChat: { top: chatOf },
		sendTyping: { top: { ...chatOf, isTyping: true } },
		listMessages: { top: chatOf, more: { markAsRead: true } },
		sendMessage: {
			top: { ...chatOf, ...content },
			more: { templateUuid: template },
		},
		deleteMessage: { top: { ...chatOf, messageUuid: own } },
		getMessage: { top: { ...chatOf, messageUuid: own } },
		getMessageMediaByUuids: {
			top: { ...chatOf, messageUuid: withMedia.uuid, mediaUuids: withMedia.mediaUuids.join() },
			more: { variants: VARIANTS },
		},
		messagesBatch: {
			top: { chatUuids: `${felix},${stranger}` },
			more: { limit: 2, sinceMessageUuid: own },
		},
		listMassMessages: { more: { includeDeleted: true } },
		sendMassMessage: {
			top: { includedLists: lists, ...content },
			more: { excludedLists: { smartListUuids: ['muted'] }, scheduledAt: soon },
		},
		updateMassMessage: {
			top: { messageUuid: scheduled },
			least: { text: 'Later' },
			more: {
				...content,
				includedLists: lists,
				excludedLists: { smartListUuids: ['muted'] },
				scheduledAt: soon,
			},
		},
		deleteMassMessage: { top: { messageUuid: scheduled } },
		listTemplateMessages: { more: { folderName: 'greet' } },
		getTemplateMessage: { top: { templateUuid: template } },
		getSmartListMembers: { top: { uuid: 'subscribers' } },
		getCustomLists: { more: { search: 'o' } },
		createCustomList: { top: { name: 'Öffentliche 🌊' } },
		updateCustomList: { top: { uuid: list.uuid, name: 'Renamed' } },
		deleteCustomList: { top: { uuid: list.uuid } },
		getCustomListMembers: { top: { uuid: list.uuid } },
		addMembersToCustomList: { top: { uuid: list.uuid, userUuids: `${member},${stranger}` } },
		removeMemberFromCustomList: { top: { uuid: list.uuid, userUuid: member } },
		getPosts: { more: { includeUnpublished: false } },
		createPost: {
			top: { audience: 'followers-and-subscribers', ...content },
			more: {
				mediaPreviewUuid: pictures[1],
				publishAt: soon,
				expiresAt: later,
				collectionUuids: collection,
			},
		},
		getPostByUuid: { top: onPost },
		updatePost: {
			top: onPost,
			least: { text: 'New' },
			more: {
				...content,
				audience: 'subscribers',
				mediaPreviewUuid: pictures[1],
				expiresAt: later,
				collectionUuids: [collection],
			},
		},
		deletePost: { top: onPost },
		pinPost: { top: onPost },
		unpinPost: { top: onPost },
		repostPost: { top: onPost },
		getPostTips: { top: onPost },
		getPostLikes: { top: onPost },
		getPostComments: { top: onPost },
		createPostComment: { top: { ...onPost, text: 'Thank you' } },
		deletePostComment: { top: { ...onPost, commentUuid: comment } },
		createCollection: { top: { label: 'Winter' } },
		renameCollection: { top: { uuid: collection, label: 'Summer 2026' } },
		deleteCollection: { top: { uuid: collection } },
		listSubscribers: { more: { sortField: 'name', sortDirection: 'asc' } },
		getEarnings: { more: { ...PERIOD, source: ['message', 'tip'] } },
		getEarningsSummary: { more: { ...PERIOD, granularity: 'week', timezone: 'Europe/Berlin' } },
		getSpending: { more: { ...PERIOD, source: ['refund'] } },
		getSubscribers: { more: PERIOD },
		getTopSpenders: { more: PERIOD },
		getFanInsights: { top: chatOf },
		getBulkFanInsights: { top: { fanUuids: `${felix},${nolan}` } },
		batchFanInsights: { top: { fanUuids: [felix, nolan] } },
		getUserMedia: {
			more: {
				mediaType: 'image',
				folderName: folder,
				usage: 'subscribers',
				purchasedBy: felix,
				status: ['ready', 'processing'],
				variants: VARIANTS,
			},
		},
		getUserMediaByUuid: {
			top: { uuid: picture },
			more: { purchasedBy: felix, variants: VARIANTS },
		},
		getBulkMedia: { top: { mediaUuids: pictures.join(',') }, more: { variants: VARIANTS } },
		grantMedia: {
			top: { uuid: picture, consumerId: felix, source: 'my_shop', sourceRef: 'order-1042' },
		},
		getEntitledMedia: { top: { uuid: picture, consumerId: felix }, more: { variants: VARIANTS } },
		getMediaLinkPurchaseStatus: { top: { uuid: mediaLink } },
		createUploadSession: {
			top: { name: 'Waves', filename: 'waves.mp4', mediaType: 'video' },
			more: { sizeBytes: 1_610_612_736 },
		},
		createVaultFolder: { top: { name: 'Neu & schön' } },
		getVaultFolder: { top: { folderName: folder } },
		renameVaultFolder: { top: { folderName: folder, name: 'Film' } },
		deleteVaultFolder: { top: { folderName: folder } },
		listVaultFolderMedia: { top: { folderName: folder } },
		attachMediaToVaultFolder: { top: { folderName: folder, mediaUuids: pictures } },
		detachMediaFromVaultFolder: { top: { folderName: folder, mediaUuid: inFolder } },
		listTrackingLinks: {
			more: { createdAfter: '2020-01-01T00:00:00Z', createdBefore: '2099-01-01T00:00:00Z' },
		},
		createTrackingLink: { top: { name: 'Bio', externalSocialPlatform: 'tiktok' } },
		deleteTrackingLink: { top: { uuid: link.uuid } },
		listTrackingLinkUsers: { top: { uuid: link.uuid } },
		getUserTrackingMetadata: { top: { uuid: link.uuid, userUuid: visitor } },
		listNotifications: { more: { eventType: 10 } },
		getAppSubscriptionStatus: { top: { appUuid: DEMO_APP.uuid } },
		getAppCurrentUserSubscription: { top: { appUuid: DEMO_APP.uuid } },
		listAgencyEarningsByDay: { top: PERIOD, more: { creatorUuids: `${mira},${nolan}` } },
		getChatterLeaderboard: { more: { ...PERIOD, chatterUuids: tara } },
		listAgencySubscribers: { more: { creatorUuids: mira } },
		listAgencySubscribersHistory: { top: PERIOD, more: { creatorUuids: mira } },
		updateTeamMember: {
			top: { userId: tara, creatorUuids: mira },
			more: { nickname: 'Day shift' },
		},
		createAgencyInvite: { top: { email: 'felix@example.com' } },
		createCreatorInvite: { top: { email: 'mira@example.com' } },
		getCreatorAccount: { top: { creatorUserUuid: mira } },
		getOnlineSubscribers: {
			top: { creatorUserUuid: mira },
			more: { limit: 3, subscriberUuids: `${felix},${stranger}` },
		},
		createWebhookSubscription: {
			top: { url: 'https://example.com/hook', events: 'creator.message.received' },
		},
	};
}
