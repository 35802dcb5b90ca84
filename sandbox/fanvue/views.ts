import type { User } from './model';
import { iso } from './replies';
import type { World } from './world';

/** Pictures of people are public: their addresses carry no signature. */
function avatarOf(world: World, user: User): string {
	return `${world.context.origin()}/fanvue-storage/avatars/${user.handle}.png`;
}

/** FanUser: a person as the owner of a list sees them. */
export function fanUser(world: World, viewerUuid: string, user: User): Record<string, unknown> {
	const side = world.conversation(viewerUuid, user.uuid)?.sides.get(viewerUuid);
	return {
		uuid: user.uuid,
		handle: user.handle,
		displayName: user.displayName,
		nickname: side?.nickname ?? null,
		isTopSpender: world.isTopSpender(viewerUuid, user.uuid),
		avatarUrl: avatarOf(world, user),
		registeredAt: iso(user.createdAt),
	};
}

/** FanUser by id; null for a user who is gone. */
export function fanUserOf(
	world: World,
	viewerUuid: string,
	uuid: string | null,
): Record<string, unknown> | null {
	const user = uuid === null ? undefined : world.user(uuid);
	return user ? fanUser(world, viewerUuid, user) : null;
}

/** The short form in comments and earnings. */
export function shortUser(
	world: World,
	viewerUuid: string,
	uuid: string | null,
): Record<string, unknown> | null {
	const full = fanUserOf(world, viewerUuid, uuid);
	if (!full) return null;
	const { handle, displayName, nickname, isTopSpender } = full;
	return { uuid, handle, displayName, nickname, isTopSpender };
}

/** The head of CurrentUser and Account. */
export function profile(world: World, user: User): Record<string, unknown> {
	return {
		uuid: user.uuid,
		email: user.email,
		handle: user.handle,
		bio: user.bio,
		displayName: user.displayName,
		isCreator: user.isCreator,
		createdAt: iso(user.createdAt),
		updatedAt: iso(user.updatedAt),
		avatarUrl: avatarOf(world, user),
		bannerUrl: null,
	};
}

/** The sender in webhook payloads of the first generation, and in notifications. */
export function sender(world: World, user: User): Record<string, unknown> {
	return {
		uuid: user.uuid,
		handle: user.handle,
		displayName: user.displayName,
		avatarUrl: avatarOf(world, user),
	};
}
