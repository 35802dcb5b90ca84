import type { INodeListSearchItems } from 'n8n-workflow';
import { createListSearch } from '../shared/execution/listSearch';
import { fanvueApi } from './api';
import { readOptions } from './lists/readOptions';
import type { ListSource } from './lists/readOptions';
import { listSources } from './lists/sources';

const MAX_PAGES = 10;

function createSearch(source: ListSource) {
	return createListSearch(fanvueApi, async (client, context, filter, token) => {
		const results: INodeListSearchItems[] = [];
		let next = token;
		// If the service cannot search, pages are read until an option matches.
		for (let count = 0; count < MAX_PAGES; count += 1) {
			const page = await readOptions({ client, context }, source, { filter, token: next });
			const searchText = page.isFiltered ? '' : filter.toLowerCase();
			results.push(...page.options.filter(({ name }) => name.toLowerCase().includes(searchText)));
			next = page.next;
			if (next === undefined || results.length > 0) break;
		}
		return { results, paginationToken: next };
	});
}

/** The search methods that the locators name. */
export const listSearch = {
	searchCreators: createSearch(listSources.creators),
	searchChats: createSearch(listSources.chats),
	searchSubscribers: createSearch(listSources.subscribers),
	searchPosts: createSearch(listSources.posts),
	searchComments: createSearch(listSources.comments),
	searchMedia: createSearch(listSources.media),
	searchMessages: createSearch(listSources.messages),
	searchChatMedia: createSearch(listSources.chatMedia),
	searchFolders: createSearch(listSources.folders),
	searchCustomLists: createSearch(listSources.customLists),
	searchSmartLists: createSearch(listSources.smartLists),
	searchTemplates: createSearch(listSources.templates),
	searchTrackingLinks: createSearch(listSources.trackingLinks),
	searchCollections: createSearch(listSources.collections),
	searchMassMessages: createSearch(listSources.massMessages),
	searchTeamMembers: createSearch(listSources.teamMembers),
	searchWebhooks: createSearch(listSources.webhooks),
};
