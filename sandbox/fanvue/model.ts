/*
 * The state. Times are milliseconds since 1970, money is in US cents, ids are UUIDs in lower case.
 */

export type MediaType = 'image' | 'video' | 'audio' | 'document';
export type PostAudience = 'subscribers' | 'followers-and-subscribers';

export interface User {
	uuid: string;
	handle: string;
	email: string;
	displayName: string;
	bio: string;
	isCreator: boolean;
	createdAt: number;
	updatedAt: number | null;
	isOnline: boolean;
	lastSeenAt: number | null;
	/** Whether somebody who has no chat with this user may open one. */
	isContactable: boolean;
	/** Monthly price of a creator. */
	subscriptionPrice: number | null;
	likesCount: number;
}

/** What a fan is to a creator. A fan follows, subscribes, or did. */
export interface Relationship {
	creatorUuid: string;
	fanUuid: string;
	followedAt: number | null;
	subscription: Subscription | null;
}

export interface Subscription {
	uuid: string;
	firstSubscribedAt: number;
	periodStart: number;
	periodEnd: number;
	price: number;
	amountPaid: number;
	autoRenewal: boolean;
	isFreeTrial: boolean;
	/** When it was counted as lost; null while it runs. */
	endedAt: number | null;
}

/** One person's view of a conversation. */
export interface ChatSide {
	isMuted: boolean;
	isArchived: boolean;
	isMarkedUnread: boolean;
	nickname: string | null;
}

export interface Conversation {
	/** The two users, in alphabetical order of their ids. */
	users: [string, string];
	createdAt: number;
	sides: Map<string, ChatSide>;
	/** Oldest first. */
	messages: Message[];
}

export interface Message {
	uuid: string;
	text: string | null;
	type: string;
	sentAt: number;
	senderUuid: string;
	recipientUuid: string;
	/** The team member who wrote for the sender; null when the sender did. */
	sentByUserId: string | null;
	mediaUuids: string[];
	mediaPreviewUuid: string | null;
	hasGif: boolean;
	price: number | null;
	purchasedAt: number | null;
	readAt: number | null;
	massMessageUuid: string | null;
}

export interface ListSelection {
	customListUuids: string[];
	smartListIds: string[];
}

export interface MassMessage {
	uuid: string;
	creatorUuid: string;
	text: string | null;
	mediaUuids: string[];
	mediaPreviewUuid: string | null;
	price: number | null;
	createdAt: number;
	scheduledAt: number | null;
	publishedAt: number | null;
	isUnsent: boolean;
	included: ListSelection;
	excluded: ListSelection;
	recipientUuids: string[];
	sentByUserId: string | null;
}

export interface Template {
	uuid: string;
	creatorUuid: string;
	text: string | null;
	price: number | null;
	mediaUuids: string[];
	folderName: string | null;
}

export interface CustomList {
	uuid: string;
	creatorUuid: string;
	name: string;
	createdAt: number;
	/** In the order they were added. */
	memberUuids: Set<string>;
}

export interface Post {
	uuid: string;
	creatorUuid: string;
	createdAt: number;
	text: string | null;
	price: number | null;
	mediaUuids: string[];
	mediaPreviewUuid: string | null;
	audience: PostAudience;
	/** The planned time; a post without it and without `publishedAt` is a draft. */
	publishAt: number | null;
	publishedAt: number | null;
	expiresAt: number | null;
	pinnedAt: number | null;
	collectionUuids: string[];
	isDeleted: boolean;
	likes: Like[];
	comments: Comment[];
}

export interface Like {
	createdAt: number;
	userUuid: string;
}

export interface Comment {
	uuid: string;
	text: string;
	createdAt: number;
	updatedAt: number | null;
	userUuid: string;
}

export interface Collection {
	uuid: string;
	creatorUuid: string;
	label: string;
	createdAt: number;
}

/** Where the bytes of a media item are. */
export type MediaContent =
	{ kind: 'sample'; seed: string } | { kind: 'upload'; uploadId: string; parts: UploadedPart[] };

export interface UploadedPart {
	number: number;
	size: number;
	etag: string;
	/** A file below the sandbox's own temporary folder. */
	file: string;
}

export interface Media {
	uuid: string;
	ownerUuid: string;
	name: string | null;
	filename: string;
	mediaType: MediaType;
	createdAt: number;
	/** When the bytes were complete; null before. */
	completedAt: number | null;
	caption: string | null;
	description: string | null;
	recommendedPrice: number | null;
	tags: Record<string, string[]> | null;
	folderNames: Set<string>;
	content: MediaContent | null;
}

export interface Upload {
	uploadId: string;
	mediaUuid: string;
	ownerUuid: string;
	createdAt: number;
	parts: Map<number, UploadedPart>;
	isComplete: boolean;
}

export interface Folder {
	creatorUuid: string;
	name: string;
	createdAt: number;
}

export interface MediaGrant {
	entitlementId: string;
	mediaUuid: string;
	consumerUuid: string;
	source: string;
	sourceRef: string;
}

export interface MediaLink {
	uuid: string;
	creatorUuid: string;
	mediaUuid: string;
	buyerUuids: Set<string>;
}

export type SaleSource =
	| 'affiliate'
	| 'appStore'
	| 'checkoutLink'
	| 'mediaLink'
	| 'message'
	| 'post'
	| 'referral'
	| 'renewal'
	| 'subscription'
	| 'tip'
	| 'giveaway'
	| 'fanExperience';

/** Money that came in, or went back. */
export interface Sale {
	orderId: string;
	creatorUuid: string;
	fanUuid: string | null;
	source: SaleSource | 'refund' | 'chargeback';
	/** Negative when the money went back. */
	gross: number;
	net: number;
	at: number;
	messageUuid: string | null;
	postUuid: string | null;
	/** The sale that a refund or chargeback undoes. */
	reversedOrderId: string | null;
}

export interface TrackingLink {
	uuid: string;
	creatorUuid: string;
	name: string;
	slug: string;
	externalSocialPlatform: string;
	createdAt: number;
	clicks: number;
	isDeleted: boolean;
	visitors: Array<{ userUuid: string; metadata: Record<string, string> | null }>;
}

export interface Notification {
	uuid: string;
	createdAt: number;
	eventType: number;
	isRead: boolean;
	data: Record<string, string | number>;
	originatorUuid: string | null;
	receiverUuid: string;
}

export interface TeamMember {
	userUuid: string;
	isAdmin: boolean;
	nickname: string | null;
	creatorAccess: Array<{ uuid: string; role: 'ADMIN' | 'CHATTER' }>;
}

export interface Agency {
	members: TeamMember[];
	creatorUuids: string[];
	invites: Array<{ uuid: string; email: string; kind: 'member' | 'creator' }>;
}

export interface WebhookSubscription {
	id: string;
	/** The OAuth client it belongs to; null for the app's endpoint from the developer area. */
	clientId: string | null;
	url: string;
	events: string[];
	signingSecret: string;
	createdAt: number;
}

/** Numbers of the notification types. */
export const NOTIFICATION_TYPE = {
	postComment: 6,
	postLike: 7,
	purchase: 9,
	newSubscriber: 10,
	tip: 11,
	newFollower: 12,
	promotion: 14,
} as const;

/** What became of a delivery to one address. */
export interface Delivery {
	subscriptionId: string;
	url: string;
	type: string;
	/** Envelope id; null for the first generation. */
	id: string | null;
	body: string;
	/** The status of each try; 0 for no answer. */
	statuses: number[];
	accepted: boolean;
}
