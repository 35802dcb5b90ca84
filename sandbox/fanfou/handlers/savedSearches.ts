import type { ApiHandlers, FanfouContext } from '../context';
import { renderSavedSearch } from '../render';
import type { SavedSearch } from '../state';

const MAX_SAVED_SEARCHES = 10;

function findOwn({ state, me }: FanfouContext): SavedSearch[] {
	return state.savedSearches.filter(({ userId }) => userId === me.id);
}

function find(context: FanfouContext): SavedSearch {
	const id = context.parameters.text('id');
	const saved = findOwn(context).find((search) => String(search.id) === id);
	if (!saved) throw context.createError(404, '没有这个搜索');
	return saved;
}

export const savedSearchHandlers: ApiHandlers = {
	'saved_searches.create': (context) => {
		const query = context.parameters.text('query');
		if (query.trim() === '') throw context.createError(400, '搜索关键词不能为空');
		// Above the limit, the response is empty instead of an error.
		if (findOwn(context).length >= MAX_SAVED_SEARCHES) return { failed: true };
		return { json: renderSavedSearch(context.state.saveSearch(context.me.id, query)) };
	},

	'saved_searches.destroy': (context) => {
		const saved = find(context);
		context.state.savedSearches.splice(context.state.savedSearches.indexOf(saved), 1);
		return { json: renderSavedSearch(saved) };
	},

	'saved_searches.show': (context) => ({ json: renderSavedSearch(find(context)) }),

	'saved_searches.list': (context) => ({ json: findOwn(context).map(renderSavedSearch) }),
};
