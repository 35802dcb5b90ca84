import type { Service } from '../../shared/definition/operation';
import { speech } from '../service';
import { account } from './account';
import { auth } from './auth';
import { blocks } from './block';
import { directMessages } from './directMessage';
import { favorites } from './favorite';
import { friendships } from './friendship';
import { photos } from './photo';
import { savedSearches } from './savedSearch';
import { search } from './search';
import { statuses } from './status';
import { timelines } from './timeline';
import { trends } from './trend';
import { users } from './user';

/**
 * Fanfou with everything it offers. Left out are the page on which a user allows an app (for a
 * browser), the registration of accounts (never documented) and the stream (silent since 2018).
 */
export const fanfou: Service = {
	...speech,
	resources: [
		account,
		auth,
		blocks,
		directMessages,
		favorites,
		friendships,
		photos,
		savedSearches,
		search,
		statuses,
		timelines,
		trends,
		users,
	],
};
