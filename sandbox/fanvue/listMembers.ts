import { followersOf, isActive, subscribersOf } from './fans';
import { partnerOf, sideOf } from './chatViews';
import type { ListSelection, Relationship } from './model';
import type { FanvueState } from './state';

/** Minimum amount of `spent_more_than_50`, in cents. */
const FIFTY_DOLLARS = 5_000;

/** The smart lists with their display names, in the order of the service. */
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

function fansOf(relationships: Relationship[]): string[] {
	return relationships.map(({ fanUuid }) => fanUuid);
}

/** Returns the members of a smart list, or undefined for an unknown id. */
export function smartListMembers(
	state: FanvueState,
	creatorUuid: string,
	id: string,
): string[] | undefined {
	const subscribers = subscribersOf(state, creatorUuid);
	switch (id) {
		case 'subscribers':
			return fansOf(subscribers);
		case 'auto_renewing':
			return fansOf(subscribers.filter(({ subscription }) => subscription?.autoRenewal));
		case 'non_renewing':
			return fansOf(subscribers.filter(({ subscription }) => !subscription?.autoRenewal));
		case 'followers':
			return fansOf(followersOf(state, creatorUuid));
		case 'free_trial_subscribers':
			return fansOf(subscribers.filter(({ subscription }) => subscription?.isFreeTrial));
		case 'expired_subscribers':
			return fansOf(
				state
					.relationshipsOf(creatorUuid)
					.filter(({ subscription }) => subscription && !isActive(subscription, state.now())),
			);
		case 'spent_more_than_50':
			return fansOf(state.relationshipsOf(creatorUuid)).filter(
				(fan) => state.amountSpent(creatorUuid, fan) > FIFTY_DOLLARS,
			);
		case 'muted':
			return state
				.conversationsOf(creatorUuid)
				.filter((conversation) => sideOf(conversation, creatorUuid).isMuted)
				.map((conversation) => partnerOf(conversation, creatorUuid));
		case 'creators':
			return state
				.conversationsOf(creatorUuid)
				.map((conversation) => partnerOf(conversation, creatorUuid))
				.filter((uuid) => state.user(uuid)?.isCreator);
		default:
			return undefined;
	}
}

/** Returns the union of the members of all lists. */
export function membersOfLists(
	state: FanvueState,
	creatorUuid: string,
	lists: ListSelection,
): Set<string> {
	return new Set([
		...lists.smartListIds.flatMap((id) => smartListMembers(state, creatorUuid, id) ?? []),
		...lists.customListUuids.flatMap((uuid) => [
			...(state.customLists.get(uuid)?.memberUuids ?? []),
		]),
	]);
}
