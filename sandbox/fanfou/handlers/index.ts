import type { ApiHandlers } from '../api';
import { accountHandlers } from './account';
import { favoriteHandlers } from './favorites';
import { photoHandlers } from './photos';
import { statusHandlers } from './statuses';
import { timelineHandlers } from './timelines';

/** The API's handlers by endpoint id. */
export const apiHandlers: ApiHandlers = {
	...accountHandlers,
	...statusHandlers,
	...timelineHandlers,
	...photoHandlers,
	...favoriteHandlers,
};
