import type {
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	Icon,
} from 'n8n-workflow';
import { DEFAULT_API_ADDRESS } from './fanvue/apiAddress';
import { advancedFieldsOfExtension } from './shared/advanced';

/** Scopes that every app has and every sign-in must request. */
const SYSTEM_SCOPES = 'openid offline_access offline';

const scope = (name: string, value: string, description: string): INodePropertyOptions => ({
	name,
	value,
	description: `${description} (${value})`,
});

const SCOPES = [
	scope('Agency: Read', 'read:agency', 'See the agency and its earnings'),
	scope('Agency: Write', 'write:agency', 'Invite and assign members of the agency'),
	scope('Chats: Read', 'read:chat', 'Read chats, messages, templates and lists'),
	scope('Chats: Write', 'write:chat', 'Send messages and change chats and lists'),
	scope(
		'Creator: Read',
		'read:creator',
		'See creators, sales and subscriptions, and receive webhooks',
	),
	scope('Creator: Write', 'write:creator', 'Change the data of managed creators'),
	scope('Experience: Read', 'read:experience', 'Newer scope that no operation of the node needs'),
	scope('Experience: Write', 'write:experience', 'Newer scope that no operation of the node needs'),
	scope('Fans: Read', 'read:fan', 'See followers, subscribers and members of lists'),
	scope('Insights: Read', 'read:insights', 'See earnings and statistics'),
	scope('Media: Read', 'read:media', 'See and download media and vault folders'),
	scope('Media: Write', 'write:media', 'Upload media and change vault folders'),
	scope('Own Profile: Read', 'read:self', 'See the profile of the connected account'),
	scope('Posts: Read', 'read:post', 'Read posts, comments, likes and tips'),
	scope('Posts: Write', 'write:post', 'Create and change posts, comments and collections'),
	scope('Tracking Links: Read', 'read:tracking_links', 'See tracking links and their users'),
	scope('Tracking Links: Write', 'write:tracking_links', 'Create and delete tracking links'),
];

/** An app without these would refuse the sign-in with `invalid_scope`. */
const RARE_SCOPES = ['read:experience', 'write:experience'];

const DEFAULT_SCOPES = SCOPES.map(({ value }) => String(value))
	.filter((scope) => !RARE_SCOPES.includes(scope))
	.join(' ');

/** Characters around an address that are not part of it, as in `trimInvisible`. */
const INVISIBLE = '\\s\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069';

/** Returns an expression for the first address that is not blank, without what surrounds it and trailing slashes. */
const firstAddress = (...addresses: string[]): string =>
	`[${addresses.join(', ')}].map((address) => (address || "").replace(/^[${INVISIBLE}]+/, "").replace(/(?<![${INVISIBLE}\\/])[${INVISIBLE}\\/]+$/, "")).find((address) => address !== "")`;

const DEFAULT_LOGIN_URL = 'https://auth.fanvue.com';

const LOGIN_URL = firstAddress(
	'$self["customLoginUrl"]',
	'$self["loginUrl"]',
	`"${DEFAULT_LOGIN_URL}"`,
);

const BASE_URL = firstAddress(
	'$credentials.customBaseUrl',
	'$credentials.baseUrl',
	`"${DEFAULT_API_ADDRESS}"`,
);

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
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: SCOPES,
			// n8n's dialog shows and stores an empty list, even if the default has entries.
			default: [],
			description:
				'Permissions of this connection. Choose exactly the scopes selected for your app in the Fanvue developer area, or leave empty for all except Experience: Read and Experience: Write. Connect again after a change.',
		},
		{
			// n8n requests this text at the sign-in. It is hidden, because n8n 1 ignores a scope that was typed in.
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{ ["${SYSTEM_SCOPES}"].concat(($self["scopes"] || "").length > 0 ? $self["scopes"] : "${DEFAULT_SCOPES}").join(" ") }}`,
		},
		{
			displayName:
				'Fanvue accepts only an OAuth Redirect URL that begins with https://. If the one above begins with http://, set <code>WEBHOOK_URL</code> of n8n to its HTTPS address first.',
			name: 'httpsNotice',
			type: 'notice',
			default: '',
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
		...advancedFieldsOfExtension([
			{
				displayName: 'Base URL',
				name: 'baseUrl',
				type: 'string',
				default: DEFAULT_API_ADDRESS,
				description: 'Address of the API. Change it only for a staging system.',
			},
			{
				displayName: 'Login URL',
				name: 'loginUrl',
				type: 'string',
				default: DEFAULT_LOGIN_URL,
				description: 'Address of the login pages. Change it only for a staging system.',
			},
		]),
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${LOGIN_URL} }}/oauth2/auth`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${LOGIN_URL} }}/oauth2/token`,
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
			baseURL: `={{ ${BASE_URL} }}`,
			url: '/users/me',
			headers: { 'X-Fanvue-API-Version': '2025-06-26' },
		},
	};
}
