import { invalidParameter } from '../../../shared/errors';
import type { JsonObject } from '../../../shared/json';
import { permissionChoices, permissionSet } from '../../permissions';
import { shown } from '../../../shared/execution/shownValue';
import { isEmptyValue, parseStringList } from '../../../shared/execution/parameterValues';
import { rolePages } from '../../rolePages';
import type { ItemContext } from '../../../shared/definition/operation';

/** Converts the selected names to the number that Fanbook expects; nothing if none is selected. */
export function toPermissions(value: unknown): string | undefined {
	if (isEmptyValue(value)) return undefined;
	return permissionSet(parseStringList('Permissions', value).map(checkName));
}

/**
 * Returns the current permissions of the role, unless they are given as a number. The API requires
 * permissions with every update; without them it would remove all.
 */
export async function currentPermissions(item: ItemContext): Promise<string | undefined> {
	if (item.value('permissions') !== undefined) return undefined;
	const role = await findRole(item, item.text('guildId'), item.text('id'));
	if (role === undefined) {
		throw invalidParameter('Role', 'does not exist in the server', 'Choose it from the list');
	}
	const { permissions } = role;
	if (typeof permissions === 'number' || typeof permissions === 'string')
		return String(permissions);
	throw invalidParameter(
		'Permissions',
		'of the role were not returned by Fanbook',
		'Choose them in "Permissions"',
	);
}

/** Refuses unknown names, since a misspelled one would remove a permission. */
function checkName(name: string): string {
	if (permissionChoices.some(({ value }) => value === name)) return name;
	throw invalidParameter('Permissions', `cannot contain "${shown(name)}"`, 'Choose from the list');
}

/** Reads the roles of a server page by page until the role is found. */
async function findRole(
	item: ItemContext,
	guild: string,
	id: string,
): Promise<JsonObject | undefined> {
	const fetchPage = async (body: Record<string, unknown>) =>
		await item.fetch('POST getGuildRoles', { body, writes: false });
	for await (const roles of rolePages(guild, fetchPage)) {
		const found = roles.find((role) => role.id === id);
		if (found !== undefined) return found;
		item.client.checkCancelled();
	}
	return undefined;
}
