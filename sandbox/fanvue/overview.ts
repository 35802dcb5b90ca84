import type { Section } from '../core/service';
import { chatView, messageView } from './chatViews';
import { subscribersOf } from './fans';
import { mediaStatus } from './mediaStatus';
import type { Post } from './model';
import { iso } from './replies';
import { publishedAt } from './posts';
import type { FanvueState } from './state';

const ROWS = 8;

function postRow(state: FanvueState, post: Post): Section['rows'][number] {
	return {
		creator: state.user(post.creatorUuid)?.handle ?? '',
		text: post.text,
		audience: post.audience,
		'price (cents)': post.price,
		published: iso(publishedAt(state, post)),
		planned: iso(post.publishAt),
		media: post.mediaUuids.length,
	};
}

/** Returns the tables of the console page. */
export function createOverview(state: FanvueState): Section[] {
	const newest = <Item>(items: Iterable<Item>, at: (item: Item) => number): Item[] =>
		[...items].sort((a, b) => at(b) - at(a)).slice(0, ROWS);
	const messages = [...state.conversations.values()].flatMap((item) => item.messages);
	const handle = (uuid: string): string => state.user(uuid)?.handle ?? '';
	const posts = state.posts.filter(({ isDeleted }) => !isDeleted);
	return [
		{
			title: 'Creators',
			rows: [...state.users.values()]
				.filter(({ isCreator }) => isCreator)
				.map(({ uuid, handle: name, displayName }) => ({
					account: name,
					name: displayName,
					uuid,
					subscribers: subscribersOf(state, uuid).length,
					chats: state.conversationsOf(uuid).length,
				})),
		},
		{
			title: 'Latest posts',
			rows: newest(posts, ({ createdAt }) => createdAt).map((post) => postRow(state, post)),
		},
		{
			title: 'Latest messages',
			rows: newest(messages, ({ sentAt }) => sentAt).map((message) => ({
				from: handle(message.senderUuid),
				to: handle(message.recipientUuid),
				text: message.text,
				'price (cents)': message.price,
				media: message.mediaUuids.length,
				sent: iso(message.sentAt),
			})),
		},
		{
			title: 'Latest media',
			rows: newest(state.media.values(), ({ createdAt }) => createdAt).map((media) => ({
				owner: handle(media.ownerUuid),
				name: media.name,
				type: media.mediaType,
				status: mediaStatus(state, media),
				uuid: media.uuid,
			})),
		},
		{
			title: 'Webhook deliveries',
			rows: state.deliveries.slice(-ROWS).map(({ type, url, statuses }) => ({
				type,
				url,
				statuses: statuses.join(', '),
			})),
		},
	];
}

/** Returns the state as JSON, without secrets. */
export function serializeState(state: FanvueState): unknown {
	const { users, relationships: relationships, media, customLists } = state;
	return {
		settings: state.settings,
		users: [...users.values()],
		relationships: [...relationships.values()],
		chats: [...state.conversations.values()].map((conversation) => ({
			...chatView(state, conversation, conversation.users[0], true),
			users: conversation.users,
			messages: conversation.messages.map((message) => messageView(state, message)),
		})),
		massMessages: state.massMessages,
		templates: state.templates,
		customLists: [...customLists.values()].map(({ memberUuids, ...list }) => ({
			...list,
			memberUuids: [...memberUuids],
		})),
		posts: state.posts,
		collections: [...state.collections.values()],
		media: [...media.values()].map(({ folderNames, content, ...item }) => ({
			...item,
			folderNames: [...folderNames],
			kind: content?.kind ?? null,
		})),
		folders: state.folders,
		grants: state.grants,
		sales: state.sales,
		trackingLinks: state.trackingLinks,
		notifications: state.notifications,
		agency: state.agency,
		checkoutLinks: state.checkoutLinks,
		checkoutPayments: state.checkoutPayments,
		checkoutSubscriptions: state.checkoutSubscriptions,
		payouts: state.payouts,
		appPurchases: state.appPurchases,
		webhooks: state.webhooks.map(({ id, url, events, clientId }) => ({
			id,
			url,
			events,
			clientId,
		})),
		deliveries: state.deliveries,
	};
}
