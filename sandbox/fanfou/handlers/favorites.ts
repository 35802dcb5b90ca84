import type { ApiHandlers } from '../context';
import { setFavorite } from '../mutations';
import { paginate } from '../paging';

export const favoriteHandlers: ApiHandlers = {
	'favorites.list': (context) => {
		const { state, me, parameters } = context;
		const statuses = state
			.favoritesOf(context.readableUser().id)
			.filter((status) => state.isVisible(me, status));
		return context.statusesReply(paginate(statuses, { parameters, settings: state.settings }));
	},

	// Repeating either request has no effect and is not known to be an error.
	'favorites.create': (context) => {
		const status = context.status();
		setFavorite(context.state, { user: context.me, status, isFavorite: true });
		return context.statusReply(status);
	},

	'favorites.destroy': (context) => {
		const status = context.status();
		setFavorite(context.state, { user: context.me, status, isFavorite: false });
		return context.statusReply(status);
	},
};
