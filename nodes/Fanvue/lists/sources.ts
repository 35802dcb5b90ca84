import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { ListOption, ListSource } from './readOptions';

const text = (value: Json | undefined) => (typeof value === 'string' ? value : '');

/** Returns the first line of a text, cut to the width of a list. */
function firstLine(value: Json | undefined, fallback: string): string {
	const line = text(value)
		.trim()
		.replace(/\n[^]*/, '');
	if (line === '') return fallback;
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function userOption(row: JsonObject): ListOption | undefined {
	const uuid = text(row.uuid);
	if (uuid === '') return undefined;
	const shown = text(row.nickname) || text(row.displayName);
	const handle = text(row.handle);
	return { name: handle === '' ? shown || uuid : `${shown} (@${handle})`.trim(), value: uuid };
}

const optionWithTitle =
	(title: (row: JsonObject) => string, key = 'uuid') =>
	(row: JsonObject): ListOption | undefined => {
		const value = text(row[key]);
		return value === '' ? undefined : { name: title(row) || value, value };
	};

const day = (value: Json | undefined) => text(value).slice(0, 10);

const dayAndType = (row: JsonObject) =>
	[text(row.mediaType) || text(row.status), day(row.createdAt ?? row.created_at ?? null)]
		.filter((part) => part !== '')
		.join(', ');

function mediaOption(row: JsonObject): ListOption | undefined {
	const value = text(row.uuid) || text(row.mediaUuid);
	if (value === '') return undefined;
	const name = text(row.name);
	const caption = text(row.caption);
	const title = name === '' || caption === '' ? name || caption : `${name}: ${caption}`;
	return { name: `${firstLine(title, value)} (${dayAndType(row)})`, value };
}

const CHAT = { key: 'userUuid', displayName: 'Fan' };

/** The lists that fields can be filled from. */
export const listSources = {
	creators: {
		endpoint: 'GET /creators',
		toOption: userOption,
	},
	chats: {
		endpoint: 'GET /chats',
		hasV1Route: true,
		hasCreatorRoute: true,
		searchKey: 'search',
		toOption: (row) => (isJsonObject(row.user) ? userOption(row.user) : undefined),
	},
	subscribers: {
		endpoint: 'GET /subscribers',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: userOption,
	},
	posts: {
		endpoint: 'GET /posts',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Post without text')} (${day(row.createdAt)})`,
		),
	},
	comments: {
		endpoint: 'GET /posts/:uuid/comments',
		hasV1Route: true,
		hasCreatorRoute: true,
		parent: { key: 'uuid', displayName: 'Post' },
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Comment without text')} (${day(row.createdAt)})`,
		),
	},
	media: {
		endpoint: 'GET /media',
		hasV1Route: true,
		hasCreatorRoute: true,
		searchKey: 'name',
		searchesUnderV1Only: true,
		toOption: mediaOption,
	},
	/** Media that can be attached. */
	readyMedia: {
		endpoint: 'GET /media',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: (row) => (row.status === 'ready' ? mediaOption(row) : undefined),
	},
	messages: {
		endpoint: 'GET /chats/:userUuid/messages',
		hasCreatorRoute: true,
		parent: CHAT,
		query: { markAsRead: 'false' },
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Message without text')} (${day(row.sentAt)})`,
		),
	},
	chatMedia: {
		endpoint: 'GET /chats/:userUuid/media',
		hasV1Route: true,
		hasCreatorRoute: true,
		sizeKey: 'limit',
		parent: CHAT,
		toOption: mediaOption,
	},
	folders: {
		endpoint: 'GET /vault/folders',
		hasCreatorRoute: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => text(row.name), 'name'),
	},
	customLists: {
		endpoint: 'GET /chats/lists/custom',
		hasV1Route: true,
		hasCreatorRoute: true,
		searchKey: 'search',
		toOption: optionWithTitle((row) => `${text(row.name)} (${Number(row.membersCount ?? 0)})`),
	},
	smartLists: {
		endpoint: 'GET /chats/lists/smart',
		hasV1Route: true,
		hasCreatorRoute: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => `${text(row.name)} (${Number(row.count ?? 0)})`),
	},
	templates: {
		endpoint: 'GET /chats/templates',
		hasV1Route: true,
		toOption: optionWithTitle((row) =>
			firstLine(row.text, text(row.folderName) || 'Template without text'),
		),
	},
	trackingLinks: {
		endpoint: 'GET /tracking-links',
		hasV1Route: true,
		hasCreatorRoute: true,
		sizeKey: 'limit',
		toOption: optionWithTitle((row) => `${text(row.name)} (${text(row.externalSocialPlatform)})`),
	},
	collections: {
		endpoint: 'GET /collections',
		hasV1Route: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => text(row.label)),
	},
	massMessages: {
		endpoint: 'GET /chats/mass-messages',
		hasCreatorRoute: true,
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Message without text')} (${text(row.status)})`,
		),
	},
	teamMembers: {
		endpoint: 'GET /agencies/team-members',
		hasNoPaging: true,
		toOption: optionWithTitle(
			(row) => text(row.nickname) || text(row.displayName) || text(row.email),
		),
	},
	webhooks: {
		endpoint: 'GET /webhooks/subscriptions',
		hasV1Route: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => text(row.url), 'id'),
	},
} satisfies Record<string, ListSource>;
