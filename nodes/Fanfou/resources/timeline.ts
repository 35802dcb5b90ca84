import type { FanfouOperation, FanfouResource } from '../operation';
import type { Field } from '../../shared/definition/operation';
import { simplifyStatus } from '../output/status';
import { maxId, mode, optionalUser, sinceId, statusFormat } from '../commonFields';

const window: Field[] = [sinceId, maxId, mode, statusFormat];

function timeline(
	operation: Pick<FanfouOperation, 'name' | 'action' | 'description' | 'endpoint' | 'notice'>,
	{ fields, filters = window }: { fields?: Field[]; filters?: Field[] } = {},
): FanfouOperation {
	return {
		...operation,
		paging: 'timeline',
		...(fields === undefined ? {} : { fields }),
		filters,
		simplify: simplifyStatus,
	};
}

export const timelines: FanfouResource = {
	name: 'Timeline',
	preferred: 'Get Home',
	operations: [
		timeline(
			{
				name: 'Get Home',
				action: 'Get the home timeline',
				description: 'Get the statuses of the account and the users it follows, newest first',
				endpoint: 'GET statuses/home_timeline.json',
			},
			{ filters: [optionalUser, ...window] },
		),
		timeline(
			{
				name: 'Get User',
				action: 'Get the timeline of a user',
				description: 'Get the statuses of a user, newest first',
				endpoint: 'GET statuses/user_timeline.json',
			},
			{ fields: [optionalUser] },
		),
		timeline({
			name: 'Get Public',
			action: 'Get the public timeline',
			description: 'Get the newest public statuses',
			endpoint: 'GET statuses/public_timeline.json',
		}),
		timeline({
			name: 'Get Mentions',
			action: 'Get mentions',
			description: 'Get the statuses that mention the account, newest first',
			endpoint: 'GET statuses/mentions.json',
		}),
		timeline(
			{
				name: 'Get Replies',
				action: 'Get replies',
				description: 'Get the replies to the account, newest first',
				endpoint: 'GET statuses/replies.json',
			},
			{ filters: [optionalUser, ...window] },
		),
		timeline(
			{
				name: 'Get Friends',
				action: 'Get the friends timeline',
				description: 'Get the statuses of the users whom the account follows, newest first',
				endpoint: 'GET statuses/friends_timeline.json',
				notice: 'Older name of the home timeline. Use Get Home instead.',
			},
			{ filters: [optionalUser, ...window] },
		),
	],
};
