/*
 * Entities of the state. Times are milliseconds since 1970, amounts are US cents, ids are UUIDs in
 * lower case.
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
	/** Whether other users may start a chat with this user. */
	isContactable: boolean;
	/** Monthly price in cents. Null for users who are not creators. */
	subscriptionPrice: number | null;
	likesCount: number;
}

export interface CheckoutLink {
	uuid: string;
	creatorUuid: string;
	name: string;
	productUuid: string;
	productPriceUuid: string;
	price: number;
}

/** A payment through a checkout link. */
export interface CheckoutPayment {
	/** Invoice number `FV-…`. */
	id: string;
	checkoutLink: CheckoutLink;
	purchaserUuid: string;
	status: 'pending' | 'succeeded' | 'failed';
	billingReason: 'one_time' | 'subscription_initial' | 'subscription_renewal';
	gross: number;
	installment: { number: number; of: number } | null;
	checkoutSubscriptionUuid: string | null;
	clientReferenceId: string | null;
	metadata: Record<string, string>;
	createdAt: number;
	paidAt: number | null;
	/** Order id of the sale of a succeeded payment. */
	orderId: string | null;
}

/** A subscription that was bought through a checkout link. */
export interface CheckoutSubscription {
	uuid: string;
	checkoutLink: CheckoutLink;
	purchaserUuid: string;
	status: 'active' | 'cancelled' | 'expired';
	cancelAtPeriodEnd: boolean;
	createdAt: number;
	expiresAt: number;
	deactivationReason: string | null;
	clientReferenceId: string | null;
	metadata: Record<string, string>;
}

export interface Payout {
	/** Number `FVW-…`. */
	id: string;
	creatorUuid: string;
	amount: number;
	transactionFee: number | null;
	paidAt: number;
}

/** A one-time purchase in an app. */
export interface AppPurchase {
	/** Reference `appotp_…`. */
	reference: string;
	purchaserUuid: string;
	amount: number;
	paidAt: number;
	refundedAt: number | null;
}

/** The current and former follow and subscription of a fan. */
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
	/** End of the subscription. Null while it is active. */
	endedAt: number | null;
}

/** The chat settings of one user. */
export interface ChatSide {
	isMuted: boolean;
	isArchived: boolean;
	isMarkedUnread: boolean;
	nickname: string | null;
}

export interface Conversation {
	/** The two user ids, sorted. */
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
	/** The team member who wrote for the sender, or null. */
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
	/** In the order in which they were added. */
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
	/** The scheduled time. A post without `publishAt` and `publishedAt` is a draft. */
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

/** The location of the bytes of a media item. */
export type MediaContent =
	{ kind: 'sample'; seed: string } | { kind: 'upload'; uploadId: string; parts: UploadedPart[] };

export interface UploadedPart {
	number: number;
	size: number;
	etag: string;
	/** Path of a file in the temporary folder of the sandbox. */
	file: string;
}

export interface Media {
	uuid: string;
	ownerUuid: string;
	name: string | null;
	filename: string;
	mediaType: MediaType;
	createdAt: number;
	/** When the upload was completed, or null. */
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

/** A sale or a reversal. */
export interface Sale {
	orderId: string;
	creatorUuid: string;
	fanUuid: string | null;
	source: SaleSource | 'refund' | 'chargeback';
	/** Negative for reversals. */
	gross: number;
	net: number;
	at: number;
	messageUuid: string | null;
	postUuid: string | null;
	/** The sale that a refund or chargeback reverses. */
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
	/** The OAuth client of the subscription. Null for an endpoint that was added in the developer area. */
	clientId: string | null;
	url: string;
	events: string[];
	signingSecret: string;
	/** Set while the secret is replaced. */
	previousSecret: { value: string; expiresAt: number } | null;
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

/** `corrupt`: the body was changed after signing; `replay`: bytes and signature of an earlier delivery. */
export type DeliveryDefect = 'corrupt' | 'replay';

/** A reaction to a message. */
export interface Reaction {
	messageUuid: string;
	actorUuid: string;
	emoji: string;
}

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
	at: number;
	/** The value of the signature header. */
	signature: string;
	/** 0 without a response. */
	status: number;
	ms: number;
	/** The start of the response body, or the error. */
	response: string;
}

/** A delivery to one URL with its result. */
export interface Delivery {
	subscriptionId: string;
	url: string;
	type: string;
	/** Id of the envelope. Null for flat payloads. */
	id: string | null;
	/** Id in the header X-Fanvue-Event-Id. The id of the envelope if there is one. */
	eventId: string;
	body: string;
	/** The response status of each attempt. 0 without a response. */
	statuses: number[];
	attempts: DeliveryAttempt[];
	/** How it differs from a normal delivery. */
	defect: DeliveryDefect | null;
	accepted: boolean;
}
