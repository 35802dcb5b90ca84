import type { Channel, Server } from './model';

/** The permission bits of Fanbook. */
export const PERMISSION = {
	CREATE_INSTANT_INVITE: 1n << 0n,
	KICK_MEMBERS: 1n << 1n,
	ADMINISTRATOR: 1n << 3n,
	MANAGE_CHANNELS: 1n << 4n,
	MANAGE_GUILD: 1n << 5n,
	ADD_REACTIONS: 1n << 6n,
	VIEW_CHANNEL: 1n << 10n,
	SEND_MESSAGES: 1n << 11n,
	MANAGE_MESSAGES: 1n << 13n,
	READ_MESSAGE_HISTORY: 1n << 16n,
	MENTION_EVERYONE: 1n << 17n,
	CONNECT: 1n << 20n,
	SPEAK: 1n << 21n,
	MUTE_MEMBERS: 1n << 22n,
	MANAGE_ROLES: 1n << 28n,
	MANAGE_EMOJIS_AND_STICKERS: 1n << 30n,
	MANAGE_CIRCLE: 1n << 31n,
} as const;
export type PermissionName = keyof typeof PERMISSION;

/** The permissions of all members in a new server. */
export const EVERYONE_PERMISSIONS =
	PERMISSION.CREATE_INSTANT_INVITE |
	PERMISSION.ADD_REACTIONS |
	PERMISSION.VIEW_CHANNEL |
	PERMISSION.SEND_MESSAGES |
	PERMISSION.READ_MESSAGE_HISTORY |
	PERMISSION.CONNECT |
	PERMISSION.SPEAK;

const ALL = (1n << 38n) - 1n;

/** Returns the permission bits of a user in a server or channel; 0 if not a member. */
function getPermissions(server: Server, userId: string, channel?: Channel): bigint {
	const member = server.members.get(userId);
	if (!member) return 0n;
	if (server.ownerId === userId) return ALL;
	const held = server.roles.filter(({ id }) => id === server.id || member.roles.includes(id));
	const base = held.reduce((bits, role) => bits | role.permissions, 0n);
	if ((base & PERMISSION.ADMINISTRATOR) !== 0n) return ALL;
	if (!channel) return base;
	const overwriteLevels = [
		channel.overwrites.filter(({ id }) => id === server.id),
		channel.overwrites.filter(({ id }) => member.roles.includes(id)),
		channel.overwrites.filter(({ id, kind }) => kind === 'user' && id === userId),
	];
	return overwriteLevels.reduce((bits, overwrites) => {
		const denied = overwrites.reduce((all, { deny }) => all | deny, 0n);
		const allowed = overwrites.reduce((all, { allow }) => all | allow, 0n);
		return (bits & ~denied) | allowed;
	}, base);
}

export function hasPermission(
	server: Server,
	{
		userId,
		permission,
		channel,
	}: { userId: string; permission: PermissionName; channel?: Channel },
): boolean {
	return (getPermissions(server, userId, channel) & PERMISSION[permission]) !== 0n;
}
