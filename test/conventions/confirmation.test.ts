import { isWrite } from '../../nodes/shared/definition/naming';
import { entriesOf, SERVICE_NAMES, type ServiceName } from '../../scripts/docs/services';

/**
 * Every write either has Confirm or is listed here with the reason why an AI agent may carry it out
 * alone. Confirm belongs to writes that delete or replace for good, that decide about a person (role,
 * access, membership), or that many people see at once.
 */
const WITHOUT_CONFIRM: Record<ServiceName, Record<string, string[]>> = {
	fanbook: {
		'goes to one person, or into one channel where it can be deleted': [
			'Message: Add Reaction',
			'Message: Answer Button Click',
			'Message: Send',
			'Message: Send Photo',
			'Message: Send Task Notification',
			'Message: Send and Wait for Response',
		],
		'can be changed back': [
			'Badge: Set',
			'Badge: Set Game Record',
			'Bot: Set Server Nickname',
			'Channel: Create',
			'Channel: Update',
			'Message: Edit Inline Keyboard',
			'Message: Edit Text',
			'Message: Pin',
			'Message: Unpin',
			'Message Card: Auto-Assign Slot',
			'Message Card: Cancel Click',
			'Message Card: Click',
			'Message Card: Multi Click',
			'Role: Create',
		],
		'changes nothing that people see': [
			'Message Card: Trigger Refresh',
			'Update: Get Many',
			'Update: Get Many (Long Poll)',
		],
	},
	fanfou: {
		'goes to one person': ['Direct Message: Send'],
		'can be changed back': [
			'Account: Update Location',
			'Account: Update Profile',
			'Account: Update Profile Colors',
			'Saved Search: Create',
		],
		'changes nothing that people see': [
			'Account: Update App Badge Count',
			'Auth: Get Access Token',
			'User: Dismiss Recommendation',
		],
	},
	fanvue: {
		'goes to one person, or below one post where it can be deleted': [
			'Chat: Create',
			'Chat: Send Typing',
			'Message: Send',
			'Post Comment: Create',
		],
		'can be changed back': [
			'Chat: Update',
			'Collection: Create',
			'Collection: Rename',
			'Custom List: Add Members',
			'Custom List: Create',
			'Custom List: Remove Member',
			'Custom List: Rename',
			'Post: Pin',
			'Post: Unpin',
			'Tracking Link: Create',
			'Vault: Add Media',
			'Vault: Create Folder',
			'Vault: Remove Media',
			'Vault: Rename Folder',
			'Webhook: Create',
		],
		'changes nothing that people see': [
			'Media: Upload',
			'Media: Upload From URL',
			'Media Upload: Complete',
			'Media Upload: Create Session',
		],
	},
};

test.each(SERVICE_NAMES)('every write of %s has Confirm, or a reason to have none', (service) => {
	const unconfirmed = entriesOf(service)
		// API Request refuses writes of an AI agent by itself.
		.filter(({ operation }) => isWrite(operation) && operation.anyEndpoint !== true)
		.filter(({ operation }) => operation.confirmation === undefined)
		.map(({ name }) => name);
	expect(unconfirmed.sort()).toEqual(Object.values(WITHOUT_CONFIRM[service]).flat().sort());
});
