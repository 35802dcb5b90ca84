import { DEMO_APP } from '../../sandbox/fanvue/handlers/apps';
import type { Sandbox } from '../../sandbox/index';
import { record, type FanvueClient } from '../sandbox/fanvue/client';
import type { Values } from './values';

/*
 * One sample per operation of Fanvue, by the id of the contract. It serves the tests of the node
 * and those of the sandbox; the operations for managed creators have those of the creator's own.
 */

function need<Thing>(thing: Thing | undefined, what: string): Thing {
	if (thing === undefined) throw new Error(`The sample data have no ${what}`);
	return thing;
}

const PERIOD = { startDate: '2026-01-01T00:00:00Z', endDate: '2026-12-01T00:00:00Z' };
const VARIANTS = ['main', 'thumbnail'];

/** Starts an upload; `base` is the path of the creator, empty for the own account. */
async function startUpload(client: FanvueClient, base: string): Promise<Values> {
	const body = { name: 'Waves', filename: 'waves.mp4', mediaType: 'video' };
	const session = record((await client.send('POST', `${base}/media/uploads`, { body })).body);
	return { uploadId: session['uploadId'] };
}

async function createWebhook(client: FanvueClient): Promise<Values> {
	const body = { url: 'https://example.com/hook', events: ['creator.message.received'] };
	const { body: created } = await client.send('POST', '/webhooks/subscriptions', { body });
	return { id: record(created)['id'] };
}

/** Operations that need earlier requests; what these return is part of the sample. */
const PREPARATIONS: Readonly<
	Record<string, (client: FanvueClient, base: string, values: Values) => Promise<Values>>
> = {
	deleteWebhookSubscription: createWebhook,
	listWebhookSubscriptions: createWebhook,
	getEntitledMedia: async (client, _base, { uuid, consumerId }) => {
		const body = { consumerId, source: 'gift', sourceRef: '1' };
		await client.send('POST', `/media/${String(uuid)}/grant`, { body });
		return {};
	},
	getUploadPartUrl: startUpload,
	getUploadPartUrls: startUpload,
	completeUploadSession: async (client, base) => {
		const upload = await startUpload(client, base);
		const path = `${base}/media/uploads/${String(upload.uploadId)}/parts/1/url`;
		const { body: address } = await client.get(path);
		const put = await fetch(String(address), { method: 'PUT', body: 'waves' });
		return { ...upload, parts: [{ PartNumber: 1, ETag: put.headers.get('etag') }] };
	},
};

/** Sends the requests that an operation needs before it, and returns its complete sample. */
export async function prepareFanvueSample(
	sandbox: Sandbox,
	id: string,
	client: FanvueClient,
	base = '',
): Promise<Values> {
	const values = fanvueSamples(sandbox)[id] ?? {};
	return { ...values, ...(await PREPARATIONS[id]?.(client, base, values)) };
}

/** Values of every operation for the sandbox's sample data, for the creator Mira. */
export function fanvueSamples({
	fanvue: { sandboxState: state },
}: Sandbox): Record<string, Values> {
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
	const lists = { customListUuids: [list.uuid], smartListUuids: ['subscribers', 'followers'] };
	const soon = new Date(state.now() + 3_600_000).toISOString();
	const later = new Date(state.now() + 7_200_000).toISOString();
	const content = { text: 'Hello 🌊', mediaUuids: pictures, price: 500 };
	const orders = state.sales.slice(0, 2).map(({ orderId }) => orderId);
	const chatOf = { userUuid: felix };
	const onPost = { uuid: post.uuid };

	return {
		listChats: {
			customListId: list.uuid,
			smartListIds: ['subscribers', 'followers'],
			filter: ['subscribers', 'not_muted'],
			search: 'a',
			sortBy: 'online_now',
		},
		createChat: { userUuid: stranger },
		getBatchStatuses: { userUuids: [felix, stranger] },
		updateChat: { ...chatOf, isRead: true, isMuted: false, nickname: 'Lix' },
		listMedia: { ...chatOf, mediaType: 'image' },
		getChat: chatOf,
		sendTyping: { ...chatOf, isTyping: true },
		listMessages: { ...chatOf, markAsRead: true },
		sendMessage: { ...chatOf, ...content, templateUuid: template },
		deleteMessage: { ...chatOf, messageUuid: own },
		getMessage: { ...chatOf, messageUuid: own },
		getMessageMediaByUuids: {
			...chatOf,
			messageUuid: withMedia.uuid,
			mediaUuids: [...withMedia.mediaUuids],
			variants: VARIANTS,
		},
		messagesBatch: { chatUuids: [felix, stranger], limit: 2, sinceMessageUuid: own },
		listMassMessages: { includeDeleted: true },
		sendMassMessage: {
			includedLists: lists,
			...content,
			excludedLists: { smartListUuids: ['muted'] },
			scheduledAt: soon,
		},
		updateMassMessage: {
			messageUuid: scheduled,
			...content,
			includedLists: lists,
			excludedLists: { smartListUuids: ['muted'] },
			scheduledAt: soon,
		},
		deleteMassMessage: { messageUuid: scheduled },
		listTemplateMessages: { folderName: 'greet' },
		getTemplateMessage: { templateUuid: template },
		getSmartListMembers: { uuid: 'subscribers' },
		getCustomLists: { search: 'o' },
		createCustomList: { name: 'Öffentliche 🌊' },
		updateCustomList: { uuid: list.uuid, name: 'Renamed' },
		deleteCustomList: { uuid: list.uuid },
		getCustomListMembers: { uuid: list.uuid },
		addMembersToCustomList: { uuid: list.uuid, userUuids: [member, stranger] },
		removeMemberFromCustomList: { uuid: list.uuid, userUuid: member },
		getPosts: { includeUnpublished: false },
		createPost: {
			audience: 'followers-and-subscribers',
			...content,
			mediaPreviewUuid: pictures[1],
			publishAt: soon,
			expiresAt: later,
			collectionUuids: [collection],
		},
		getPostByUuid: onPost,
		updatePost: {
			...onPost,
			...content,
			audience: 'subscribers',
			mediaPreviewUuid: pictures[1],
			expiresAt: later,
			collectionUuids: [collection],
		},
		deletePost: onPost,
		pinPost: onPost,
		unpinPost: onPost,
		repostPost: onPost,
		getPostTips: onPost,
		getPostLikes: onPost,
		getPostComments: onPost,
		createPostComment: { ...onPost, text: 'Thank you' },
		deletePostComment: { ...onPost, commentUuid: comment },
		createCollection: { label: 'Winter' },
		renameCollection: { uuid: collection, label: 'Summer 2026' },
		deleteCollection: { uuid: collection },
		listSubscribers: { sortField: 'name', sortDirection: 'asc' },
		getEarnings: { ...PERIOD, source: ['message', 'tip'], transactionOrderIds: orders },
		getEarningsSummary: { ...PERIOD, granularity: 'week', timezone: 'Europe/Berlin' },
		getSpending: { ...PERIOD, source: ['refund'] },
		getSubscribers: PERIOD,
		getTopSpenders: PERIOD,
		getFanInsights: chatOf,
		getBulkFanInsights: { fanUuids: [felix, nolan] },
		batchFanInsights: { fanUuids: [felix, nolan] },
		getUserMedia: {
			mediaType: 'image',
			folderName: folder,
			usage: 'subscribers',
			purchasedBy: felix,
			status: ['ready', 'processing'],
			variants: VARIANTS,
		},
		getUserMediaByUuid: { uuid: picture, purchasedBy: felix, variants: VARIANTS },
		getBulkMedia: { mediaUuids: pictures, variants: VARIANTS },
		grantMedia: { uuid: picture, consumerId: felix, source: 'my_shop', sourceRef: 'order-1042' },
		getEntitledMedia: { uuid: picture, consumerId: felix, variants: VARIANTS },
		getMediaLinkPurchaseStatus: { uuid: mediaLink },
		createUploadSession: {
			name: 'Waves',
			filename: 'waves.mp4',
			mediaType: 'video',
			sizeBytes: 1_610_612_736,
		},
		createVaultFolder: { name: 'Neu & schön' },
		getVaultFolder: { folderName: folder },
		renameVaultFolder: { folderName: folder, name: 'Film' },
		deleteVaultFolder: { folderName: folder },
		listVaultFolderMedia: { folderName: folder },
		attachMediaToVaultFolder: { folderName: folder, mediaUuids: pictures },
		detachMediaFromVaultFolder: { folderName: folder, mediaUuid: inFolder },
		listTrackingLinks: {
			createdAfter: '2020-01-01T00:00:00Z',
			createdBefore: '2099-01-01T00:00:00Z',
		},
		createTrackingLink: { name: 'Bio', externalSocialPlatform: 'tiktok' },
		deleteTrackingLink: { uuid: link.uuid },
		listTrackingLinkUsers: { uuid: link.uuid },
		getUserTrackingMetadata: { uuid: link.uuid, userUuid: visitor },
		listNotifications: { eventType: 10 },
		getAppSubscriptionStatus: { appUuid: DEMO_APP.uuid },
		getAppCurrentUserSubscription: { appUuid: DEMO_APP.uuid },
		listAgencyEarningsByDay: { ...PERIOD, creatorUuids: [mira, nolan] },
		getChatterLeaderboard: { ...PERIOD, chatterUuids: [tara] },
		listAgencySubscribers: { creatorUuids: [mira] },
		listAgencySubscribersHistory: { ...PERIOD, creatorUuids: [mira] },
		updateTeamMember: { userId: tara, creatorUuids: [mira], nickname: 'Day shift' },
		createAgencyInvite: { email: 'felix@example.com' },
		createCreatorInvite: { email: 'mira@example.com' },
		getCreatorAccount: { creatorUserUuid: mira },
		getOnlineSubscribers: { creatorUserUuid: mira, limit: 3, subscriberUuids: [felix, stranger] },
		createWebhookSubscription: {
			url: 'https://example.com/hook',
			events: ['creator.message.received'],
		},
		getCurrentUser: {},
		getAccount: {},
		getUnreadChatsCount: {},
		getSmartLists: {},
		listCollections: {},
		listFollowers: {},
		getEarningsPercentile: {},
		listVaultFolders: {},
		listAgencyChats: {},
		listTeamMembers: {},
		listCreators: {},
		listWebhookSubscriptions: {},
		getFanRetentionSummary: {},
		deleteWebhookSubscription: { id: '00000000-0000-4000-8000-000000000000' },
		getUploadPartUrl: { uploadId: 'none', partNumber: 1 },
		getUploadPartUrls: { uploadId: 'none', from: 1, to: 3 },
		completeUploadSession: { uploadId: 'none', parts: [{ PartNumber: 1, ETag: 'none' }] },
		getSubscriber: chatOf,
		getAppStoreListing: { appUuid: DEMO_APP.uuid },
	};
}
