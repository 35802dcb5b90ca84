import type { FanfouOperation, FanfouResource } from '../operation';
import { textField } from '../../shared/definition/fields';
import { simplifyUser } from '../output/user';
import { format, mode, optionalUser, userOf } from '../commonFields';

function people(
	operation: Pick<FanfouOperation, 'name' | 'action' | 'description' | 'endpoint'>,
	paging: string,
): FanfouOperation {
	return {
		...operation,
		paging,
		fields: [optionalUser],
		filters: [mode, format],
		simplify: simplifyUser,
	};
}

export const users: FanfouResource = {
	name: 'User',
	preferred: 'Get',
	operations: [
		{
			name: 'Get',
			action: 'Get a user',
			description: 'Get a user with the newest status',
			endpoint: 'GET users/show.json',
			fields: [optionalUser],
			additionalFields: [mode, format],
			simplify: simplifyUser,
		},
		people(
			{
				name: 'Get Many Friends',
				action: 'Get many friends',
				description: 'Get the users whom a user follows',
				endpoint: 'GET statuses/friends.json',
			},
			'hundred',
		),
		people(
			{
				name: 'Get Many Followers',
				action: 'Get many followers',
				description: 'Get the users who follow a user',
				endpoint: 'GET statuses/followers.json',
			},
			'hundred',
		),
		people(
			{
				name: 'Get Many Recently Active Friends',
				action: 'Get many recently active friends',
				description: 'Get the users whom a user follows, most recently active first',
				endpoint: 'GET users/friends.json',
			},
			'page',
		),
		people(
			{
				name: 'Get Many Recently Active Followers',
				action: 'Get many recently active followers',
				description: 'Get the users who follow a user, most recently active first',
				endpoint: 'GET users/followers.json',
			},
			'page',
		),
		{
			name: 'Get Many by Tag',
			action: 'Get many users by tag',
			description: 'Get the users who have a tag',
			endpoint: 'GET users/tagged.json',
			paging: 'hundred',
			fields: [textField('tag', 'Tag', 'Tag of the users')],
			filters: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Get Tags',
			action: 'Get the tags of a user',
			description: 'Get the tags of a user',
			endpoint: 'GET users/tag_list.json',
			additionalFields: [optionalUser],
			scalarKey: 'tag',
		},
		{
			name: 'Get Recommendations',
			action: 'Get recommended users',
			description: 'Get the users whom Fanfou recommends',
			endpoint: 'GET 2/users/recommendation.json',
			paging: 'page',
			filters: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Dismiss Recommendation',
			action: 'Dismiss a recommended user',
			description: 'Hide a recommended user',
			endpoint: 'POST 2/users/cancel_recommendation.json',
			fields: [userOf('recommendedUser', 'The user to hide')],
			additionalFields: [mode, format],
			simplify: simplifyUser,
		},
	],
};
