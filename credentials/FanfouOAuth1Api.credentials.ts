import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { CREDENTIAL_EMPTY_VALUE } from 'n8n-workflow';
import { DEFAULT_ADDRESSES } from './fanfou/address';
import { signRequest } from './fanfou/sign';
import { fetchSessionToken } from './fanfou/xauth';
import { advancedFields } from './shared/advanced';
import { normalizeRequestOptions } from './shared/legacyOptions';

/** Whether requests can be made for an account, in an expression. */
const HAS_ACCOUNT =
	'($credentials.accessToken || ($credentials.username && $credentials.password))';

/**
 * Signs requests to Fanfou. n8n's built-in OAuth1 does not work here: Fanfou builds the base
 * string with http although requests use https, and its callback has no verifier.
 */
export class FanfouOAuth1Api implements ICredentialType {
	name = 'fanfouOAuth1Api';

	displayName = 'Fanfou OAuth1 API';

	icon = { light: 'file:../icons/fanfou.svg', dark: 'file:../icons/fanfou.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-fan/n8n-nodes-fanvue-fanfou-fanbook/blob/main/docs/fanfou.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'consumerKey',
			type: 'string',
			required: true,
			default: '',
			description: 'Consumer key of an approved Fanfou app',
		},
		{
			displayName: 'API Secret',
			name: 'consumerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Consumer secret of the same app',
		},
		{
			displayName:
				'Fanfou has issued no new API keys since 2020. With the key of an unapproved app you can sign in, but Fanfou rejects every API request with status 401.',
			name: 'keysNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Access token of the account. Leave empty to sign in with Username and Password, or to get a token with the Auth operations of the Fanfou node.',
		},
		{
			displayName: 'Access Token Secret',
			name: 'accessTokenSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Secret issued together with the access token',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			description:
				'Login name, email address or phone number. Used only if Access Token is empty: n8n then requests a token once and stores it in this credential.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of the account. Used only if Access Token is empty.',
		},
		{
			displayName:
				'Without an access token or a login, this credential can only be used to sign in. Next step: save it, run <b>Auth: Get Request Token</b> and then <b>Auth: Get Access Token</b> of the Fanfou node, and paste the token here.',
			name: 'nextStepNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { accessToken: ['', CREDENTIAL_EMPTY_VALUE], username: [''] } },
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
		...advancedFields([
			{
				displayName: 'Base URL',
				name: 'baseUrl',
				type: 'string',
				default: DEFAULT_ADDRESSES.baseUrl,
				description: 'Address of the API. Change it only to use your own proxy.',
			},
			{
				displayName: 'Login URL',
				name: 'loginUrl',
				type: 'string',
				default: DEFAULT_ADDRESSES.loginUrl,
				description: 'Address of the login pages. Change it only to use your own proxy.',
			},
		]),
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		signRequest(credentials, normalizeRequestOptions(options));

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await fetchSessionToken(this.helpers, credentials);
	}

	/** Requests the account, or a request token while there is neither a token nor a login. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{${HAS_ACCOUNT} ? ($credentials.baseUrl || "").trim() || "${DEFAULT_ADDRESSES.baseUrl}" : ($credentials.loginUrl || "").trim() || "${DEFAULT_ADDRESSES.loginUrl}"}}`,
			url: `={{${HAS_ACCOUNT} ? "/account/verify_credentials.json?mode=lite" : "/oauth/request_token"}}`,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Fanfou rejected the request. Check API Key and API Secret, that the clock of the n8n server is right, that the access token was not revoked, and that the app behind API Key is approved.',
				},
			},
		],
	};
}
