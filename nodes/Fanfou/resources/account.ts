import type { FanfouResource } from '../operation';
import {
	fileField,
	booleanField,
	integerField,
	longTextField,
	textField,
} from '../../shared/definition/fields';

import { simplifyUser } from '../output/user';
import { format, mode } from '../commonFields';

/** Documented in 2011, and not used by any client since then. */
const LEGACY_NOTICE = 'Documented only in 2011. Fanfou may no longer support this call.';

const color = (key: string, displayName: string, of: string) =>
	textField(key, displayName, `Color of ${of}`, {
		input: { type: 'custom', property: { type: 'color' } },
		default: '',
	});

export const account: FanfouResource = {
	name: 'Account',
	preferred: 'Get Current User',
	operations: [
		{
			name: 'Get Current User',
			action: 'Get the current user',
			description: 'Get the user of the credential',
			endpoint: 'GET account/verify_credentials.json',
			additionalFields: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Get Rate Limit Status',
			action: 'Get the rate limit status',
			description: 'Get how many requests are left in this hour',
			endpoint: 'GET account/rate_limit_status.json',
		},
		{
			name: 'Get Notification Counts',
			action: 'Get the notification counts',
			description: 'Get the number of new mentions, direct messages and follow requests',
			endpoint: 'GET account/notification.json',
		},
		{
			name: 'Get App Badge Count',
			action: 'Get the app badge count',
			description: 'Get the number that an app shows on its icon',
			endpoint: 'GET account/notify_num.json',
		},
		{
			name: 'Update App Badge Count',
			action: 'Update the app badge count',
			description: 'Set the number that an app shows on its icon',
			endpoint: 'POST account/update_notify_num.json',
			fields: [integerField('notify_num', 'Badge Count', 'The new number', { min: 0 })],
		},
		{
			name: 'Update Profile',
			action: 'Update the profile',
			description: 'Change the profile of the account',
			endpoint: 'POST account/update_profile.json',
			updateFields: [
				textField('name', 'Name', 'Name shown to others'),
				textField('url', 'Website', 'Web address. Leave empty to remove it.', { sendEmpty: true }),
				textField('location', 'Location', 'Location of the user. Leave empty to remove it.', {
					sendEmpty: true,
				}),
				longTextField('description', 'Description', 'Description on the profile of the user', {
					sendEmpty: true,
				}),
				textField('email', 'Email', 'Email address', { placeholder: 'e.g. name@email.com' }),
				mode,
			],
			simplify: simplifyUser,
		},
		{
			name: 'Update Profile Image',
			action: 'Update the profile image',
			description: 'Change the picture of the account',
			endpoint: 'POST account/update_profile_image.json',
			confirmation: { consequence: 'The current picture is replaced and cannot be restored' },
			fields: [fileField('image')],
			updateFields: [mode, format],
			simplify: simplifyUser,
		},
		{
			name: 'Update Profile Background Image',
			action: 'Update the profile background image',
			description: "Change the background of the account's page",
			endpoint: 'POST account/update_profile_background_image.json',
			confirmation: { consequence: 'The current picture is replaced and cannot be restored' },
			notice: LEGACY_NOTICE,
			fields: [fileField('image')],
			updateFields: [
				booleanField('tile', 'Tile', 'Whether to tile the picture', { in: 'multipart' }),
			],
		},
		{
			name: 'Update Profile Colors',
			action: 'Update the profile colors',
			description: "Change the colors of the account's page",
			endpoint: 'POST account/update_profile_colors.json',
			notice: LEGACY_NOTICE,
			updateFields: [
				color('profile_background_color', 'Background Color', 'the background'),
				color('profile_link_color', 'Link Color', 'links'),
				color('profile_sidebar_border_color', 'Sidebar Border Color', 'the edge of the sidebar'),
				color('profile_sidebar_fill_color', 'Sidebar Color', 'the sidebar'),
				color('profile_text_color', 'Text Color', 'texts'),
			],
		},
		{
			name: 'Update Location',
			action: 'Update the location',
			description: 'Change the location of the account',
			endpoint: 'POST account/update_location.json',
			notice: `${LEGACY_NOTICE} Update Profile does the same.`,
			fields: [textField('location', 'Location', 'Location of the user')],
			simplify: simplifyUser,
		},
		{
			name: 'Find Friends',
			action: 'Find friends',
			description: 'Find accounts by hashes of phone numbers and addresses',
			endpoint: 'POST account/find_friends.json',
			writes: false,
			notice: LEGACY_NOTICE,
			fields: [
				longTextField(
					'hashes',
					'Hashes',
					'Type and MD5 of each contact, joined by semicolons. Types: 1 phone, 2 MSN, 3 QQ, 4 email, 7 GTalk.',
				),
			],
		},
	],
};
