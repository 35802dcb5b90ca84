import type { ApiHandlers, Ask } from '../api';
import { pageOf } from '../paging';
import { renderUserWithStatus } from '../render';
import type { Reply } from '../../core/service';
import type { Store } from '../store';

const LIST_SIZE = 100;

function answerPage(ask: Ask, ids: string[], defaultCount: number): Reply {
	return ask.answerUsers(pageOf(ids, ask.parameters, ask.store.quirks, defaultCount));
}

/** Users by the time of their last status, the latest first; the silent ones at the end. */
function byActivity(store: Store, ids: string[]): string[] {
	const last = new Map<string, number>();
	for (const { userId, order } of store.statuses.where(() => true)) {
		last.set(userId, Math.max(order, last.get(userId) ?? 0));
	}
	return [...ids].sort((a, b) => (last.get(b) ?? 0) - (last.get(a) ?? 0));
}

function recommended({ store, me }: Ask): string[] {
	const { graph, users, dismissed } = store;
	return users
		.all()
		.map(({ id }) => id)
		.filter(
			(id) =>
				id !== me.id &&
				!graph.follows(me.id, id) &&
				!graph.isBlocking(me.id, id) &&
				!(dismissed.get(me.id)?.has(id) ?? false),
		);
}

export const userHandlers: ApiHandlers = {
	// The card of a protected account is open to all; its last status is not.
	'users.show': (ask) => ({ json: renderUserWithStatus(ask.store, ask.user(), ask.view) }),

	'statuses.friends': (ask) =>
		answerPage(ask, ask.store.graph.friendsOf(ask.readableUser().id), LIST_SIZE),

	'statuses.followers': (ask) =>
		answerPage(ask, ask.store.graph.followersOf(ask.readableUser().id), LIST_SIZE),

	// No document gives these a page size: 60 as for most lists, and any count is taken.
	'users.friends': (ask) => {
		const ids = ask.store.graph.friendsOf(ask.readableUser().id);
		return answerPage(ask, byActivity(ask.store, ids), 60);
	},

	'users.followers': (ask) => {
		const ids = ask.store.graph.followersOf(ask.readableUser().id);
		return answerPage(ask, byActivity(ask.store, ids), 60);
	},

	'users.tagged': (ask) => {
		const tag = ask.parameters.text('tag');
		const tagged = ask.store.users.all().filter(({ tags }) => tags.includes(tag));
		return answerPage(
			ask,
			tagged.map(({ id }) => id),
			LIST_SIZE,
		);
	},

	'users.tag_list': (ask) => ({ json: ask.user().tags }),

	'users.recommendation': (ask) => answerPage(ask, recommended(ask), 20),

	'users.cancel_recommendation': (ask) => {
		const user = ask.otherUser();
		const dismissed = ask.store.dismissed.get(ask.me.id) ?? new Set<string>();
		ask.store.dismissed.set(ask.me.id, dismissed.add(user.id));
		return ask.answerUser(user);
	},
};
