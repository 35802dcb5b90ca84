import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** Every scope Fanvue knows; the first three belong to every app. */
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

export class FanvueOAuth2Api implements ICredentialType {
	name = 'fanvueOAuth2Api';

	displayName = 'Fanvue OAuth2 API';

	extends = ['oAuth2Api'];

	documentationUrl = 'https://api.fanvue.com/docs/authentication/overview';

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
				'What this connection may do, separated by spaces. Has to be exactly what is ticked for the app in the developer area of Fanvue. Connect again after a change.',
		},
		{
			displayName: 'API Routes',
			name: 'apiRoutes',
			type: 'options',
			options: [
				{
					name: 'Standard',
					value: 'standard',
					description: 'The documented routes without a prefix',
				},
				{
					name: 'V1',
					value: 'v1',
					description: 'The newer routes under /v1, for the calls that are known there',
				},
			],
			default: 'standard',
			description:
				'Which of the two route families of Fanvue to call. Each node can choose for itself under Options.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Fanvue Trigger with manual registration: the secret that the Events tab of your app shows',
		},
		{
			displayName: 'API Address',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.fanvue.com',
			description: 'Change it only for a staging system',
		},
		{
			displayName: 'Login Address',
			name: 'loginUrl',
			type: 'string',
			default: 'https://auth.fanvue.com',
			description: 'Change it only for a staging system',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self["loginUrl"]}}/oauth2/auth',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self["loginUrl"]}}/oauth2/token',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			// Fanvue takes id and secret in the Authorization header only.
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/users/me',
			headers: { 'X-Fanvue-API-Version': '2025-06-26' },
		},
	};
}
