import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** All scopes of Fanvue. Every app has the first three. */
const SCOPES = [
	'openid',
	'offline_access',
	'offline',
	'read:self',
	'read:chat',
	'write:chat',
	'read:fan',
	'read:post',
	'write:post',
	'read:media',
	'write:media',
	'read:creator',
	'write:creator',
	'read:insights',
	'read:tracking_links',
	'write:tracking_links',
	'read:agency',
	'write:agency',
];

/** Removes surrounding whitespace and trailing slashes in an expression. */
const TRIMMED = '.trim().replace(/(?<!\\/)\\/+$/, "")';

export class FanvueOAuth2Api implements ICredentialType {
	name = 'fanvueOAuth2Api';

	displayName = 'Fanvue OAuth2 API';

	extends = ['oAuth2Api'];

	documentationUrl =
		'https://github.com/n8n-nodes-fan/n8n-nodes-fanvue-fanfou-fanbook/blob/main/docs/fanvue.md';

	icon: Icon = { light: 'file:../icons/fanvue.svg', dark: 'file:../icons/fanvue.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'pkce',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: SCOPES.join(' '),
			description:
				'Permissions of this connection, separated by spaces. They must match the scopes selected for your app in the Fanvue developer area exactly. Connect again after a change.',
		},
		{
			displayName: 'API Routes',
			name: 'apiRoutes',
			type: 'options',
			options: [
				{
					name: 'Standard',
					value: 'standard',
					description: 'Documented routes without a prefix',
				},
				{
					name: 'V1',
					value: 'v1',
					description: 'Newer routes under /v1, for the endpoints that exist there',
				},
			],
			default: 'standard',
			description: 'Routes of the Fanvue API to use. A node can override this under Options.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Secret shown on the Events tab of your app. Needed only for a Fanvue Trigger with manual registration.',
		},
		{
			displayName: 'API Address',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.fanvue.com',
			description: 'Address of the API. Change it only for a staging system.',
		},
		{
			displayName: 'Login Address',
			name: 'loginUrl',
			type: 'string',
			default: 'https://auth.fanvue.com',
			description: 'Address of the login pages. Change it only for a staging system.',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{$self["loginUrl"]${TRIMMED}}}/oauth2/auth`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{$self["loginUrl"]${TRIMMED}}}/oauth2/token`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			// Fanvue accepts the client ID and secret in the Authorization header only.
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{$credentials.baseUrl${TRIMMED}}}`,
			url: '/users/me',
			headers: { 'X-Fanvue-API-Version': '2025-06-26' },
		},
	};
}
