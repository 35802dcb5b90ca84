import { followersOf, isActive, subscribersOf } from './fans';
import { partnerOf, sideOf } from './chat-views';
import type { Audiences, Bond } from './model';
import type { World } from './world';

/** Fans who spent more than this many cents are in `spent_more_than_50`. */
const FIFTY_DOLLARS = 5_000;

/** The built-in lists in the service's order, with the names it shows. */
export const SMART_LISTS: ReadonlyArray<[id: string, name: string]> = [
	['subscribers', 'Subscribers'],
	['auto_renewing', 'Auto-renewing'],
	['non_renewing', 'Non-renewing'],
	['followers', 'Followers'],
	['free_trial_subscribers', 'Free trial subscribers'],
	['expired_subscribers', 'Expired subscribers'],
	['spent_more_than_50', 'Spent more than $50'],
	['muted', 'Muted'],
];

function fansOf(bonds: Bond[]): string[] {
	return bonds.map(({ fanUuid }) => fanUuid);
}

/** The members of a built-in list; undefined for a name that is none. */
export function smartListMembers(
	world: World,
	creatorUuid: string,
	id: string,
): string[] | undefined {
	const subscribers = subscribersOf(world, creatorUuid);
	switch (id) {
		case 'subscribers':
			return fansOf(subscribers);
		case 'auto_renewing':
			return fansOf(subscribers.filter(({ subscription }) => subscription?.autoRenewal));
		case 'non_renewing':
			return fansOf(subscribers.filter(({ subscription }) => !subscription?.autoRenewal));
		case 'followers':
			return fansOf(followersOf(world, creatorUuid));
		case 'free_trial_subscribers':
			return fansOf(subscribers.filter(({ subscription }) => subscription?.isFreeTrial));
		case 'expired_subscribers':
			return fansOf(
				world
					.bondsOf(creatorUuid)
					.filter(({ subscription }) => subscription && !isActive(subscription, world.now())),
			);
		case 'spent_more_than_50':
			return fansOf(world.bondsOf(creatorUuid)).filter(
				(fan) => world.spentBy(creatorUuid, fan) > FIFTY_DOLLARS,
			);
		case 'muted':
			return world
				.conversationsOf(creatorUuid)
				.filter((conversation) => sideOf(conversation, creatorUuid).isMuted)
				.map((conversation) => partnerOf(conversation, creatorUuid));
		case 'creators':
			return world
				.conversationsOf(creatorUuid)
				.map((conversation) => partnerOf(conversation, creatorUuid))
				.filter((uuid) => world.user(uuid)?.isCreator);
		default:
			return undefined;
	}
}

/** Everybody in any of the lists. */
export function membersOf(world: World, creatorUuid: string, lists: Audiences): Set<string> {
	return new Set([
		...lists.smartListIds.flatMap((id) => smartListMembers(world, creatorUuid, id) ?? []),
		...lists.customListUuids.flatMap((uuid) => [
			...(world.customLists.get(uuid)?.memberUuids ?? []),
		]),
	]);
}
