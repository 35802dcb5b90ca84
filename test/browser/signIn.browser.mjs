/** Signs in. All other tests run in the browser context that is signed in here. */
import { OWNER } from '../../host/lib/boot.mjs';
import { exampleNames } from './support/examples.mjs';
import { test } from './support/test.mjs';

test('The owner signs in and sees the example workflows', async ({ editor }) => {
	await editor.signIn(OWNER);
	for (const name of exampleNames)
		await editor.page.getByText(name, { exact: true }).first().waitFor();
	await editor.picture('the overview');
});
