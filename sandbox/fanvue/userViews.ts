import type { components } from '../../types/fanvue';
import type { TrackingLink, User } from './model';
import { iso } from './replies';
import type { FanvueState } from './state';

type Schemas = components['schemas'];

/** Avatars are public: their URLs have no signature. */
function avatarUrl(state: FanvueState, user: User): string {
	return `${state.context.origin()}/fanvue-storage/avatars/${user.handle}.png`;
}

/** Returns the FanUser schema: a user from the view of the list owner. */
export function fanUser(state: FanvueState, viewerUuid: string, user: User): Schemas['FanUser'] {
	const side = state.conversation(viewerUuid, user.uuid)?.sides.get(viewerUuid);
	return {
		uuid: user.uuid,
		handle: user.handle,
		displayName: user.displayName,
		nickname: side?.nickname ?? null,
		isTopSpender: state.isTopSpender(viewerUuid, user.uuid),
		avatarUrl: avatarUrl(state, user),
		registeredAt: iso(user.createdAt),
	};
}

/** Returns the FanUser schema by id, or null for a deleted user. */
export function fanUserOf(
	state: FanvueState,
	viewerUuid: string,
	uuid: string | null,
): Schemas['FanUser'] | null {
	const user = uuid === null ? undefined : state.user(uuid);
	return user ? fanUser(state, viewerUuid, user) : null;
}

/** Returns the short form of FanUser in comments and earnings. */
export function shortUser(
	state: FanvueState,
	viewerUuid: string,
	uuid: string | null,
): Record<string, unknown> | null {
	const full = fanUserOf(state, viewerUuid, uuid);
	if (!full) return null;
	const { handle, displayName, nickname, isTopSpender } = full;
	return { uuid, handle, displayName, nickname, isTopSpender };
}

/** Returns the common members of CurrentUser and Account. */
export function profileView(state: FanvueState, user: User): Omit<Schemas['Account'], 'account'> {
	return {
		uuid: user.uuid,
		email: user.email,
		handle: user.handle,
		bio: user.bio,
		displayName: user.displayName,
		isCreator: user.isCreator,
		createdAt: iso(user.createdAt),
		updatedAt: iso(user.updatedAt),
		avatarUrl: avatarUrl(state, user),
		bannerUrl: null,
	};
}

/** Returns the sender in flat webhook payloads and in notifications. */
export function senderView(state: FanvueState, user: User): Schemas['FlatSender'] {
	return {
		uuid: user.uuid,
		handle: user.handle,
		displayName: user.displayName,
		avatarUrl: avatarUrl(state, user),
	};
}

/** Returns the public URL of a tracking link. */
export function trackingLinkUrl(creator: User, { slug }: TrackingLink): string {
	return `https://www.fanvue.com/${creator.handle}/fv-${slug}`;
}
