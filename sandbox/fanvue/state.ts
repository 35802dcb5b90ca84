import type { ServiceContext } from '../core/service';
import { Ids } from './ids';
import type {
	Agency,
	AppPurchase,
	Relationship,
	CheckoutLink,
	CheckoutPayment,
	CheckoutSubscription,
	Collection,
	Conversation,
	ChatSide,
	CustomList,
	Folder,
	MediaGrant,
	MassMessage,
	Media,
	MediaLink,
	Message,
	Notification,
	Payout,
	Post,
	Reaction,
	Sale,
	Template,
	TrackingLink,
	Upload,
	User,
	WebhookSubscription,
} from './model';
import { notFound } from './replies';
import type { FanvueSettings } from './settings';
import type { Delivery } from './model';
import { PartFiles } from './storage/partFiles';

/** Minimum amount of a top spender in cents. The rule of the service is not known. */
const TOP_SPENDER_FROM = 20_000;

/** The data of the service. A reset creates a new instance. */
export class FanvueState {
	readonly ids = new Ids();
	readonly partFiles = new PartFiles();
	readonly users = new Map<string, User>();
	readonly relationships = new Map<string, Relationship>();
	readonly conversations = new Map<string, Conversation>();
	readonly massMessages: MassMessage[] = [];
	readonly templates: Template[] = [];
	readonly customLists = new Map<string, CustomList>();
	readonly reactions: Reaction[] = [];
	readonly posts: Post[] = [];
	readonly collections = new Map<string, Collection>();
	readonly media = new Map<string, Media>();
	readonly uploads = new Map<string, Upload>();
	readonly folders: Folder[] = [];
	readonly grants: MediaGrant[] = [];
	readonly mediaLinks: MediaLink[] = [];
	readonly sales: Sale[] = [];
	readonly trackingLinks: TrackingLink[] = [];
	readonly notifications: Notification[] = [];
	readonly checkoutLinks: CheckoutLink[] = [];
	readonly checkoutPayments: CheckoutPayment[] = [];
	readonly checkoutSubscriptions: CheckoutSubscription[] = [];
	readonly payouts: Payout[] = [];
	readonly appPurchases: AppPurchase[] = [];
	readonly webhooks: WebhookSubscription[] = [];
	readonly deliveries: Delivery[] = [];
	/** Every signing secret that was issued. */
	readonly signingSecrets: string[] = [];
	/** Aborts running deliveries on close. */
	readonly abortController = new AbortController();
	readonly agency: Agency = { members: [], creatorUuids: [], invites: [] };
	private readonly amountsSpent = new Map<string, number>();
	private lastTimestamp = 0;

	constructor(
		readonly context: ServiceContext,
		readonly settings: FanvueSettings,
	) {}

	now(): number {
		return this.context.clock.now();
	}

	/** Returns the current time, but always later than the previous value, so that sorting keeps the order. */
	nextTimestamp(): number {
		this.lastTimestamp = Math.max(this.now(), this.lastTimestamp + 1);
		return this.lastTimestamp;
	}

	user(uuid: string): User | undefined {
		return this.users.get(uuid);
	}

	/** Returns a user by id. Throws 404. */
	requireUser(uuid: string): User {
		const user = this.users.get(uuid);
		if (!user) throw notFound('User');
		return user;
	}

	/** Returns a user by handle, for sample data and tests. Throws TypeError for an unknown one. */
	userByHandle(handle: string): User {
		for (const user of this.users.values()) if (user.handle === handle) return user;
		throw new TypeError(`no account is called ${handle}`);
	}

	relationship(creatorUuid: string, fanUuid: string): Relationship | undefined {
		return this.relationships.get(`${creatorUuid} ${fanUuid}`);
	}

	/** Returns the relationship of a creator and a fan, and creates it if necessary. */
	ensureRelationship(creatorUuid: string, fanUuid: string): Relationship {
		const key = `${creatorUuid} ${fanUuid}`;
		const known = this.relationships.get(key);
		if (known) return known;
		const relationship: Relationship = {
			creatorUuid,
			fanUuid,
			followedAt: null,
			subscription: null,
		};
		this.relationships.set(key, relationship);
		return relationship;
	}

	relationshipsOf(creatorUuid: string): Relationship[] {
		return [...this.relationships.values()].filter(
			(relationship) => relationship.creatorUuid === creatorUuid,
		);
	}

	conversation(a: string, b: string): Conversation | undefined {
		return this.conversations.get([a, b].sort().join(' '));
	}

	/** Returns the conversation of two users. Throws 404. */
	requireConversation(a: string, b: string): Conversation {
		const conversation = this.conversation(a, b);
		if (!conversation) throw notFound('Chat');
		return conversation;
	}

	ensureConversation(a: string, b: string, createdAt: number): Conversation {
		const known = this.conversation(a, b);
		if (known) return known;
		const users: [string, string] = a < b ? [a, b] : [b, a];
		const side = (): ChatSide => ({
			isMuted: false,
			isArchived: false,
			isMarkedUnread: false,
			nickname: null,
		});
		const sides = new Map(users.map((uuid) => [uuid, side()] as const));
		const conversation: Conversation = { users, createdAt, sides, messages: [] };
		this.conversations.set(users.join(' '), conversation);
		return conversation;
	}

	conversationsOf(uuid: string): Conversation[] {
		return [...this.conversations.values()].filter(({ users }) => users.includes(uuid));
	}

	/** Adds a sale or a reversal. */
	addSale(sale: Sale): void {
		this.sales.push(sale);
		const key = `${sale.creatorUuid} ${sale.fanUuid ?? ''}`;
		this.amountsSpent.set(key, (this.amountsSpent.get(key) ?? 0) + sale.gross);
	}

	/** Returns the total amount that a fan has spent on a creator, in cents. */
	amountSpent(creatorUuid: string, fanUuid: string): number {
		return this.amountsSpent.get(`${creatorUuid} ${fanUuid}`) ?? 0;
	}

	isTopSpender(creatorUuid: string, fanUuid: string): boolean {
		return this.amountSpent(creatorUuid, fanUuid) >= TOP_SPENDER_FROM;
	}

	/** Appends a message to a conversation. */
	addMessage(conversation: Conversation, message: Message): void {
		conversation.messages.push(message);
		const side = conversation.sides.get(message.senderUuid);
		if (side) side.isMarkedUnread = false;
	}

	addNotification(notification: Omit<Notification, 'uuid' | 'isRead'>): void {
		this.notifications.push({
			uuid: this.ids.next('notification'),
			isRead: false,
			...notification,
		});
	}

	close(): void {
		this.abortController.abort();
		this.partFiles.remove();
	}
}
