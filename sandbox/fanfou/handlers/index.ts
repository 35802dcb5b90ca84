import type { ApiHandlers } from '../context';
import { accountHandlers } from './account';
import { blockHandlers } from './blocks';
import { favoriteHandlers } from './favorites';
import { friendshipHandlers } from './friendships';
import { messageHandlers } from './messages';
import { photoHandlers } from './photos';
import { savedSearchHandlers } from './savedSearches';
import { searchHandlers } from './search';
import { statusHandlers } from './statuses';
import { timelineHandlers } from './timelines';
import { trendHandlers } from './trends';
import { userHandlers } from './users';

/** The handlers of the API by endpoint id. */
export const apiHandlers: ApiHandlers = {
	...accountHandlers,
	...statusHandlers,
	...timelineHandlers,
	...photoHandlers,
	...favoriteHandlers,
	...friendshipHandlers,
	...userHandlers,
	...blockHandlers,
	...messageHandlers,
	...searchHandlers,
	...savedSearchHandlers,
	...trendHandlers,
};
