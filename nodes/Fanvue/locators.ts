import type { Locator, OptionsSource } from '../shared/definition/operation';

/** Format of almost all of Fanvue's IDs. */
const UUID = {
	regex: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
	message: 'Use a UUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6',
};

const uuidLocator = (search: string): Locator => ({
	search,
	idPlaceholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
	idPattern: { ...UUID, regex: `^${UUID.regex}$` },
});

export const creatorLocator = uuidLocator('searchCreators');
/** Users with whom there is a chat; its ID is the other user's. */
export const chatLocator = uuidLocator('searchChats');
/** Subscribers. */
export const subscriberLocator = uuidLocator('searchSubscribers');
export const postLocator = uuidLocator('searchPosts');
export const mediaLocator = uuidLocator('searchMedia');
export const customListLocator = uuidLocator('searchCustomLists');
export const templateLocator = uuidLocator('searchTemplates');
export const trackingLinkLocator = uuidLocator('searchTrackingLinks');
export const collectionLocator = uuidLocator('searchCollections');
export const teamMemberLocator = uuidLocator('searchTeamMembers');
/** Messages of the chosen chat. */
export const messageLocator = uuidLocator('searchMessages');
/** Media exchanged in the chosen chat. */
export const chatMediaLocator = uuidLocator('searchChatMedia');
/** Comments on the chosen post. */
export const commentLocator = uuidLocator('searchComments');
export const massMessageLocator = uuidLocator('searchMassMessages');

/** Built-in lists have names instead of UUIDs. */
export const smartListLocator: Locator = {
	search: 'searchSmartLists',
	idPlaceholder: 'e.g. subscribers',
	idPattern: {
		regex: '^[A-Za-z0-9_-]+$',
		message: 'Use the ID of a built-in list, such as auto_renewing',
	},
};

/** A folder's ID is its name. */
export const folderLocator: Locator = {
	search: 'searchFolders',
	idPlaceholder: 'e.g. Summer 2026',
};

export const webhookLocator: Locator = {
	search: 'searchWebhooks',
	idPlaceholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
};

/** Parameters that decide whose lists are shown. The editor compares texts, so not whole locators. */
export const ACCOUNT = ['actAs', 'creatorUserUuid.value'];

/** Lists of IDs that are picked by name; those of a managed creator with Act As. */
const ofAccount = (method: string, ...parents: string[]): OptionsSource => ({
	method,
	dependsOn: [...ACCOUNT, ...parents],
});

/** People with a chat, and subscribers. */
export const fanOptions = ofAccount('getFans');
export const mediaOptions = ofAccount('getMedia');
/** Media exchanged in the chosen chat. */
export const chatMediaOptions = ofAccount('getChatMedia', 'userUuid.value');
export const collectionOptions: OptionsSource = { method: 'getCollections' };
export const creatorOptions: OptionsSource = { method: 'getCreators' };
export const chatterOptions: OptionsSource = { method: 'getTeamMembers' };
