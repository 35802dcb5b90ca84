/** The example workflows, opened and run as a new user would. */
import { assertNoWarnings, exampleNames, nodeNamesOf, runExample } from './support/examples.mjs';
import { test } from './support/test.mjs';

/** One of each service that is started manually and needs nothing but its service. */
const RUN_MANUALLY = [
	'Fanbook: send and read messages',
	'Fanfou: post and read the home timeline',
	'Fanvue: publish a post with a picture',
];

test('Every example opens without a warning on any node', async (host) => {
	const { editor } = host;
	await editor.openOverview();
	for (const name of exampleNames)
		await editor.visit(name, nodeNamesOf(name), async () => {
			await assertNoWarnings(host, name);
			await editor.picture(name);
		});
});

for (const name of RUN_MANUALLY) {
	test(`"${name}" runs successfully`, async (host) => {
		await runExample(host, name);
		await host.editor.picture(`${name}, run`);
	});
}
