/** The dialogs of credentials. */

/** @typedef {import('./editor.mjs').Editor} Editor */

/**
 * Opens the dialog of a new credential.
 *
 * @param {Editor} editor
 * @param {string} displayName of the type
 */
export async function openNewCredential(editor, displayName) {
	await editor.page.goto('/home/credentials');
	await editor.part('add-resource-credential').click();
	await editor.part('new-credential-type-select').locator('input').fill(displayName);
	await editor
		.part('new-credential-type-select-option')
		.getByText(displayName, { exact: true })
		.click();
	await editor.part('new-credential-type-button').click();
	await editor.part('credential-edit-dialog').waitFor();
}
