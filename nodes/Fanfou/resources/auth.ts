import type { FanfouResource } from '../operation';
import { idField, textField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { Operation, ItemContext } from '../../shared/definition/operation';
import { encodeForm } from '../../shared/client/request';

/** Members that the three login operations share. A login cannot refresh its own token. */
const step = { host: 'login', canRefreshToken: false } satisfies Partial<Operation>;

/** Returns the request token and the URL of the page on which the user authorizes it. */
async function requestToken(item: ItemContext): Promise<JsonObject> {
	const response = await item.request();
	const tokens = isJsonObject(response) ? response : {};
	const query = encodeForm({
		oauth_token: tokens.oauth_token,
		oauth_callback: item.text('oauthCallback') || 'oob',
	});
	return {
		authorize_url: `${await item.client.baseUrl('login')}/oauth/authorize?${query}`,
		...tokens,
	};
}

export const auth: FanfouResource = {
	name: 'Auth',
	preferred: 'Get Request Token',
	operations: [
		{
			...step,
			name: 'Get Request Token',
			action: 'Get a request token',
			description: 'Start a sign-in: get a request token and the address where the user allows it',
			endpoint: 'GET oauth/request_token',
			additionalFields: [
				textField(
					'oauth_callback',
					'Callback',
					'Address to return to after the user has allowed the app. Without it the page shows a PIN.',
				),
			],
			execute: requestToken,
		},
		{
			...step,
			name: 'Get Access Token',
			action: 'Get an access token',
			description:
				'Finish a sign-in: get the access token for a request token that the user has allowed',
			endpoint: 'GET oauth/access_token',
			// A request token works once, so a repeated call would be rejected.
			writes: true,
			fields: [
				textField(
					'oauth_token',
					'Request Token',
					'The oauth_token that Get Request Token returned. Defaults to the token of the credential.',
					{ required: false, input: { type: 'string', password: true } },
				),
				textField(
					'oauth_token_secret',
					'Request Token Secret',
					'The oauth_token_secret that Get Request Token returned. It signs the call and is not sent.',
					{ required: false, input: { type: 'string', password: true } },
				),
			],
			additionalFields: [
				idField(
					'oauth_verifier',
					'PIN',
					'The PIN that the page showed. Not needed after a callback.',
				),
			],
		},
		{
			...step,
			name: 'Get Access Token with Password',
			action: 'Get an access token with a password',
			description: 'Get the access token of an account by username and password',
			endpoint: 'GET oauth/access_token',
			fields: [
				textField('x_auth_username', 'Username', 'Login name, email or phone number'),
				textField('x_auth_password', 'Password', 'Password of the account', {
					input: { type: 'string', password: true },
				}),
			],
			constants: { x_auth_mode: 'client_auth' },
		},
	],
};
