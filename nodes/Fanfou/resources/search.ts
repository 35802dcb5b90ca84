import type { FanfouResource } from '../operation';
import { textField } from '../../shared/definition/fields';
import type { Field } from '../../shared/definition/operation';
import { simplifyStatus } from '../output/status';
import { simplifyUser } from '../output/user';
import { format, maxId, mode, optionalUser, sinceId, statusFormat } from '../commonFields';

const window: Field[] = [sinceId, maxId, mode, statusFormat];

export const search: FanfouResource = {
	name: 'Search',
	preferred: 'Search Statuses',
	operations: [
		{
			name: 'Search Statuses',
			action: 'Search statuses',
			description: 'Search public statuses by keyword, newest first',
			endpoint: 'GET search/public_timeline.json',
			paging: 'timeline',
			fields: [textField('q', 'Keyword', 'Text to search for. Separate several keywords with |.')],
			filters: window,
			simplify: simplifyStatus,
		},
		{
			name: 'Search User Statuses',
			action: 'Search the statuses of a user',
			description: 'Search the statuses of a user by keyword, newest first',
			endpoint: 'GET search/user_timeline.json',
			paging: 'timeline',
			fields: [textField('q', 'Keyword', 'Text to search for'), optionalUser],
			filters: window,
			simplify: simplifyStatus,
		},
		{
			name: 'Search Users',
			action: 'Search users',
			description: 'Search users by a keyword in their name',
			endpoint: 'GET search/users.json',
			paging: 'page',
			resultPath: 'users',
			fields: [textField('q', 'Keyword', 'Text to search for')],
			filters: [mode, format],
			simplify: simplifyUser,
		},
	],
};
