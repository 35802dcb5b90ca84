import type { ServiceContext } from '../core/service';
import { Ids } from './ids';
import type {
	Agency,
	Bond,
	Collection,
	Conversation,
	ChatSide,
	CustomList,
	Folder,
	Grant,
	MassMessage,
	Media,
	MediaLink,
	Message,
	Notification,
	Post,
	Sale,
	Template,
	TrackingLink,
	Upload,
	User,
	WebhookSubscription,
} from './model';
import { notFound } from './replies';
import type { Settings } from './settings';
import type { Delivery } from './webhooks/deliver';
import { PartFiles } from './storage/part-files';

/** A fan who spent this much (cents) is a top spender. The service's own rule is not known. */
const TOP_SPENDER_FROM = 20_000;

/** Everything the service knows. A reset makes a new one. */
export class World {
	readonly ids = new Ids();
	readonly files = new PartFiles();
	readonly users = new Map<string, User>();
	readonly bonds = new Map<string, Bond>();
	readonly conversations = new Map<string, Conversation>();
	readonly massMessages: MassMessage[] = [];
	readonly templates: Template[] = [];
	readonly customLists = new Map<string, CustomList>();
	readonly posts: Post[] = [];
	readonly collections = new Map<string, Collection>();
	readonly media = new Map<string, Media>();
	readonly uploads = new Map<string, Upload>();
	readonly folders: Folder[] = [];
	readonly grants: Grant[] = [];
	readonly mediaLinks: MediaLink[] = [];
	readonly sales: Sale[] = [];
	readonly trackingLinks: TrackingLink[] = [];
	readonly notifications: Notification[] = [];
	readonly webhooks: WebhookSubscription[] = [];
	readonly deliveries: Delivery[] = [];
	/** Every signing secret ever given out. */
	readonly signingSecrets: string[] = [];
	/** Aborts what is under way when the world ends. */
	readonly ending = new AbortController();
	readonly agency: Agency = { members: [], creatorUuids: [], invites: [] };
	private readonly spent = new Map<string, number>();
	private lastStamp = 0;

	constructor(
		readonly context: ServiceContext,
		readonly settings: Settings,
	) {}

	now(): number {
		return this.context.clock.now();
	}

	/** The time, later than every stamp before: messages of one instant keep their order. */
	stamp(): number {
		this.lastStamp = Math.max(this.now(), this.lastStamp + 1);
		return this.lastStamp;
	}

	user(uuid: string): User | undefined {
		return this.users.get(uuid);
	}

	/** A user by id; refuses with 404. */
	requireUser(uuid: string): User {
		const user = this.users.get(uuid);
		if (!user) throw notFound('User');
		return user;
	}

	/** A user by handle, for seeds and test hooks; throws TypeError for an unknown one. */
	byHandle(handle: string): User {
		for (const user of this.users.values()) if (user.handle === handle) return user;
		throw new TypeError(`no account is called ${handle}`);
	}

	bond(creatorUuid: string, fanUuid: string): Bond | undefined {
		return this.bonds.get(`${creatorUuid} ${fanUuid}`);
	}

	/** The bond of a creator and a fan, made when there is none. */
	bondOf(creatorUuid: string, fanUuid: string): Bond {
		const key = `${creatorUuid} ${fanUuid}`;
		const known = this.bonds.get(key);
		if (known) return known;
		const bond: Bond = { creatorUuid, fanUuid, followedAt: null, subscription: null };
		this.bonds.set(key, bond);
		return bond;
	}

	bondsOf(creatorUuid: string): Bond[] {
		return [...this.bonds.values()].filter((bond) => bond.creatorUuid === creatorUuid);
	}

	conversation(a: string, b: string): Conversation | undefined {
		return this.conversations.get([a, b].sort().join(' '));
	}

	/** The conversation of two users; refuses with 404 when they have none. */
	requireConversation(a: string, b: string): Conversation {
		const conversation = this.conversation(a, b);
		if (!conversation) throw notFound('Chat');
		return conversation;
	}

	openConversation(a: string, b: string, createdAt: number): Conversation {
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

	/** Books a sale or a reversal. */
	book(sale: Sale): void {
		this.sales.push(sale);
		const key = `${sale.creatorUuid} ${sale.fanUuid ?? ''}`;
		this.spent.set(key, (this.spent.get(key) ?? 0) + sale.gross);
	}

	/** What a fan spent on a creator in all, in cents. */
	spentBy(creatorUuid: string, fanUuid: string): number {
		return this.spent.get(`${creatorUuid} ${fanUuid}`) ?? 0;
	}

	isTopSpender(creatorUuid: string, fanUuid: string): boolean {
		return this.spentBy(creatorUuid, fanUuid) >= TOP_SPENDER_FROM;
	}

	/** Puts a message at the end of a conversation. */
	addMessage(conversation: Conversation, message: Message): void {
		conversation.messages.push(message);
		const side = conversation.sides.get(message.senderUuid);
		if (side) side.isMarkedUnread = false;
	}

	notify(notification: Omit<Notification, 'uuid' | 'isRead'>): void {
		this.notifications.push({
			uuid: this.ids.next('notification'),
			isRead: false,
			...notification,
		});
	}

	close(): void {
		this.ending.abort();
		this.files.remove();
	}
}
