import type { Service } from '../shared/definition/operation';
import { fanfouApi } from './api';
import type { FanfouResource } from './operation';
import { paging } from './paging';
import { account } from './resources/account';
import { apiRequest } from './resources/apiRequest';
import { auth } from './resources/auth';
import { blocks } from './resources/block';
import { directMessages } from './resources/directMessage';
import { favorites } from './resources/favorite';
import { friendships } from './resources/friendship';
import { photos } from './resources/photo';
import { savedSearches } from './resources/savedSearch';
import { search } from './resources/search';
import { statuses } from './resources/status';
import { timelines } from './resources/timeline';
import { trends } from './resources/trend';
import { users } from './resources/user';
import { fieldNames } from './commonFields';

const resources: FanfouResource[] = [
	account,
	apiRequest,
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
];

/**
 * All operations of the Fanfou node. Not offered are the authorization page (for browsers), account
 * registration (undocumented) and the user stream (inactive since 2018).
 */
export const fanfou = {
	api: fanfouApi,
	preferredResource: 'Status',
	resources,
	paging,
	commonOptions: [fieldNames],
} satisfies Service;
