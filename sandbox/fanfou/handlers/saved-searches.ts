import type { ApiHandlers, Ask } from '../api';
import { renderSavedSearch } from '../render';
import type { SavedSearch } from '../store';

const MOST = 10;

function ownOf({ store, me }: Ask): SavedSearch[] {
	return store.savedSearches.filter(({ userId }) => userId === me.id);
}

function find(ask: Ask): SavedSearch {
	const id = ask.parameters.text('id');
	const saved = ownOf(ask).find((search) => String(search.id) === id);
	if (!saved) throw ask.refuse(404, '没有这个搜索');
	return saved;
}

export const savedSearchHandlers: ApiHandlers = {
	'saved_searches.create': (ask) => {
		const query = ask.parameters.text('query');
		if (query.trim() === '') throw ask.refuse(400, '搜索关键词不能为空');
		// One too many is not refused in words: the answer is empty.
		if (ownOf(ask).length >= MOST) return { failed: true };
		return { json: renderSavedSearch(ask.store.saveSearch(ask.me.id, query)) };
	},

	'saved_searches.destroy': (ask) => {
		const saved = find(ask);
		ask.store.savedSearches.splice(ask.store.savedSearches.indexOf(saved), 1);
		return { json: renderSavedSearch(saved) };
	},

	'saved_searches.show': (ask) => ({ json: renderSavedSearch(find(ask)) }),

	'saved_searches.list': (ask) => ({ json: ownOf(ask).map(renderSavedSearch) }),
};
