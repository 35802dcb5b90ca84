import type { FanvueResource } from '../operation';
import { pick } from '../results';

/** Members of a simplified profile: no banner, content counters or times of changes. */
export const profile = pick<'CurrentUser' | 'Account'>(
	'uuid',
	'handle',
	'displayName',
	'email',
	'isCreator',
	'bio',
	'avatarUrl',
	'createdAt',
	'fanCounts',
	'account',
);

export const user: FanvueResource = {
	name: 'User',
	preferred: 'Get Me',
	operations: [
		{
			name: 'Get Me',
			action: 'Get the connected account',
			description: 'Get the profile of the connected account',
			endpoint: 'GET /users/me',
			scopes: ['read:self'],
			v1: true,
			simplify: profile,
		},
		{
			name: 'Get Account',
			action: 'Get account details',
			description: 'Get the profile with account state, earnings, balance and number of fans',
			endpoint: 'GET /users/account',
			scopes: ['read:self'],
			v1: true,
			creator: ['read:creator'],
			creatorPath: 'account',
			simplify: profile,
		},
	],
};
