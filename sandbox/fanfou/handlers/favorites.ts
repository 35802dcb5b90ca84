import type { ApiHandlers } from '../api';
import { favorite } from '../deeds';
import { pageOf } from '../paging';

export const favoriteHandlers: ApiHandlers = {
	'favorites.list': (ask) => {
		const { store, me, parameters } = ask;
		const statuses = store
			.favoritesOf(ask.readableUser().id)
			.filter((status) => store.isVisible(me, status));
		return ask.answerStatuses(pageOf(statuses, parameters, store.quirks));
	},

	// Doing either twice changes nothing and is no fault, as far as anybody recorded.
	'favorites.create': (ask) => {
		const status = ask.status();
		favorite(ask.store, ask.me, status, true);
		return ask.answerStatus(status);
	},

	'favorites.destroy': (ask) => {
		const status = ask.status();
		favorite(ask.store, ask.me, status, false);
		return ask.answerStatus(status);
	},
};
