import type { Locator } from '../shared/definition/operation';

/** What almost every ID of Fanvue looks like. */
const UUID = {
	regex: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
	message: 'Use a UUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6',
};

const byUuid = (search: string): Locator => ({
	search,
	idPlaceholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
	idPattern: { ...UUID, regex: `^${UUID.regex}$` },
});

export const creatorPicker = byUuid('searchCreators');
/** People with whom there is a chat; the ID of a chat is the other person's. */
export const chatPicker = byUuid('searchChats');
/** People who subscribe. */
export const subscriberPicker = byUuid('searchSubscribers');
export const postPicker = byUuid('searchPosts');
export const mediaPicker = byUuid('searchMedia');
export const customListPicker = byUuid('searchCustomLists');
export const templatePicker = byUuid('searchTemplates');
export const trackingLinkPicker = byUuid('searchTrackingLinks');
export const collectionPicker = byUuid('searchCollections');
export const massMessagePicker = byUuid('searchMassMessages');

/** Built-in lists have names of their own instead of a UUID. */
export const smartListPicker: Locator = {
	search: 'searchSmartLists',
	idPlaceholder: 'e.g. subscribers',
	idPattern: {
		regex: '^[A-Za-z0-9_-]+$',
		message: 'Use the ID of a built-in list, such as auto_renewing',
	},
};

/** A folder's ID is its name. */
export const folderPicker: Locator = {
	search: 'searchFolders',
	idPlaceholder: 'e.g. Summer 2026',
};
