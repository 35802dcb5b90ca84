import type { Json } from '../shared/json';
import { valueAtPath } from '../shared/json';
import { idOfRow } from './ids';
import { lastIdPaging as lastIdStrategy } from '../shared/execution/paginate';
import type { PagingStrategy } from '../shared/definition/operation';
import { readList } from './readList';

/** Largest page where it is documented, the suggested size for other methods. */
const SIZE = { history: 100, thread: 100, roleMembers: 500, members: 100, invites: 50, circle: 20 };

function idAt(path: string): (row: Json) => string | undefined {
	return (row) => {
		const id = valueAtPath(row, path);
		return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
	};
}

/** Returns the first ID found at one of the paths. */
function firstId(row: Json | undefined, paths: string[]): string | undefined {
	return paths
		.map((path) => valueAtPath(row, path))
		.find((id): id is string => typeof id === 'string' && id !== '');
}

/** Pages by the last ID. Responses without a list are errors. */
const lastIdPaging = (names: Parameters<typeof lastIdStrategy>[0]): PagingStrategy => ({
	...lastIdStrategy(names),
	rows: readList,
});

/** Returns the next cursor: the one in the response, or else, as documented, the ID of the last record. */
function cursorIn(data: Json | undefined, last: Json | undefined): string | undefined {
	return (
		firstId(data, ['list_id']) ??
		firstId(last, ['list_id', 'reaction_id', 'comment_id', 'comment.comment_id'])
	);
}

/**
 * Each response contains the `list_id` for the next request. `next` is true, or "1" for invites, if
 * there are more pages.
 */
function listId(names: {
	size: number;
	/** Some methods take the size as text, some as a number; without it, none is sent. */
	sizeAs?: (size: number) => unknown;
	/** Place of the ID in a row, as dotted path. */
	identity?: string;
	start?: string;
}): PagingStrategy {
	return {
		size: names.size,
		rows: readList,
		...(names.identity === undefined ? {} : { rowKey: idAt(names.identity) }),
		first: (size) => ({
			...(names.sizeAs === undefined ? {} : { size: names.sizeAs(size) }),
			...(names.start === undefined ? {} : { list_id: names.start }),
		}),
		next: ({ data, rows, newRows, parameters }) => {
			const more = valueAtPath(data, 'next');
			const isMore = more === true || more === 1 || more === '1' || more === 'true';
			const next = cursorIn(data, rows.at(-1));
			if (!isMore || newRows.length === 0 || next === undefined) return undefined;
			return { ...parameters, list_id: next };
		},
	};
}

/**
 * The place of the next cursor is not documented, so likely places are tried, the user id last. A
 * cursor without effect returns only known members, which ends the list.
 */
const circleMembers: PagingStrategy = {
	size: SIZE.circle,
	rows: readList,
	rowKey: (row) => firstId(row, ['reaction_id', 'comment_id', 'user.id']),
	first: (size) => ({ size }),
	next: ({ data, rows, newRows, parameters }) => {
		const last = rows.at(-1);
		const next = cursorIn(data, last) ?? firstId(last, ['user.id']);
		const more = valueAtPath(data, 'next');
		if (newRows.length === 0 || next === undefined || next === parameters.list_id) return undefined;
		return more === false || more === '0' ? undefined : { ...parameters, list_id: next };
	},
};

/** Pagination of Fanbook's lists. The operations for members and updates have their own. */
export const paging = {
	/** Newest first; the last message is the cursor for older ones. Form fields, so the size is text. */
	history: {
		size: SIZE.history,
		rows: readList,
		rowKey: idAt('message_id'),
		first: (size) => ({ size: String(size) }),
		next: ({ rows, newRows, size, parameters }) => {
			const last = valueAtPath(rows.at(-1), 'message_id');
			if (newRows.length === 0 || rows.length < size || typeof last !== 'string') return undefined;
			return { ...parameters, message_id: last, behavior: 'before' };
		},
	},
	thread: lastIdPaging({ size: SIZE.thread, idKey: 'message_id', rowId: 'message_id' }),
	roleMembers: lastIdPaging({
		size: SIZE.roleMembers,
		idKey: 'last_id',
		rowId: 'user.id',
		sizeKey: 'size',
		toWire: idOfRow,
		shortIsLast: true,
	}),
	/** The page size is not documented, so only an empty page ends the list. */
	roles: lastIdPaging({ size: SIZE.members, idKey: 'last_id', rowId: 'id', toWire: idOfRow }),
	members: { size: SIZE.members, first: () => ({}), next: () => undefined },
	/** The page size is not documented either, and a service may return fewer rows than asked for. */
	membersAfter: lastIdPaging({
		size: SIZE.members,
		idKey: 'after',
		rowId: 'user.id',
		sizeKey: 'limit',
		toWire: idOfRow,
	}),
	invites: listId({ size: SIZE.invites, sizeAs: String, identity: 'code', start: '0' }),
	posts: listId({ size: SIZE.circle, sizeAs: String, identity: 'post.post_id' }),
	reactions: listId({ size: SIZE.circle, sizeAs: Number, identity: 'reaction_id' }),
	comments: listId({ size: SIZE.circle, sizeAs: String, identity: 'comment.comment_id' }),
	/** For calls that this node does not know: they differ in the type of the size. */
	listId: listId({ size: SIZE.circle }),
	circleMembers,
	benefits: lastIdPaging({
		size: SIZE.circle,
		idKey: 'last_id',
		rowId: 'post.post_id',
		sizeKey: 'size',
	}),
	updates: { size: 100, first: () => ({}), next: () => undefined },
} satisfies Record<string, PagingStrategy>;
