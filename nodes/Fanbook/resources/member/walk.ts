import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import { collectPages, rangePaging } from '../../../shared/execution/paginate';
import type { ItemContext } from '../../../shared/definition/operation';

/** Rows a call has been seen to give. */
const WINDOW = 100;

/**
 * The members of a server or channel, one result each.
 *
 * Fanbook gives them grouped by role, in windows of row numbers that count the group's headers as
 * rows, so that a window can begin in the middle of a group.
 */
export async function allMembers(call: ItemContext): Promise<JsonObject[]> {
	let group: JsonObject | undefined;

	const membersIn = (data: Json | undefined): JsonObject[] => {
		const members: JsonObject[] = [];
		for (const row of rowsIn(data)) {
			group = wrapped(row, 'Group') ?? group;
			const user = wrapped(row, 'User');
			if (user !== undefined) members.push(asMember(user, group));
		}
		return members;
	};

	const kind = rangePaging({
		size: WINDOW,
		window: (start, end) => ({ ranges: [{ start, end }] }),
		total: (data) => {
			const total = Number(valueAtPath(data, 'item_count'));
			// A window without any row is past the end, whatever the count says.
			return Number.isFinite(total) && rowsIn(data).length > 0 ? total : undefined;
		},
		rows: membersIn,
		rowKey: (row) => {
			const id = valueAtPath(row, 'user_id');
			return typeof id === 'string' ? id : undefined;
		},
	});
	const members = await collectPages(
		call,
		kind,
		call.limit(),
		async (page) => await call.request(page),
	);
	return members.filter(isJsonObject);
}

function rowsIn(data: Json | undefined): Json[] {
	const ops = valueAtPath(data, 'ops');
	return (Array.isArray(ops) ? ops : []).flatMap((op) => {
		const items = valueAtPath(op, 'items');
		return Array.isArray(items) ? items : [];
	});
}

/** The page shows the keys with capitals, a client without: both are read. */
function wrapped(row: Json, name: 'Group' | 'User'): JsonObject | undefined {
	const inner = valueAtPath(row, name) ?? valueAtPath(row, name.toLowerCase());
	return isJsonObject(inner) ? inner : undefined;
}

/** A member with its roles, and the group (its highest role) under which it is shown. */
function asMember(user: JsonObject, group: JsonObject | undefined): JsonObject {
	const { id, name } = group ?? {};
	return {
		...user,
		roles: Array.isArray(user.roles) ? user.roles : [],
		...(id === undefined ? {} : { group: { id, name: name ?? '' } }),
	};
}
