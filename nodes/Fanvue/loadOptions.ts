import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { ApiClient } from '../shared/client/apiClient';
import { createLoadOptions } from '../shared/execution/loadOptions';
import { fanvueApi } from './api';
import { readOptions } from './lists/readOptions';
import type { ListSource } from './lists/readOptions';
import { listSources } from './lists/sources';

/** Pages of 50 that a list without a search reads. */
const MAX_PAGES = 10;

interface Host {
	client: ApiClient;
	context: ILoadOptionsFunctions;
}

async function readAll(host: Host, source: ListSource): Promise<INodePropertyOptions[]> {
	const found: INodePropertyOptions[] = [];
	let token: string | undefined;
	for (let count = 0; count < MAX_PAGES; count += 1) {
		const page = await readOptions(host, source, { token });
		found.push(...page.options);
		token = page.next;
		if (token === undefined) break;
	}
	return found;
}

/** Reads several lists as one. A list that is refused is left out unless all are. */
async function readAny(host: Host, sources: ListSource[]): Promise<INodePropertyOptions[]> {
	const lists = await Promise.allSettled(
		sources.map(async (source) => await readAll(host, source)),
	);
	const found = lists.flatMap((list) => (list.status === 'fulfilled' ? [list.value] : []));
	const [first] = lists;
	if (found.length === 0 && first?.status === 'rejected') throw first.reason;
	return [...new Map(found.flat().map((option) => [option.value, option])).values()];
}

const createLoader = (...sources: ListSource[]) =>
	createLoadOptions(
		fanvueApi,
		async (client, context) => await readAny({ client, context }, sources),
	);

/** The methods that lists of IDs name. */
export const loadOptions = {
	getFans: createLoader(listSources.chats, listSources.subscribers),
	getMedia: createLoader(listSources.readyMedia),
	getChatMedia: createLoader(listSources.chatMedia),
	getCustomLists: createLoader(listSources.customLists),
	getCollections: createLoader(listSources.collections),
	getCreators: createLoader(listSources.creators),
	getTeamMembers: createLoader(listSources.teamMembers),
};
