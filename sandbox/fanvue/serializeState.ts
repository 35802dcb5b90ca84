import { chatView, messageView } from './chatViews';
import type { FanvueState } from './state';

/** Returns the state as JSON, without secrets. */
export function serializeState(state: FanvueState): unknown {
	const { users, relationships: relationships, media, customLists } = state;
	return {
		settings: state.settings,
		users: [...users.values()],
		relationships: [...relationships.values()],
		chats: [...state.conversations.values()].map((conversation) => ({
			...chatView(state, { conversation, viewerUuid: conversation.users[0], isV1: true }),
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
