import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import { applyDueEvents } from './dueEvents';
import { isActive, subscribersOf } from './fans';
import { mediaStatus } from './mediaStatus';
import { variantsOf } from './mediaVariants';
import type { Delivery, MediaType, Message, Post, Relationship, User } from './model';
import { isVisible, publishedAt } from './posts';
import { findPeople, type People } from './simulation/emit';
import type { FanvueState } from './state';
import { ENVELOPE_TOPICS, FLAT_TOPICS } from './webhooks/topics';

export interface PersonView {
	uuid: string;
	handle: string;
	name: string;
	isCreator: boolean;
	isOnline: boolean;
	avatarUrl: string;
}

export interface PeopleView {
	creators: PersonView[];
	fans: PersonView[];
	total: number;
}

export interface MediaView {
	uuid: string;
	type: MediaType;
	name: string;
	/** A thumbnail, blurred unless the fan may see it. Null for media without a picture. */
	pictureUrl: string | null;
	isLocked: boolean;
}

export interface MessageView {
	uuid: string;
	text: string | null;
	/** Milliseconds since 1970. */
	time: number;
	isFromFan: boolean;
	type: string;
	/** Price in cents; null for a free message. */
	price: number | null;
	isPaid: boolean;
	/** The amount of a tip in cents. */
	tip: number | null;
	isRead: boolean;
	media: MediaView[];
	reactions: string[];
}

export interface PostView {
	uuid: string;
	text: string | null;
	time: number;
	price: number | null;
	isPaid: boolean;
	audience: Post['audience'];
	/** Why the fan cannot see it. */
	lock: 'subscribe' | 'follow' | 'buy' | null;
	media: MediaView[];
	likes: number;
	isLiked: boolean;
	comments: Array<{ uuid: string; name: string; text: string; time: number }>;
}

/** A creator as one fan sees them. */
export interface RelationView {
	creator: PersonView & { bio: string; price: number | null; subscribers: number };
	fan: PersonView;
	isFollowing: boolean;
	subscription: {
		price: number;
		periodEnd: number;
		autoRenewal: boolean;
	} | null;
	/** Total in cents. */
	spent: number;
	messages: MessageView[];
	posts: PostView[];
	scheduledPosts: number;
}

export interface DeliveryView extends Delivery {
	number: number;
}

export interface WebhooksView {
	subscriptions: Array<{ id: string; url: string; events: string[]; isAppEndpoint: boolean }>;
	deliveries: DeliveryView[];
	topics: string[];
}

const PEOPLE_LIMIT = 40;
const MESSAGES = 40;
const POSTS = 20;
const DELIVERIES = 60;

class FanvueViews {
	constructor(private readonly state: FanvueState) {}

	people(search: string): PeopleView {
		const words = search.trim().toLowerCase();
		const hits = [...this.state.users.values()].filter(
			({ handle, displayName }) =>
				words === '' || `${displayName} ${handle}`.toLowerCase().includes(words),
		);
		const all = [...this.state.users.values()];
		return {
			creators: all.filter(({ isCreator }) => isCreator).map((user) => this.person(user)),
			fans: hits
				.filter(({ isCreator }) => !isCreator)
				.slice(0, PEOPLE_LIMIT)
				.map((user) => this.person(user)),
			total: hits.length,
		};
	}

	relation({ creator, fan }: People): RelationView {
		const { state } = this;
		applyDueEvents(state);
		const relationship = state.relationship(creator.uuid, fan.uuid);
		const subscription = this.activeSubscription(relationship);
		const messages = state.conversation(creator.uuid, fan.uuid)?.messages ?? [];
		const posts = state.posts.filter((post) => isVisible(state, post, creator.uuid));
		const published = posts.flatMap((post) => {
			const time = publishedAt(state, post);
			return time === null ? [] : [{ post, time }];
		});
		published.sort((a, b) => b.time - a.time);
		return {
			creator: {
				...this.person(creator),
				bio: creator.bio,
				price: creator.subscriptionPrice,
				subscribers: subscribersOf(state, creator.uuid).length,
			},
			fan: this.person(fan),
			isFollowing: (relationship?.followedAt ?? null) !== null,
			subscription: subscription && {
				price: subscription.price,
				periodEnd: subscription.periodEnd,
				autoRenewal: subscription.autoRenewal,
			},
			spent: state.amountSpent(creator.uuid, fan.uuid),
			messages: messages.slice(-MESSAGES).map((message) => this.message(message, fan)),
			posts: published
				.slice(0, POSTS)
				.map(({ post, time }) => this.post(post, { time, fan, relationship })),
			scheduledPosts: posts.filter(
				(post) => post.publishAt !== null && publishedAt(state, post) === null,
			).length,
		};
	}

	webhooks(): WebhooksView {
		const { webhooks, deliveries } = this.state;
		return {
			subscriptions: webhooks.map(({ id, url, events, clientId }) => ({
				id,
				url,
				events,
				isAppEndpoint: clientId === null,
			})),
			deliveries: deliveries
				.map((delivery, index) => ({ ...delivery, number: index + 1 }))
				.slice(-DELIVERIES)
				.reverse(),
			topics: [...ENVELOPE_TOPICS, ...FLAT_TOPICS],
		};
	}

	private activeSubscription(
		relationship: Relationship | undefined,
	): NonNullable<Relationship['subscription']> | null {
		const subscription = relationship?.subscription ?? null;
		return isActive(subscription, this.state.now()) ? subscription : null;
	}

	private person({ uuid, handle, displayName, isCreator, isOnline }: User): PersonView {
		const avatarUrl = `/fanvue-storage/avatars/${handle}.png`;
		return { uuid, handle, name: displayName, isCreator, isOnline, avatarUrl };
	}

	private message(message: Message, fan: User): MessageView {
		const isFromFan = message.senderUuid === fan.uuid;
		const isPaid = message.purchasedAt !== null;
		const isLocked = !isFromFan && message.price !== null && !isPaid;
		const tip = this.state.sales.find(
			({ source, messageUuid }) => source === 'tip' && messageUuid === message.uuid,
		);
		return {
			uuid: message.uuid,
			text: message.text,
			time: message.sentAt,
			isFromFan,
			type: message.type,
			price: message.price,
			isPaid,
			tip: tip?.gross ?? null,
			isRead: message.readAt !== null,
			media: this.media(message.mediaUuids, isLocked),
			reactions: this.state.reactions
				.filter(({ messageUuid }) => messageUuid === message.uuid)
				.map(({ emoji }) => emoji),
		};
	}

	private post(
		post: Post,
		{
			time,
			fan,
			relationship,
		}: { time: number; fan: User; relationship?: Relationship | undefined },
	): PostView {
		const isPaid = this.state.sales.some(
			({ source, postUuid, fanUuid }) =>
				source === 'post' && postUuid === post.uuid && fanUuid === fan.uuid,
		);
		const lock = this.lockOf(post, isPaid, relationship);
		return {
			uuid: post.uuid,
			text: post.text,
			time,
			price: post.price,
			isPaid,
			audience: post.audience,
			lock,
			media: this.media(post.mediaUuids, lock !== null),
			likes: post.likes.length,
			isLiked: post.likes.some(({ userUuid }) => userUuid === fan.uuid),
			comments: post.comments.slice(-5).map((comment) => ({
				uuid: comment.uuid,
				name: this.state.user(comment.userUuid)?.displayName ?? 'Deleted user',
				text: comment.text,
				time: comment.createdAt,
			})),
		};
	}

	private lockOf(
		post: Post,
		isPaid: boolean,
		relationship: Relationship | undefined,
	): PostView['lock'] {
		const isSubscriber = this.activeSubscription(relationship) !== null;
		const isFollower = (relationship?.followedAt ?? null) !== null;
		if (post.price !== null && !isPaid) return 'buy';
		if (isSubscriber || isPaid) return null;
		if (post.audience === 'subscribers') return 'subscribe';
		return isFollower ? null : 'follow';
	}

	private media(uuids: readonly string[], isLocked: boolean): MediaView[] {
		return uuids.flatMap((uuid) => {
			const media = this.state.media.get(uuid);
			if (!media) return [];
			const wanted = isLocked ? 'blurred' : 'thumbnail_gallery';
			const isReady = mediaStatus(this.state, media) === 'ready';
			const [variant] = isReady ? variantsOf(this.state, media, [wanted], { withUuid: false }) : [];
			const url = variant?.['url'];
			const pictureUrl =
				typeof url === 'string' ? url.slice(this.state.context.origin().length) : null;
			const name = media.name ?? media.filename;
			return [{ uuid, type: media.mediaType, name, pictureUrl, isLocked }];
		});
	}
}

/** Creates the views of GET /_admin/fanvue/{name}. */
export function createViews(state: () => FanvueState): Record<string, Action> {
	const view =
		(run: (views: FanvueViews, query: Parameters) => unknown): Action =>
		(input) =>
			run(new FanvueViews(state()), new Parameters(new Map(Object.entries(input))));
	return {
		/** ?search= */
		people: view((views, query) => views.people(query.optionalText('search') ?? '')),
		/** ?creator=&fan= (handles) */
		relation: view((views, query) =>
			views.relation(
				findPeople(state(), { creator: query.text('creator'), fan: query.text('fan') }),
			),
		),
		webhooks: view((views) => views.webhooks()),
	};
}
