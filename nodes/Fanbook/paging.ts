import type { Json } from '../shared/json';
import { Int64Literal, valueAtPath } from '../shared/json';
import { lastIdPaging, rowsAt } from '../shared/execution/paginate';
import type { PagingStrategy } from '../shared/definition/operation';

/** Largest page of the calls that name one; what is suggested for the others. */
const SIZE = { history: 100, thread: 100, roleMembers: 500, members: 100, invites: 50, circle: 20 };

const asDigits = (id: string) => new Int64Literal(id);

function idAt(path: string): (row: Json) => string | undefined {
	return (row) => {
		const id = valueAtPath(row, path);
		return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
	};
}

/** The first ID there is at one of some places. */
function firstId(row: Json | undefined, paths: string[]): string | undefined {
	return paths
		.map((path) => valueAtPath(row, path))
		.find((id): id is string => typeof id === 'string' && id !== '');
}

/** Where an answer names no cursor, it is what the page says it is: the ID of the last record. */
function cursorIn(data: Json | undefined, last: Json | undefined): string | undefined {
	return (
		firstId(data, ['list_id']) ??
		firstId(last, ['list_id', 'reaction_id', 'comment_id', 'comment.comment_id'])
	);
}

/**
 * Each answer brings the `list_id` for the next call, and `next` says whether there is more: true,
 * or "1" for invites.
 */
function listId(names: {
	size: number;
	/** Some of these calls take the size as text, some as a number. */
	sizeAs: (size: number) => unknown;
	identity: string;
	start?: string;
}): PagingStrategy {
	return {
		size: names.size,
		rows: (data) => rowsAt(data, 'records'),
		rowKey: idAt(names.identity),
		first: (size) => ({
			size: names.sizeAs(size),
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
 * Where the next cursor stands is not documented, so it is looked for in the likely places, the
 * user at last. One that changes nothing brings only known members, which is the end.
 */
const circleMembers: PagingStrategy = {
	size: SIZE.circle,
	rows: (data) => rowsAt(data, 'records'),
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

/** How Fanbook's lists go on, by kind. Members and updates are walked by their own operations. */
export const paging = {
	/** Newest first; the last message asks for the older ones. Form fields, so the size is text. */
	history: {
		size: SIZE.history,
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
		toWire: asDigits,
		shortIsLast: true,
	}),
	/** The size of a page is not documented: only an empty page is the end. */
	roles: lastIdPaging({ size: SIZE.members, idKey: 'last_id', rowId: 'id', toWire: asDigits }),
	members: { size: SIZE.members, first: () => ({}), next: () => undefined },
	membersAfter: lastIdPaging({
		size: SIZE.members,
		idKey: 'after',
		rowId: 'user.id',
		sizeKey: 'limit',
		toWire: asDigits,
		shortIsLast: true,
	}),
	invites: listId({ size: SIZE.invites, sizeAs: String, identity: 'code', start: '0' }),
	posts: listId({ size: SIZE.circle, sizeAs: String, identity: 'post.post_id' }),
	reactions: listId({ size: SIZE.circle, sizeAs: Number, identity: 'reaction_id' }),
	comments: listId({ size: SIZE.circle, sizeAs: String, identity: 'comment.comment_id' }),
	circleMembers,
	benefits: lastIdPaging({
		size: SIZE.circle,
		idKey: 'last_id',
		rowId: 'post.post_id',
		sizeKey: 'size',
	}),
	updates: { size: 100, first: () => ({}), next: () => undefined },
} satisfies Record<string, PagingStrategy>;
