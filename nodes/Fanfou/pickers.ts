import type { Picker } from '../shared/operation';

/** How people and statuses are picked. Ids are opaque: they may begin with - or ~ or be Chinese. */
export const pickers = {
	user: {
		search: 'searchUsers',
		idPlaceholder: 'e.g. ~AbCdEfGhIj0',
		url: {
			regex: '^https?://(?:www\\.|m\\.)?fanfou\\.com/([^/?#]+)',
			placeholder: 'e.g. https://fanfou.com/wangxing',
		},
	},
	status: {
		search: 'searchStatuses',
		idPlaceholder: 'e.g. AbC-_123xyZ',
		url: {
			regex: '^https?://(?:www\\.|m\\.)?fanfou\\.com/(?:statuses|photo)/([^/?#]+)',
			placeholder: 'e.g. https://fanfou.com/statuses/AbC-_123xyZ',
		},
	},
} satisfies Record<string, Picker>;
