import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { NodeFailure } from '../shared/errors';
import type { Json, JsonObject } from '../shared/json';
import { Int64Literal, isJsonObject, isObject, valueAtPath } from '../shared/json';
import { createListSearch } from '../shared/execution/listSearch';
import { rowsAt } from '../shared/execution/paginate';
import type { ApiClient } from '../shared/client/apiClient';
import { isEmpty, parseStringList } from '../shared/execution/parameterValues';
import { botId } from './bot';
import { previewOf } from './compose/compose';
import { channelUrl, serverUrl } from './pickers';
import { fanbookApi } from './api';

type Search = Parameters<typeof createListSearch>[1];

const search = (find: Search) => createListSearch(fanbookApi, find);

/** Fanbook's numbers for kinds of channels that lists tell apart. */
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

/** An id chosen in another parameter; empty when it is not there or still an expression. */
function chosen(context: ILoadOptionsFunctions, names: string[], url: { regex: string }): string {
	for (const name of names) {
		const value: unknown = context.getCurrentNodeParameter(name);
		const text = String((isObject(value) ? value.value : value) ?? '').trim();
		if (/^\d{1,19}$/.test(text)) return text;
		const inUrl = new RegExp(url.regex).exec(text)?.[1];
		if (inUrl !== undefined) return inUrl;
	}
	return '';
}

function chosenServer(context: ILoadOptionsFunctions): string {
	const id = chosen(context, ['guildId', 'server', 'targetGuildId'], serverUrl);
	if (id !== '') return id;
	throw new NodeFailure('Choose the server first', {
		description: 'The list needs a server that is chosen or given by its ID, not by an expression',
	});
}

async function serverItem(session: ApiClient, id: string): Promise<INodeListSearchItems> {
	const body = { user_id: await botId(session), guild_id: id };
	const guild = await session.fetch('POST guild', { body, writes: false });
	return { name: textAt(guild, 'name') || id, value: id };
}

/** Fanbook has no call that lists a bot's servers: the credential names some, or one is typed in. */
const searchServers = search(async (session, _context, filter) => {
	const wanted = filter.trim();
	if (/^\d{15,19}$/.test(wanted)) return { results: [await serverItem(session, wanted)] };
	const { serverIds } = await session.credentialSettings();
	const ids = isEmpty(serverIds) ? [] : parseStringList('Server IDs', serverIds);
	if (ids.length === 0) {
		throw new NodeFailure('Fanbook does not tell a bot which servers it is in', {
			description:
				'Type a server ID into the search, list Server IDs in the credential, or choose By ID',
		});
	}
	const items = await Promise.all(ids.map(async (id) => await serverItem(session, id)));
	return { results: matching(items, wanted) };
});

async function channels(session: ApiClient, context: ILoadOptionsFunctions): Promise<JsonObject[]> {
	const body = { guild_id: chosenServer(context) };
	return rowsAt(await session.fetch('POST channel/list', { body, writes: false })).filter(
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
	return search(async (session, context, filter) => {
		const rows = await channels(session, context);
		const items = rows.filter(({ type }) => fits(Number(type))).map(channelItem);
		return { results: matching(items, filter) };
	});
}

const searchRoles = search(async (session, context, filter) => {
	const body = { guild_id: new Int64Literal(chosenServer(context)) };
	const rows = rowsAt(await session.fetch('POST getGuildRoles', { body, writes: false }));
	const items = rows.map((row) => ({ name: textAt(row, 'name'), value: textAt(row, 'id') }));
	return { results: matching(items, filter) };
});

function memberItem(id: string, nickname: string, username: string): INodeListSearchItems {
	return { name: username === '' ? nickname : `${nickname} (${username})`, value: id };
}

async function foundMembers(session: ApiClient, guild: string, filter: string): Promise<Json[]> {
	const guildId = new Int64Literal(guild);
	const byNumber = /^\d+$/.test(filter)
		? await session.fetch('POST searchGuildMemberByName', {
				body: { guild_id: guildId, username: [filter] },
				writes: false,
			})
		: [];
	const byName = await session.fetch('POST searchGuildMember', {
		body: { guild_id: guildId, query: filter },
		writes: false,
	});
	return [...rowsAt(byNumber), ...rowsAt(byName)];
}

async function firstMembers(session: ApiClient, guild: string): Promise<INodeListSearchItems[]> {
	const answer = await session.fetch('POST v2/guild/members', {
		body: {
			guild_id: guild,
			channel_id: '0',
			user_id: await botId(session),
			ranges: [{ start: 0, end: 99 }],
		},
		writes: false,
	});
	return rowsAt(answer, 'ops')
		.flatMap((op) => rowsAt(op, 'items'))
		.map((row) => valueAtPath(row, 'User') ?? valueAtPath(row, 'user'))
		.filter((user) => user !== undefined)
		.map((user) =>
			memberItem(textAt(user, 'user_id'), textAt(user, 'nickname'), textAt(user, 'username')),
		);
}

const searchMembers = search(async (session, context, filter) => {
	const guild = chosenServer(context);
	const wanted = filter.trim();
	if (wanted === '') return { results: await firstMembers(session, guild) };
	const items = (await foundMembers(session, guild, wanted)).map((row) =>
		memberItem(
			textAt(row, 'user.id'),
			textAt(row, 'user.first_name'),
			textAt(row, 'user.username'),
		),
	);
	return { results: [...new Map(items.map((item) => [item.value, item])).values()] };
});

/** The chosen circle channel, else the first one the server's circle has. */
async function circleChannel(
	session: ApiClient,
	context: ILoadOptionsFunctions,
	guild: string,
): Promise<string> {
	const id = chosen(context, ['channelId'], channelUrl);
	if (id !== '') return id;
	const body = { guild_id: new Int64Literal(guild) };
	const circles = rowsAt(await session.fetch('POST v2/circle/info', { body, writes: false }));
	return textAt(circles[0], 'channel_id');
}

const searchPosts = search(async (session, context, filter, token) => {
	const guild = chosenServer(context);
	const body = {
		guild_id: guild,
		channel_id: await circleChannel(session, context, guild),
		size: '20',
		list_id: token,
		wd: filter.trim() === '' ? undefined : filter.trim(),
	};
	const answer = await session.fetch('POST circle/postList', { body, writes: false });
	const next = valueAtPath(answer, 'next');
	const listId = textAt(answer, 'list_id');
	return {
		results: rowsAt(answer, 'records').map((row) => ({
			name: postName(row),
			value: textAt(row, 'post.post_id'),
		})),
		paginationToken: (next === true || next === '1') && listId !== '' ? listId : undefined,
	};
});

function postName(row: Json): string {
	const title = textAt(row, 'post.title') || previewOf(textAt(row, 'post.content'));
	return `${title || textAt(row, 'post.post_id')} (${textAt(row, 'user.nickname')})`;
}

/** What fills the "From List" of every locator. */
export const listSearch = {
	searchServers,
	searchChannels: searchChannelsWhere((type) => type !== CATEGORY),
	searchCircleChannels: searchChannelsWhere((type) => type === CIRCLE),
	searchCategories: searchChannelsWhere((type) => type === CATEGORY),
	searchRoles,
	searchMembers,
	searchPosts,
};
