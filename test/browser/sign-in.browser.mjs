/** The way in. All other checks happen in the browser that is signed in here. */
import { OWNER } from '../../host/lib/boot.mjs';
import { readExamples } from '../../host/lib/demo.mjs';

export const first = true;

export const checks = {
	async 'The owner signs in and finds the example workflows'({ editor }) {
		await editor.signIn(OWNER);
		for (const { workflow } of readExamples())
			await editor.page.getByText(workflow.name, { exact: true }).first().waitFor();
		await editor.picture('the overview');
	},
};
