import type { Locator } from '../shared/definition/operation';

/* Resource locators of users and statuses. IDs can begin with - or ~ or be Chinese. */

const user = {
	search: 'searchUsers',
	idPlaceholder: 'e.g. ~AbCdEfGhIj0',
	url: {
		// Excludes the pages of statuses and topics, and the lists of a user.
		regex:
			'^https?://(?:www\\.|m\\.)?fanfou\\.com/(?!(?:statuses|photo|q|album|favorites|friends|followers)/)([^/?#]+)',
		placeholder: 'e.g. https://fanfou.com/wangxing',
	},
} satisfies Locator;

const status = {
	search: 'searchStatuses',
	idPlaceholder: 'e.g. AbC-_123xyZ',
	url: {
		regex: '^https?://(?:www\\.|m\\.)?fanfou\\.com/(?:statuses|photo)/([^/?#]+)',
		placeholder: 'e.g. https://fanfou.com/statuses/AbC-_123xyZ',
	},
} satisfies Locator;

/** From the list of those whom or which an operation is about. */
export const locators = {
	user,
	follower: { ...user, search: 'searchFollowers' },
	requester: { ...user, search: 'searchRequests' },
	blockedUser: { ...user, search: 'searchBlocked' },
	recommendedUser: { ...user, search: 'searchRecommended' },
	status,
	homeStatus: { ...status, search: 'searchHomeStatuses' },
	favorite: { ...status, search: 'searchFavorites' },
	savedSearch: { search: 'searchSavedSearches', idPlaceholder: 'e.g. 1234567' },
} satisfies Record<string, Locator>;
