import type { Section } from '../core/service';
import { chatView, messageView } from './chat-views';
import { subscribersOf } from './fans';
import { statusOf } from './media-state';
import type { Post } from './model';
import { iso } from './replies';
import { publishedAt } from './posts';
import type { World } from './world';

const ROWS = 8;

function postRow(world: World, post: Post): Section['rows'][number] {
	return {
		creator: world.user(post.creatorUuid)?.handle ?? '',
		text: post.text,
		audience: post.audience,
		'price (cents)': post.price,
		published: iso(publishedAt(world, post)),
		planned: iso(post.publishAt),
		media: post.mediaUuids.length,
	};
}

/** What the state page shows. */
export function overviewOf(world: World): Section[] {
	const newest = <Item>(items: Iterable<Item>, at: (item: Item) => number): Item[] =>
		[...items].sort((a, b) => at(b) - at(a)).slice(0, ROWS);
	const messages = [...world.conversations.values()].flatMap((item) => item.messages);
	const handle = (uuid: string): string => world.user(uuid)?.handle ?? '';
	const posts = world.posts.filter(({ isDeleted }) => !isDeleted);
	return [
		{
			title: 'Creators',
			rows: [...world.users.values()]
				.filter(({ isCreator }) => isCreator)
				.map(({ uuid, handle: name, displayName }) => ({
					account: name,
					name: displayName,
					uuid,
					subscribers: subscribersOf(world, uuid).length,
					chats: world.conversationsOf(uuid).length,
				})),
		},
		{
			title: 'Latest posts',
			rows: newest(posts, ({ createdAt }) => createdAt).map((post) => postRow(world, post)),
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
			rows: newest(world.media.values(), ({ createdAt }) => createdAt).map((media) => ({
				owner: handle(media.ownerUuid),
				name: media.name,
				type: media.mediaType,
				status: statusOf(world, media),
				uuid: media.uuid,
			})),
		},
		{
			title: 'Webhook deliveries',
			rows: world.deliveries.slice(-ROWS).map(({ type, url, statuses }) => ({
				type,
				url,
				statuses: statuses.join(', '),
			})),
		},
	];
}

/** The whole state, without secrets. */
export function stateOf(world: World): unknown {
	const { users, bonds, media, customLists } = world;
	return {
		settings: world.settings,
		users: [...users.values()],
		bonds: [...bonds.values()],
		chats: [...world.conversations.values()].map((conversation) => ({
			...chatView(world, conversation, conversation.users[0], true),
			users: conversation.users,
			messages: conversation.messages.map((message) => messageView(world, message)),
		})),
		massMessages: world.massMessages,
		templates: world.templates,
		customLists: [...customLists.values()].map(({ memberUuids, ...list }) => ({
			...list,
			memberUuids: [...memberUuids],
		})),
		posts: world.posts,
		collections: [...world.collections.values()],
		media: [...media.values()].map(({ folderNames, content, ...item }) => ({
			...item,
			folderNames: [...folderNames],
			kind: content?.kind ?? null,
		})),
		folders: world.folders,
		grants: world.grants,
		sales: world.sales,
		trackingLinks: world.trackingLinks,
		notifications: world.notifications,
		agency: world.agency,
		webhooks: world.webhooks.map(({ id, url, events, clientId }) => ({
			id,
			url,
			events,
			clientId,
		})),
		deliveries: world.deliveries,
	};
}
