import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import { collectPages, rangePaging } from '../../../shared/execution/paginate';
import type { ItemContext } from '../../../shared/definition/operation';

/** Rows per request; larger ranges are not documented. */
const RANGE_SIZE = 100;

/**
 * Fetches the members of a server or channel.
 *
 * Fanbook groups them by role and returns ranges of rows. The headers of the groups count as rows,
 * so a range can start in the middle of a group.
 */
export async function fetchMembers(item: ItemContext): Promise<JsonObject[]> {
	let group: JsonObject | undefined;

	const membersIn = (data: Json | undefined): JsonObject[] => {
		const members: JsonObject[] = [];
		for (const row of rowsIn(data)) {
			group = memberOf(row, 'Group') ?? group;
			const user = memberOf(row, 'User');
			if (user !== undefined) members.push(toMember(user, group));
		}
		return members;
	};

	const paging = rangePaging({
		size: RANGE_SIZE,
		window: (start, end) => ({ ranges: [{ start, end }] }),
		total: (data) => {
			const total = Number(valueAtPath(data, 'item_count'));
			// A range without rows is after the end, even if the count is higher.
			return Number.isFinite(total) && rowsIn(data).length > 0 ? total : undefined;
		},
		rows: membersIn,
		rowKey: (row) => {
			const id = valueAtPath(row, 'user_id');
			return typeof id === 'string' ? id : undefined;
		},
	});
	return await collectPages(item, {
		strategy: paging,
		limit: item.limit(),
		fetchPage: async (page, signal) => await item.request(page, signal),
		convert: (members) => members.filter(isJsonObject),
	});
}

function rowsIn(data: Json | undefined): Json[] {
	const ops = valueAtPath(data, 'ops');
	return (Array.isArray(ops) ? ops : []).flatMap((op) => {
		const items = valueAtPath(op, 'items');
		return Array.isArray(items) ? items : [];
	});
}

/** Returns the row's group or user. The reference shows the keys capitalized, a client lower-case. */
function memberOf(row: Json, name: 'Group' | 'User'): JsonObject | undefined {
	const inner = valueAtPath(row, name) ?? valueAtPath(row, name.toLowerCase());
	return isJsonObject(inner) ? inner : undefined;
}

/** Returns a member with its roles and its group, which is its highest role. */
function toMember(user: JsonObject, group: JsonObject | undefined): JsonObject {
	const { id, name } = group ?? {};
	return {
		...user,
		roles: Array.isArray(user.roles) ? user.roles : [],
		...(id === undefined ? {} : { group: { id, name: name ?? '' } }),
	};
}
