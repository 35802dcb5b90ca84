import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { DEFAULT_ADDRESSES } from './fanfou/address';
import { sign } from './fanfou/sign';
import { signIn } from './fanfou/xauth';
import { inTodaysWords } from './shared/dialect';

/**
 * Signs requests to Fanfou. n8n's own OAuth1 cannot: Fanfou builds the base string with http while
 * it wants https, and its callback brings no verifier.
 */
export class FanfouOAuth1Api implements ICredentialType {
	name = 'fanfouOAuth1Api';

	displayName = 'Fanfou OAuth1 API';

	icon = { light: 'file:../icons/fanfou.svg', dark: 'file:../icons/fanfou.dark.svg' } as const;

	documentationUrl = 'https://github.com/FanfouAPI/FanFouAPIDoc/wiki';

	properties: INodeProperties[] = [
		{
			displayName:
				'Fanfou has given out no new API keys since 2020. With the key of an app that was never approved the sign-in works, but every call is refused with status 401.',
			name: 'keysNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'consumerKey',
			type: 'string',
			required: true,
			default: '',
			description: 'The consumer key of an approved Fanfou app',
		},
		{
			displayName: 'API Secret',
			name: 'consumerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The consumer secret of the same app',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Token of the account. Leave it empty to sign in with Username and Password, or to fetch a token with the Auth operations of the Fanfou node.',
		},
		{
			displayName: 'Access Token Secret',
			name: 'accessTokenSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The secret that came with the access token',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			description:
				'Login name, email or phone number. Only used without Access Token: a token is then fetched once and kept in this credential.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of the account. Only used without Access Token.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Session Token Secret',
			name: 'sessionTokenSecret',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Session Username',
			name: 'sessionUsername',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_ADDRESSES.baseUrl,
			description: 'Address of the API. Change it only to go through a proxy of your own.',
		},
		{
			displayName: 'Login URL',
			name: 'loginUrl',
			type: 'string',
			default: DEFAULT_ADDRESSES.loginUrl,
			description:
				'Address of the sign-in pages. Change it only to go through a proxy of your own.',
		},
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		sign(credentials, inTodaysWords(options));

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await signIn(this.helpers, credentials);
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{$credentials.baseUrl || "${DEFAULT_ADDRESSES.baseUrl}"}}`,
			url: '/account/verify_credentials.json',
			qs: { mode: 'lite' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Fanfou refused the keys. Either the app behind the API Key was never approved, or the clock of this computer is wrong, or the access token was revoked.',
				},
			},
		],
	};
}
