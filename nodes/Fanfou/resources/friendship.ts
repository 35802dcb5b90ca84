import type { FanfouResource } from '../operation';
import { confirmWith } from '../confirm/confirmation';
import { previewFriendship } from '../confirm/user';
import { parseFlags } from '../output/relationship';
import { simplifyFriendship } from '../output/results';
import { simplifyUser } from '../output/user';
import { format, mode, optionalUser, user, userOf } from '../commonFields';

export const friendships: FanfouResource = {
	name: 'Friendship',
	preferred: 'Follow',
	operations: [
		{
			name: 'Follow',
			action: 'Follow a user',
			description: 'Follow a user, or send a follow request if the account is protected',
			endpoint: 'POST friendships/create.json',
			fields: [userOf('follower', 'The user to follow. The list shows followers.')],
			additionalFields: [mode],
			simplify: simplifyFriendship(true),
			confirmation: confirmWith(previewFriendship(true)),
			reinterpretError: 'requestSent',
		},
		{
			name: 'Unfollow',
			action: 'Unfollow a user',
			description: 'Unfollow a user',
			endpoint: 'POST friendships/destroy.json',
			fields: [user('User', 'The user to unfollow')],
			additionalFields: [mode, format],
			simplify: simplifyFriendship(false),
			confirmation: confirmWith(previewFriendship(false)),
		},
		{
			name: 'Check',
			action: 'Check a friendship',
			description: 'Check whether one user follows another',
			endpoint: 'GET friendships/exists.json',
			fields: [
				user('Follower', 'The user to check as the follower', 'user_a'),
				user('Followed', 'The user to check as the one followed', 'user_b'),
			],
			scalarKey: 'exists',
			transformResult: parseFlags,
		},
		{
			name: 'Get Relationship',
			action: 'Get the relationship of two users',
			description: 'Get whether two users follow or block each other',
			endpoint: 'GET friendships/show.json',
			oneOf: [
				['source_id', 'source_login_name'],
				['target_id', 'target_login_name'],
			],
			oneSetOf: [
				['source_id', 'target_id'],
				['source_login_name', 'target_login_name'],
			],
			fields: [
				user('Source', 'The first user', 'source_id', {
					required: false,
					hint: 'Or fill in both login names under Additional Fields',
				}),
				user('Target', 'The second user', 'target_id', {
					required: false,
					hint: 'Or fill in both login names under Additional Fields',
				}),
			],
			additionalFields: [
				user('Source Login Name', 'Login name of the first user', 'source_login_name', {
					input: { type: 'string' },
				}),
				user('Target Login Name', 'Login name of the second user', 'target_login_name', {
					input: { type: 'string' },
				}),
			],
			simplify: parseFlags,
		},
		{
			name: 'Get Many Requests',
			action: 'Get many follow requests',
			description: 'Get the users who request to follow the account',
			endpoint: 'GET friendships/requests.json',
			paging: 'page',
			filters: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Accept Request',
			action: 'Accept a follow request',
			description: 'Accept a follow request of a user',
			endpoint: 'POST friendships/accept.json',
			confirmation: { consequence: 'The user can read all statuses from then on' },
			fields: [userOf('requester', 'The user who sent the request')],
			additionalFields: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Deny Request',
			action: 'Deny a follow request',
			description: 'Reject a follow request of a user',
			endpoint: 'POST friendships/deny.json',
			confirmation: { consequence: 'The user has to send a new request' },
			fields: [userOf('requester', 'The user who sent the request')],
			additionalFields: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Get Many Friend IDs',
			action: 'Get the ID of many friends',
			description: 'Get the IDs of the users whom a user follows',
			endpoint: 'GET friends/ids.json',
			paging: 'page',
			filters: [optionalUser],
			scalarKey: 'id',
		},
		{
			name: 'Get Many Follower IDs',
			action: 'Get the ID of many followers',
			description: 'Get the IDs of the users who follow a user',
			endpoint: 'GET followers/ids.json',
			paging: 'page',
			filters: [optionalUser],
			scalarKey: 'id',
		},
	],
};
