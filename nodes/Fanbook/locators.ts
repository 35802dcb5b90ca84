import type { Locator, OptionsSource } from '../shared/definition/operation';
import { LONG_ID as idPattern } from './ids';

export const serverUrl = {
	regex: '/channels/(\\d{1,19})',
	placeholder: 'e.g. https://web.fanbook.cn/channels/390438216731197440',
};

export const serverLocator: Locator = {
	search: 'searchServers',
	idPlaceholder: 'e.g. 390438216731197440',
	idPattern,
	url: serverUrl,
};

export const channelUrl = {
	regex: '/channels/\\d{1,19}/(\\d{1,19})',
	placeholder: 'e.g. https://web.fanbook.cn/channels/390438216731197440/413613404125659136',
};

export const channelLocator: Locator = {
	search: 'searchChannels',
	idPlaceholder: 'e.g. 413613404125659136',
	idPattern,
	url: channelUrl,
};

export const circleChannelLocator: Locator = { ...channelLocator, search: 'searchCircleChannels' };

export const categoryLocator: Locator = { ...channelLocator, search: 'searchCategories' };

export const roleLocator: Locator = {
	search: 'searchRoles',
	idPlaceholder: 'e.g. 462126193571790848',
	idPattern,
};

export const memberLocator: Locator = {
	search: 'searchMembers',
	idPlaceholder: 'e.g. 315058256093417472',
	idPattern,
};

export const postLocator: Locator = {
	search: 'searchPosts',
	idPlaceholder: 'e.g. 471883502148419584',
	idPattern,
	url: {
		// The address of a post ends with its ID, after those of the server and channel; those of a server
		// and a channel end before.
		regex: '^(?!\\S*/channels/\\d{1,19}(?:/\\d{1,19})?/?(?:[?#]|$))\\S*?(\\d{15,19})(?:[?#].*)?$',
		placeholder:
			'e.g. https://web.fanbook.cn/channels/390438216731197440/circle/471883502148419584',
	},
};

/** Parameters that name the server whose roles and members a list offers. */
const SERVER = ['guildId.value', 'server.value'];

/** Lists of several things, whose choices are loaded by `loadOptions`. */
export const optionsSources = {
	servers: { method: 'getServers' },
	roles: { method: 'getRoles', dependsOn: SERVER },
	members: { method: 'getMembers', dependsOn: SERVER },
	rolesOfServers: { method: 'getRolesOfServers', dependsOn: [...SERVER, 'filters.guildIds'] },
	membersOfServers: { method: 'getMembersOfServers', dependsOn: [...SERVER, 'filters.guildIds'] },
	membersOrEveryone: { method: 'getMembersOrEveryone', dependsOn: SERVER },
} satisfies Record<string, OptionsSource>;
