import { invalidParameter } from '../../../shared/errors';
import type { JsonObject } from '../../../shared/json';
import { Int64Literal, isJsonObject } from '../../../shared/json';
import { permissionChoices, permissionSet } from '../../permissions';
import type { ItemContext } from '../../../shared/definition/operation';

/**
 * The permissions to send with an update: those chosen by name, else the ones the role has. The
 * API wants them with every update, so a new name alone would take all permissions away.
 */
export async function newPermissions(call: ItemContext): Promise<string> {
	const names = call.value('permissionNames');
	if (Array.isArray(names)) return permissionSet(names.map(known));
	const role = await findRole(call, call.text('guildId'), call.text('id'));
	if (role === undefined) {
		throw invalidParameter(
			'Role',
			'is not among the roles of the server',
			'Choose it from the list',
		);
	}
	const { permissions } = role;
	if (typeof permissions === 'number' || typeof permissions === 'string')
		return String(permissions);
	throw invalidParameter('Permissions', 'of the role were not told by Fanbook', 'Fill them in');
}

/** A name that is misspelt must not take a permission away. */
function known(name: unknown): string {
	if (permissionChoices.some(({ value }) => value === name)) return String(name);
	throw invalidParameter(
		'Permissions by Name',
		`cannot hold "${String(name)}"`,
		'Choose from the list',
	);
}

/** Walks the roles of a server until the one is found or nothing new comes. */
async function findRole(
	call: ItemContext,
	guild: string,
	id: string,
): Promise<JsonObject | undefined> {
	const seen = new Set<string>();
	let last: string | undefined;
	for (;;) {
		call.client.checkCancelled();
		const body = {
			guild_id: new Int64Literal(guild),
			last_id: last === undefined ? undefined : new Int64Literal(last),
		};
		const page = await call.fetch('POST getGuildRoles', { body, writes: false });
		const roles = Array.isArray(page) ? page.filter(isJsonObject) : [];
		const found = roles.find((role) => role.id === id);
		if (found !== undefined) return found;
		const fresh = roles.filter((role) => typeof role.id === 'string' && !seen.has(role.id));
		for (const role of fresh) seen.add(String(role.id));
		last = fresh.length === 0 ? undefined : String(fresh.at(-1)?.id);
		if (last === undefined) return undefined;
	}
}
