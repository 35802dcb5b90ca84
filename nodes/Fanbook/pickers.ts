import type { Locator } from '../shared/definition/operation';
import { LONG_ID as idPattern } from './ids';

export const serverUrl = {
	regex: '/channels/(\\d{1,19})',
	placeholder: 'e.g. https://web.fanbook.cn/channels/390438216731197440',
};

export const serverPicker: Locator = {
	search: 'searchServers',
	idPlaceholder: 'e.g. 390438216731197440',
	idPattern,
	url: serverUrl,
};

export const channelUrl = {
	regex: '/channels/\\d{1,19}/(\\d{1,19})',
	placeholder: 'e.g. https://web.fanbook.cn/channels/390438216731197440/413613404125659136',
};

export const channelPicker: Locator = {
	search: 'searchChannels',
	idPlaceholder: 'e.g. 413613404125659136',
	idPattern,
	url: channelUrl,
};

export const circleChannelPicker: Locator = { ...channelPicker, search: 'searchCircleChannels' };

export const categoryPicker: Locator = { ...channelPicker, search: 'searchCategories' };

export const rolePicker: Locator = {
	search: 'searchRoles',
	idPlaceholder: 'e.g. 462126193571790848',
	idPattern,
};

export const memberPicker: Locator = {
	search: 'searchMembers',
	idPlaceholder: 'e.g. 315058256093417472',
	idPattern,
};

export const postPicker: Locator = {
	search: 'searchPosts',
	idPlaceholder: 'e.g. 471883502148419584',
	idPattern,
	url: {
		// A post's address ends with its ID; servers and channels stand before it.
		regex: '(\\d{15,19})(?:[?#].*)?$',
		placeholder:
			'e.g. https://web.fanbook.cn/channels/390438216731197440/circle/471883502148419584',
	},
};
