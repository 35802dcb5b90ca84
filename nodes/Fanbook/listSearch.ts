import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodePropertyOptions,
} from 'n8n-workflow';
import { rolePages } from './rolePages';
import { fanbookApi } from './api';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject, isObject, valueAtPath } from '../shared/json';
import {
	createLoadOptions,
	entryOrThrow,
	ListNotReadyError,
	type OptionsLoader,
} from '../shared/execution/loadOptions';
import { createListSearch } from '../shared/execution/listSearch';
import { rowsAt } from '../shared/execution/paginate';
import type { ApiClient } from '../shared/client/apiClient';
import { isEmpty, parseInt64, parseStringList } from '../shared/execution/parameterValues';
import { botId } from './bot';
import { previewOf } from './compose/compose';
import { readList } from './readList';
import { channelUrl, serverUrl } from './locators';

type Search = Parameters<typeof createListSearch>[1];

const createSearch = (find: Search) => createListSearch(fanbookApi, find);

/** Channel types that are named in lists. */
const CATEGORY = 4;
const CIRCLE = 5;
const KINDS: Record<number, string> = {
	1: 'Voice',
	2: 'Video',
	[CIRCLE]: 'Circle',
	6: 'Live Stream',
	7: 'Link',
	8: 'Live Room',
	9: 'Task',
};

function textAt(row: Json | undefined, path: string): string {
	const value = valueAtPath(row, path);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function matching(items: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return items.filter(
		({ name, value }) => name.toLowerCase().includes(wanted) || String(value) === wanted,
	);
}

/** Returns the id chosen in another parameter; empty when it is not set or an expression. */
function selectedId(
	context: ILoadOptionsFunctions,
	names: string[],
	url: { regex: string },
): string {
	for (const name of names) {
		const value: unknown = context.getCurrentNodeParameter(name);
		const text = String((isObject(value) ? value.value : value) ?? '').trim();
		if (/^\d{1,19}$/.test(text)) return text;
		const inUrl = new RegExp(url.regex).exec(text)?.[1];
		if (inUrl !== undefined) return inUrl;
	}
	return '';
}

function selectedServer(context: ILoadOptionsFunctions): string {
	const id = selectedId(context, ['guildId', 'server', 'targetGuildId'], serverUrl);
	if (id !== '') return id;
	if (context.getCurrentNodeParameter('target') === 'group') {
		throw new ListNotReadyError('Group chats cannot be listed', {
			description: 'Choose By ID and enter the ID of the group chat',
		});
	}
	throw new ListNotReadyError('Choose the server first', {
		description: 'The list requires a server that is selected or entered as ID, not an expression',
	});
}

async function serverItem(client: ApiClient, id: string): Promise<INodeListSearchItems> {
	const body = { user_id: await botId(client), guild_id: id };
	const guild = await client.fetch('POST guild', { body, writes: false });
	return { name: textAt(guild, 'name') || id, value: id };
}

/** Fanbook cannot list the servers of a bot, so they are read from the credential or the search. */
const searchServers = createSearch(async (client, _context, filter) => {
	const wanted = filter.trim();
	if (/^\d{15,19}$/.test(wanted)) return { results: [await serverItem(client, wanted)] };
	const otherWay =
		'Type a server ID into the search, list Server IDs in the credential, or choose By ID';
	return { results: matching(await fetchServers(client, otherWay), wanted) };
});

async function fetchServers(
	client: ApiClient,
	otherWay = 'List Server IDs in the credential, or use an expression',
): Promise<INodeListSearchItems[]> {
	const { serverIds } = await client.credentialSettings();
	const ids = isEmpty(serverIds) ? [] : parseStringList('Server IDs', serverIds);
	if (ids.length === 0) {
		throw new ListNotReadyError('Fanbook cannot list the servers of a bot', {
			description: otherWay,
		});
	}
	return await Promise.all(ids.map(async (id) => await serverItem(client, id)));
}

async function channels(client: ApiClient, context: ILoadOptionsFunctions): Promise<JsonObject[]> {
	const body = { guild_id: selectedServer(context) };
	return readList(await client.fetch('POST channel/list', { body, writes: false })).filter(
		isJsonObject,
	);
}

function channelItem(row: JsonObject): INodeListSearchItems {
	const kind = KINDS[Number(row.type)];
	const name = textAt(row, 'name') || textAt(row, 'channel_id');
	return {
		name: kind === undefined ? name : `${name} (${kind})`,
		value: textAt(row, 'channel_id'),
	};
}

function searchChannelsWhere(fits: (type: number) => boolean) {
	return createSearch(async (client, context, filter) => {
		const rows = await channels(client, context);
		const items = rows.filter(({ type }) => fits(Number(type))).map(channelItem);
		return { results: matching(items, filter) };
	});
}

/** More roles than this many requests return are not listed. */
const MAX_ROLE_PAGES = 5;

async function fetchRoles(client: ApiClient, guild: string): Promise<INodeListSearchItems[]> {
	const fetchPage = async (body: Record<string, unknown>) =>
		await client.fetch('POST getGuildRoles', { body, writes: false });
	const items: INodeListSearchItems[] = [];
	let pages = 0;
	for await (const roles of rolePages(guild, fetchPage)) {
		items.push(...roles.map((role) => ({ name: textAt(role, 'name'), value: textAt(role, 'id') })));
		pages += 1;
		if (pages === MAX_ROLE_PAGES) break;
	}
	return items;
}

const searchRoles = createSearch(async (client, context, filter) => ({
	results: matching(await fetchRoles(client, selectedServer(context)), filter),
}));

function memberItem(id: string, nickname: string, username: string): INodeListSearchItems {
	return { name: username === '' ? nickname : `${nickname} (${username})`, value: id };
}

async function findMembers(client: ApiClient, guild: string, filter: string): Promise<Json[]> {
	const guildId = parseInt64('Server', guild);
	const byNumber = /^\d+$/.test(filter)
		? await client.fetch('POST searchGuildMemberByName', {
				body: { guild_id: guildId, username: [filter] },
				writes: false,
			})
		: [];
	const byName = await client.fetch('POST searchGuildMember', {
		body: { guild_id: guildId, query: filter },
		writes: false,
	});
	return [...readList(byNumber), ...readList(byName)];
}

/** Rows per range of members. */
const RANGE = 100;
/** This many ranges are loaded for lists in which one cannot search. */
const LOADED_RANGES = [0, 100, 200, 300, 400];

async function fetchFirstMembers(
	client: ApiClient,
	guild: string,
	ranges: number[] = [0],
): Promise<INodeListSearchItems[]> {
	const response = await client.fetch('POST v2/guild/members', {
		body: {
			guild_id: guild,
			channel_id: '0',
			user_id: await botId(client),
			ranges: ranges.map((start) => ({ start, end: start + RANGE - 1 })),
		},
		writes: false,
	});
	return rowsAt(response, 'ops')
		.flatMap((op) => rowsAt(op, 'items'))
		.map((row) => valueAtPath(row, 'User') ?? valueAtPath(row, 'user'))
		.filter((user) => user !== undefined)
		.map((user) =>
			memberItem(textAt(user, 'user_id'), textAt(user, 'nickname'), textAt(user, 'username')),
		);
}

const searchMembers = createSearch(async (client, context, filter) => {
	const guild = selectedServer(context);
	const wanted = filter.trim();
	if (wanted === '') return { results: await fetchFirstMembers(client, guild) };
	const items = (await findMembers(client, guild, wanted)).map((row) =>
		memberItem(
			textAt(row, 'user.id'),
			textAt(row, 'user.first_name'),
			textAt(row, 'user.username'),
		),
	);
	return { results: [...new Map(items.map((item) => [item.value, item])).values()] };
});

/** Returns the selected circle channel, or else the first of the server. */
async function circleChannel(
	client: ApiClient,
	context: ILoadOptionsFunctions,
	guild: string,
): Promise<string> {
	const id = selectedId(context, ['channelId'], channelUrl);
	if (id !== '') return id;
	const body = { guild_id: parseInt64('Server', guild) };
	const circles = readList(await client.fetch('POST v2/circle/info', { body, writes: false }));
	return textAt(circles[0], 'channel_id');
}

const searchPosts = createSearch(async (client, context, filter, token) => {
	const guild = selectedServer(context);
	const body = {
		guild_id: guild,
		channel_id: await circleChannel(client, context, guild),
		size: '20',
		list_id: token,
		wd: filter.trim() === '' ? undefined : filter.trim(),
	};
	const response = await client.fetch('POST circle/postList', { body, writes: false });
	const next = valueAtPath(response, 'next');
	const listId = textAt(response, 'list_id');
	return {
		results: readList(response).map((row) => ({
			name: postName(row),
			value: textAt(row, 'post.post_id'),
		})),
		paginationToken: (next === true || next === '1') && listId !== '' ? listId : undefined,
	};
});

function postName(row: Json): string {
	const title =
		textAt(row, 'post.title') ||
		previewOf(textAt(row, 'post.content_v2') || textAt(row, 'post.content'));
	return `${title || textAt(row, 'post.post_id')} (${textAt(row, 'user.nickname')})`;
}

/** Search methods of the locators. */
export const listSearch = {
	searchServers,
	searchChannels: searchChannelsWhere((type) => type !== CATEGORY),
	searchCircleChannels: searchChannelsWhere((type) => type === CIRCLE),
	searchCategories: searchChannelsWhere((type) => type === CATEGORY),
	searchRoles,
	searchMembers,
	searchPosts,
};

const createLoader = (load: OptionsLoader) => createLoadOptions(fanbookApi, load);

function toOptions(items: INodeListSearchItems[]): INodePropertyOptions[] {
	return items.map(({ name, value }) => ({ name, value }));
}

async function loadMembers(
	client: ApiClient,
	context: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const members = await fetchFirstMembers(client, selectedServer(context), LOADED_RANGES);
	return toOptions([...new Map(members.map((item) => [item.value, item])).values()]);
}

/**
 * Returns the servers whose roles and members the trigger offers: the chosen one, or else those in its
 * filter, or else those of the credential.
 */
async function filteredServers(
	client: ApiClient,
	context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	const chosen = selectedId(context, ['guildId'], serverUrl);
	if (chosen !== '') return [{ name: '', value: chosen }];
	const filters: unknown = context.getCurrentNodeParameter('filters');
	const ids: unknown = isObject(filters) ? filters.guildIds : undefined;
	if (!Array.isArray(ids) || ids.length === 0) return await fetchServers(client);
	return await Promise.all(ids.map(async (id) => await serverItem(client, String(id))));
}

/** Loads a list of each server; the server's name is added where there are several. */
const createServerLoader = (
	load: (client: ApiClient, guild: string) => Promise<INodeListSearchItems[]>,
) =>
	createLoader(async (client, context) => {
		const servers = await filteredServers(client, context);
		const lists = await Promise.all(
			servers.map(async ({ name: server, value }) =>
				(await load(client, String(value))).map(({ name, value: id }) => ({
					name: servers.length > 1 ? `${name}, ${server}` : name,
					value: id,
				})),
			),
		);
		return [...new Map(lists.flat().map((option) => [option.value, option])).values()];
	});

/** Methods that load the choices of lists of several things. */
export const loadOptions = {
	getServers: createLoader(async (client) => toOptions(await fetchServers(client))),
	getRoles: createLoader(async (client, context) =>
		toOptions(await fetchRoles(client, selectedServer(context))),
	),
	getMembers: createLoader(loadMembers),
	getRolesOfServers: createServerLoader(fetchRoles),
	getMembersOfServers: createServerLoader(
		async (client, guild) => await fetchFirstMembers(client, guild, LOADED_RANGES),
	),
	getMembersOrEveryone: createLoader(async (client, context) => [
		{ name: '(Everyone Online)', value: 'all' },
		...(await loadMembers(client, context).catch(entryOrThrow)),
	]),
};
