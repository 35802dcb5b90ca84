import type { FanfouResource } from '../operation';
import { simplifyUser } from '../output/user';
import { mode, user, userOf } from '../commonFields';

export const blocks: FanfouResource = {
	name: 'Block',
	preferred: 'Check',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many blocked users',
			description: 'Get the users whom the account has blocked',
			endpoint: 'GET blocks/blocking.json',
			paging: 'page',
			filters: [mode],
			simplify: simplifyUser,
		},
		{
			name: 'Get Many IDs',
			action: 'Get the ID of many blocked users',
			description: 'Get the IDs of the users whom the account has blocked',
			endpoint: 'GET blocks/ids.json',
			scalarKey: 'id',
		},
		{
			name: 'Check',
			action: 'Check a block',
			description: 'Check whether the account has blocked a user',
			endpoint: 'GET blocks/exists.json',
			fields: [user('User', 'The user to check')],
			additionalFields: [mode],
			simplify: (raw, item) =>
				raw.blocked === false ? raw : { blocked: true, ...simplifyUser(raw, item) },
			reinterpretError: 'notBlocked',
		},
		{
			name: 'Create',
			action: 'Block a user',
			description: 'Block a user',
			endpoint: 'POST blocks/create.json',
			fields: [user('User', 'The user to block')],
			confirmation: {},
			additionalFields: [mode],
			simplify: simplifyUser,
		},
		{
			name: 'Delete',
			action: 'Unblock a user',
			description: 'Unblock a user',
			endpoint: 'POST blocks/destroy.json',
			fields: [userOf('blockedUser', 'The user to unblock')],
			confirmation: {},
			additionalFields: [mode],
			simplify: simplifyUser,
		},
	],
};
