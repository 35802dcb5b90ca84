/** The dialogs of the credentials, filled in by hand. */
import { demoCredentials } from '../../host/lib/demo.mjs';

/** Opens the dialog of a new credential and fills in its fields. */
async function fillIn({ editor, sandbox }, type, displayName, changes = {}) {
	const { data } = demoCredentials(sandbox).find((credential) => credential.type === type);
	await editor.page.goto('/home/credentials');
	await editor.part('add-resource-credential').click();
	await editor.part('new-credential-type-select').locator('input').fill(displayName);
	await editor
		.part('new-credential-type-select-option')
		.getByText(displayName, { exact: true })
		.click();
	await editor.part('new-credential-type-button').click();
	await editor.part('credential-edit-dialog').waitFor();
	await editor.picture(`${displayName}, empty`);
	for (const [field, value] of Object.entries({ ...data, ...changes }))
		await editor.fill(field, value);
}

/** Fills in a credential that is tested when it is saved. */
async function save(context, ...credential) {
	await fillIn(context, ...credential);
	await context.editor.part('credential-save-button').click();
}

export const checks = {
	async 'Fanvue is connected through its consent page'(context) {
		const { editor, person } = context;
		await fillIn(context, 'fanvueOAuth2Api', 'Fanvue OAuth2 API');
		await editor.picture('Fanvue, filled in');
		const opened = person.waitForEvent('page');
		await editor.part('quick-connect-button').click();
		const popup = await opened;
		await popup.locator('#allow').waitFor();
		await editor.takePicture(popup, "Fanvue's consent page");
		await popup.locator('#allow').click();
		await editor.part('oauth-connect-success-banner').waitFor();
		await editor.picture('Fanvue, connected');
	},

	async 'Fanfou passes its test'(context) {
		await save(context, 'fanfouOAuth1Api', 'Fanfou OAuth1 API');
		await context.editor.part('credentials-config-container-test-success').waitFor();
		await context.editor.picture('Fanfou, tested');
	},

	async 'Fanbook passes its test'(context) {
		await save(context, 'fanbookBotApi', 'Fanbook Bot API');
		await context.editor.part('credentials-config-container-test-success').waitFor();
		await context.editor.picture('Fanbook, tested');
	},

	async 'A wrong bot token is told from a right one'(context) {
		const { editor } = context;
		const botToken = 'b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b0bad';
		await save(context, 'fanbookBotApi', 'Fanbook Bot API', { botToken });
		const dialog = editor.part('credential-edit-dialog');
		await dialog.getByText('More details').click();
		await dialog.getByText('Fanbook rejected the bot token').waitFor();
		await editor.picture('Fanbook, refused');
	},
};
