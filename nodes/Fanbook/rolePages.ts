import { parseInt64 } from '../shared/execution/parameterValues';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject } from '../shared/json';
import { idOfRow } from './ids';
import { readList } from './readList';

/**
 * Reads the roles of a server page by page. The page size is not documented, so only a page without new
 * roles ends them.
 *
 * @param fetchPage calls `getGuildRoles` with a body
 */
export async function* rolePages(
	guild: string,
	fetchPage: (body: Record<string, unknown>) => Promise<Json | undefined>,
): AsyncGenerator<JsonObject[]> {
	const guildId = parseInt64('Server', guild);
	const seen = new Set<string>();
	let last: string | undefined;
	for (;;) {
		const lastId = last === undefined ? undefined : idOfRow(last);
		const rows = readList(await fetchPage({ guild_id: guildId, last_id: lastId }));
		const roles = rows.filter(isJsonObject).filter(({ id }) => !seen.has(String(id)));
		for (const { id } of roles) seen.add(String(id));
		if (roles.length === 0) return;
		last = String(roles.at(-1)?.id);
		yield roles;
	}
}
