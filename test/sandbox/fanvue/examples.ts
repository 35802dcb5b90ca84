import type { Sandbox } from '../../../sandbox/index';
import { DEMO_APP } from '../../../sandbox/fanvue/handlers/apps';

/** A valid request for an endpoint, and the documented response. */
export interface Example {
	path?: Record<string, string>;
	query?: Record<string, string | string[]>;
	body?: Record<string, unknown>;
	/** Defaults to 200. */
	status?: number;
	/** Members of the response, or of each row of a list. `?` marks optional ones. */
	members?: string;
}

/** Ids of entities in the sample data. */
export function idsOf(sandbox: Sandbox) {
	const { sandboxState: state } = sandbox.fanvue;
	const mira = state.userByHandle('mira').uuid;
	const felix = state.userByHandle('felix').uuid;
	const messages = state.requireConversation(mira, felix).messages;
	const own = messages.filter(({ senderUuid }) => senderUuid === mira);
	const posts = state.posts.filter(({ creatorUuid }) => creatorUuid === mira);
	const must = <Value>(value: Value | undefined): Value => {
		if (value === undefined) throw new TypeError('the sample data lack something');
		return value;
	};
	const media = [...state.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira && completedAt !== null,
	);
	return {
		mira,
		felix,
		fan: state.userByHandle('fan150').uuid,
		tara: state.userByHandle('tara').uuid,
		post: must(posts.findLast(({ comments, likes }) => comments.length > 0 && likes.length > 0)),
		media: must(media[0]).uuid,
		message: must(own.find(({ purchasedAt, mediaUuids }) => purchasedAt === null && mediaUuids[0])),
		scheduled: must(state.massMessages.find(({ scheduledAt }) => scheduledAt !== null)).uuid,
		template: must(state.templates[0]).uuid,
		list: must([...state.customLists.values()][0]).uuid,
		listMember: must([...must([...state.customLists.values()][0]).memberUuids][0]),
		collection: must([...state.collections.keys()][0]),
		folder: must(state.folders[0]).name,
		link: must(state.trackingLinks[0]).uuid,
		visitor: must(must(state.trackingLinks[0]).visitors[0]).userUuid,
		mediaLink: must(state.mediaLinks[0]).uuid,
	};
}

const FAN_USER = 'uuid handle displayName nickname isTopSpender avatarUrl registeredAt';
const POST_CREATED =
	'uuid createdAt text price mediaPreviewUuid audience publishAt publishedAt expiresAt';
const POST = `${POST_CREATED} mediaUuids isPinned likesCount commentsCount tips collections`;
const PROFILE =
	'uuid email handle bio displayName isCreator createdAt updatedAt avatarUrl bannerUrl';
const ACCOUNT = `${PROFILE} account`;
const CHAT = 'createdAt lastMessageAt isRead isMuted unreadMessagesCount user lastMessage';
const MESSAGE =
	'uuid text sentAt sender recipient hasMedia mediaType mediaUuids type pricing purchasedAt sentByUserId isRead';
const MEDIA = 'uuid status createdAt caption description name mediaType recommendedPrice tags';
const FOLDER = 'name createdAt mediaCount';
const LIST_MEMBER = 'uuid displayName handle isCreator';
const LINK = 'uuid name linkUrl externalSocialPlatform createdAt clicks engagement earnings';
const INSIGHTS = 'status spending subscription';
const COLLECTION = 'uuid label createdAt';
const DAY = 'date total newSubscribersCount cancelledSubscribersCount';
const TEAM_MEMBER = 'uuid isAdmin nickname email displayName creatorAccess';
const SMALL_PAGE = { page: '1', size: '2' };
const PERIOD = { startDate: '2026-01-01T00:00:00Z', endDate: '2026-12-01T00:00:00Z' };

/** One valid request per endpoint. Creator routes use that of the own route. */
export function examplesOf(sandbox: Sandbox): Record<string, Example> {
	const ids = idsOf(sandbox);
	const chat = { userUuid: ids.felix };
	const post = { uuid: ids.post.uuid };
	const message = { ...chat, messageUuid: ids.message.uuid };
	const folder = { folderName: ids.folder };
	const link = { uuid: ids.link };
	const future = new Date(sandbox.clock.now() + 86_400_000).toISOString();
	return {
		getCurrentUser: { members: `${PROFILE} likesCount fanCounts contentCounts` },
		getAccount: { members: ACCOUNT },
		getCreatorAccount: { members: ACCOUNT },
		listChats: { query: { ...SMALL_PAGE, filter: ['unread', 'subscribers'] }, members: CHAT },
		createChat: { body: { userUuid: ids.fan }, status: 201, members: 'message' },
		getUnreadChatsCount: {
			members: 'unreadChatsCount unreadMessagesCount unreadNotifications',
		},
		getBatchStatuses: { body: { userUuids: [ids.felix] }, members: ids.felix },
		updateChat: {
			path: chat,
			body: { isRead: true, isMuted: false, nickname: 'Lis' },
			status: 204,
		},
		listMedia: {
			path: chat,
			query: { limit: '3', mediaType: 'image' },
			members: 'uuid messageUuid mediaType created_at sentAt ownerUuid name',
		},
		listMessages: { path: chat, query: { size: '2', markAsRead: 'false' }, members: MESSAGE },
		sendMessage: {
			path: chat,
			body: { text: 'Hi', mediaUuids: [ids.media], price: 500, templateUuid: null },
			status: 201,
			members: 'messageUuid',
		},
		deleteMessage: { path: message, status: 204 },
		getMessageMediaByUuids: {
			path: message,
			query: { mediaUuids: ids.message.mediaUuids.join(','), variants: 'main,blurred' },
			members: 'results errors',
		},
		messagesBatch: { body: { chatUuids: [ids.felix], limit: 2 }, members: 'byChat' },
		listMassMessages: {
			query: { ...SMALL_PAGE, includeDeleted: 'true' },
			members:
				'uuid text status price createdAt publishedAt scheduledAt recipientCount viewCount purchaseCount totalRevenue mediaUuids',
		},
		sendMassMessage: {
			body: {
				text: 'All of you',
				includedLists: { smartListUuids: ['subscribers'] },
				excludedLists: { customListUuids: [ids.list] },
			},
			status: 201,
			members: 'id recipientCount createdAt',
		},
		updateMassMessage: {
			path: { messageUuid: ids.scheduled },
			body: { text: 'Later', scheduledAt: future },
			status: 204,
		},
		deleteMassMessage: { path: { messageUuid: ids.scheduled }, status: 204 },
		listTemplateMessages: {
			query: { ...SMALL_PAGE, folderName: 'greet' },
			members: 'uuid text price mediaUuids folderName',
		},
		getTemplateMessage: {
			path: { templateUuid: ids.template },
			members: 'uuid text price mediaUuids folderName',
		},
		getSmartLists: { members: 'name uuid count' },
		getSmartListMembers: {
			path: { uuid: 'subscribers' },
			query: SMALL_PAGE,
			members: LIST_MEMBER,
		},
		getCustomLists: {
			query: { ...SMALL_PAGE, search: 'early' },
			members: 'uuid name membersCount createdAt',
		},
		createCustomList: { body: { name: 'New' }, status: 201, members: 'uuid name createdAt' },
		updateCustomList: { path: { uuid: ids.list }, body: { name: 'Renamed' }, status: 204 },
		deleteCustomList: { path: { uuid: ids.list }, status: 204 },
		getCustomListMembers: { path: { uuid: ids.list }, query: SMALL_PAGE, members: LIST_MEMBER },
		addMembersToCustomList: {
			path: { uuid: ids.list },
			body: { userUuids: [ids.fan, ids.listMember] },
			status: 201,
			members: 'added skipped',
		},
		removeMemberFromCustomList: {
			path: { uuid: ids.list, userUuid: ids.listMember },
			status: 204,
		},
		getPosts: { query: { ...SMALL_PAGE, includeUnpublished: 'false' }, members: POST },
		createPost: {
			body: {
				audience: 'subscribers',
				text: 'New',
				mediaUuids: [ids.media],
				price: 300,
				mediaPreviewUuid: ids.media,
				publishAt: future,
				collectionUuids: [ids.collection],
			},
			status: 201,
			members: POST_CREATED,
		},
		getPostByUuid: { path: post, members: POST },
		updatePost: { path: post, body: { text: null, collectionUuids: null }, members: POST },
		deletePost: { path: post, status: 204 },
		pinPost: { path: post, members: POST },
		unpinPost: { path: post, members: POST },
		repostPost: { path: post, members: POST },
		getPostTips: { path: post, query: SMALL_PAGE, members: 'createdAt gross net user' },
		getPostLikes: { path: post, query: SMALL_PAGE, members: 'createdAt user' },
		getPostComments: {
			path: post,
			query: SMALL_PAGE,
			members: 'uuid text createdAt updatedAt user',
		},
		createPostComment: {
			path: post,
			body: { text: 'Thank you' },
			status: 201,
			members: 'uuid text createdAt updatedAt',
		},
		deletePostComment: {
			path: { ...post, commentUuid: ids.post.comments[0]?.uuid ?? '' },
			status: 204,
		},
		listCollections: { members: COLLECTION },
		createCollection: { body: { label: 'New' }, status: 201, members: COLLECTION },
		renameCollection: { path: { uuid: ids.collection }, body: { label: 'Other' }, status: 204 },
		deleteCollection: { path: { uuid: ids.collection }, status: 204 },
		listSubscribers: {
			query: { ...SMALL_PAGE, sortField: 'name', sortDirection: 'desc' },
			members: FAN_USER,
		},
		getSubscriber: { path: chat, members: `${FAN_USER} subscription firstSubscribedAt` },
		listFollowers: { query: SMALL_PAGE, members: FAN_USER },
		getOnlineSubscribers: { query: { limit: '2' }, members: 'uuid lastSeenAt' },
		getEarnings: {
			query: { ...PERIOD, source: 'post,tip', size: '2' },
			members:
				'date gross net currency source transactionOrderId transactionOrderStatus postUuid? user',
		},
		getEarningsSummary: {
			query: { ...PERIOD, granularity: 'week', timezone: 'Europe/Lisbon' },
			members:
				'period totals breakdownBySource earningsByType overTime averageByDayOfWeek averageByHourOfDay',
		},
		getEarningsPercentile: { members: 'percentile' },
		getSpending: {
			query: { source: 'refund', size: '2' },
			members: 'date gross net currency source postUuid user',
		},
		getSubscribers: { query: { size: '2' }, members: DAY },
		getTopSpenders: { query: SMALL_PAGE, members: 'gross net messages user' },
		getFanRetentionSummary: {
			members: 'subscribersCount renewedSubscribersCount lostSubscribersCount',
		},
		getFanInsights: { path: chat, members: INSIGHTS },
		getBulkFanInsights: {
			query: { fanUuids: `${ids.felix},${ids.fan}` },
			members: 'results errors',
		},
		batchFanInsights: { body: { fanUuids: [ids.felix] }, members: ids.felix },
		getUserMedia: {
			query: { ...SMALL_PAGE, variants: 'main,thumbnail', status: 'ready' },
			members: `${MEDIA} variants`,
		},
		getUserMediaByUuid: {
			path: { uuid: ids.media },
			query: { purchasedBy: ids.felix },
			members: `${MEDIA} purchasedByFan`,
		},
		getBulkMedia: { query: { mediaUuids: ids.media }, members: 'results errors' },
		getEntitledMedia: {
			path: { uuid: ids.media },
			query: { consumerId: ids.felix },
			members: MEDIA,
		},
		grantMedia: {
			path: { uuid: ids.media },
			body: { consumerId: ids.felix, source: 'gift', sourceRef: '1' },
			members: 'entitlementId status',
		},
		getMediaLinkPurchaseStatus: { path: { uuid: ids.mediaLink }, members: 'purchased' },
		createUploadSession: {
			body: { name: 'Clip', filename: 'clip.mp4', mediaType: 'video' },
			members: 'mediaUuid uploadId',
		},
		listVaultFolders: { members: FOLDER },
		createVaultFolder: { body: { name: 'New' }, status: 201, members: FOLDER },
		getVaultFolder: { path: folder, members: FOLDER },
		renameVaultFolder: { path: folder, body: { name: 'Other' }, status: 204 },
		deleteVaultFolder: { path: folder, status: 204 },
		listVaultFolderMedia: {
			path: folder,
			query: SMALL_PAGE,
			members: 'uuid name createdAt mediaType',
		},
		attachMediaToVaultFolder: {
			path: folder,
			body: { mediaUuids: [ids.media] },
			status: 201,
			members: 'addedCount',
		},
		detachMediaFromVaultFolder: { path: { ...folder, mediaUuid: ids.media }, status: 204 },
		listTrackingLinks: { query: { limit: '2' }, members: LINK },
		createTrackingLink: {
			body: { name: 'Spring', externalSocialPlatform: 'reddit' },
			status: 201,
			members: LINK,
		},
		deleteTrackingLink: { path: link, status: 204 },
		listTrackingLinkUsers: { path: link, query: { limit: '2' }, members: `${FAN_USER} status` },
		getUserTrackingMetadata: { path: { ...link, userUuid: ids.visitor }, members: 'metadata' },
		listNotifications: {
			query: { ...SMALL_PAGE, eventType: '10' },
			members: 'uuid createdAt eventType isRead data originator receiverUuid',
		},
		getAppSubscriptionStatus: {
			path: { appUuid: DEMO_APP.uuid },
			members: 'appUuid appName availability overallStatus pricingPlans',
		},
		getAppStoreListing: {
			path: { appUuid: DEMO_APP.uuid },
			members: 'uuid name pricingPlans',
		},
		getAppCurrentUserSubscription: {
			path: { appUuid: DEMO_APP.uuid },
			members:
				'appUuid userUuid hasActiveSubscription status planUuid planName currentPeriodEnd cancelAtPeriodEnd managedCreators',
		},
		listAgencyChats: { query: SMALL_PAGE, members: `${CHAT} creatorUuid` },
		listAgencyEarningsByDay: {
			query: { ...SMALL_PAGE, ...PERIOD, creatorUuids: ids.mira },
			members: 'creatorUuid date gross net currency',
		},
		getChatterLeaderboard: {
			query: { chatterUuids: ids.tara },
			members:
				'chatterUuid chatterName avatarUrl messages ppvsSent ppvsUnlocked revenue goldenRatio unlockRatio activeHours eph avgResponseMs',
		},
		listAgencySubscribers: {
			query: { ...SMALL_PAGE, creatorUuids: ids.mira },
			members: `${FAN_USER} creatorUuid subscribedAt expiresAt`,
		},
		listAgencySubscribersHistory: {
			query: { ...SMALL_PAGE, ...PERIOD },
			members: `creatorUuid ${DAY}`,
		},
		listTeamMembers: { members: TEAM_MEMBER },
		updateTeamMember: {
			path: { userId: ids.tara },
			body: { creatorUuids: [ids.mira], nickname: null },
			members: TEAM_MEMBER,
		},
		createAgencyInvite: {
			body: { email: 'felix@example.com' },
			members: 'success message inviteUuid',
		},
		createCreatorInvite: { body: { email: 'nolan@example.com' }, members: 'success message' },
		listCreators: { query: SMALL_PAGE, members: `${FAN_USER} role` },
		createWebhookSubscription: {
			body: { url: 'https://example.com/hook', events: ['creator.message.received'] },
			status: 201,
			members: 'id url events createdAt signingSecret',
		},
		listWebhookSubscriptions: { members: 'id url events createdAt' },
		getChat: { path: chat, members: `${CHAT} isCreator online lastSeenAt` },
		sendTyping: { path: chat, body: { isTyping: true }, status: 204 },
		getMessage: { path: message, members: MESSAGE },
	};
}
