/** The dialogs of the credentials, filled in manually. */
import { demoCredential } from '../../host/lib/demo.mjs';
import { openNewCredential } from './support/credentials.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').BrowserHost} Host */

/**
 * Opens the dialog of a new credential and fills in its fields.
 *
 * @param {Host} host
 * @param {string} type
 * @param {string} displayName
 * @param {Record<string, string>} [changes] to the fields of the demo credential
 */
async function fillIn({ editor, sandbox }, type, displayName, changes = {}) {
	const { data } = demoCredential(sandbox, type);
	await openNewCredential(editor, displayName);
	await editor.picture(`${displayName}, empty`);
	await editor.part('parameter-input-advanced').locator('.el-switch').click();
	for (const [field, value] of Object.entries({ ...data, ...changes }))
		if (field !== 'advanced') await editor.fill(field, String(value));
	await editor.picture(`${displayName}, advanced`);
}

/**
 * Fills in a credential and saves it, upon which n8n tests it.
 *
 * @param {Host} host
 * @param {string} type
 * @param {string} displayName
 * @param {Record<string, string>} [changes]
 */
async function save(host, type, displayName, changes) {
	await fillIn(host, type, displayName, changes);
	await host.editor.part('credential-save-button').click();
}

test('A Fanvue credential connects on the consent page', async (host) => {
	const { editor, context } = host;
	await fillIn(host, 'fanvueOAuth2Api', 'Fanvue OAuth2 API');
	await editor.picture('Fanvue, filled in');
	const opened = context.waitForEvent('page');
	await editor.part('quick-connect-button').click();
	const popup = await opened;
	await popup.locator('#allow').waitFor();
	await editor.takePicture(popup, "Fanvue's consent page");
	await popup.locator('#allow').click();
	await editor.part('oauth-connect-success-banner').waitFor();
	await editor.picture('Fanvue, connected');
});

test('A valid Fanfou credential passes its test', async (host) => {
	await save(host, 'fanfouOAuth1Api', 'Fanfou OAuth1 API');
	await host.editor.part('credentials-config-container-test-success').waitFor();
	await host.editor.picture('Fanfou, tested');
});

test('A valid Fanbook credential passes its test', async (host) => {
	await save(host, 'fanbookBotApi', 'Fanbook Bot API');
	await host.editor.part('credentials-config-container-test-success').waitFor();
	await host.editor.picture('Fanbook, tested');
});

test('The dialog rejects an invalid bot token with an explanation', async (host) => {
	const { editor } = host;
	const botToken = 'b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b07b0bad';
	await save(host, 'fanbookBotApi', 'Fanbook Bot API', { botToken });
	const dialog = editor.part('credential-edit-dialog');
	await dialog.getByText('More details').click();
	await dialog.getByText('Fanbook rejected the bot token').waitFor();
	await editor.picture('Fanbook, rejected');
});
