/**
 * `npm run test:browser`: one real n8n with the packed tarball, the sandbox, and Chromium. Every
 * `*.browser.mjs` beside this file exports `checks`: an object of named functions that get the booted
 * host and an `editor` in a tab of its own. Pictures of every step go to test-output/browser.
 *
 * `npm run test:browser -- trigger` runs only the files whose names contain one of the words, after the
 * sign-in. `--picture` also renews the README's picture.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { createChecks, loadChecks } from '../../host/lib/checks.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { ROOT } from '../../host/lib/paths.mjs';
import { createProcesses, onEnd } from '../../host/lib/processes.mjs';
import { createSteps } from '../../host/lib/steps.mjs';
import { runExample } from './examples.browser.mjs';
import { Editor } from './support/editor.mjs';
import { createPictures } from './support/pictures.mjs';

const ON_THE_README = 'Fanvue: publish a post with a picture';

const { values: options, positionals: words } = parseArgs({
	allowPositionals: true,
	options: { picture: { type: 'boolean', default: false } },
});
const steps = createSteps();
const checks = createChecks(steps, { timeout: 180_000 });
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-browser-'));
let browser;

async function finish() {
	await browser?.close();
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	steps.say(checks.summary());
	process.exit(checks.code());
}

onEnd((reason) => {
	checks.fail(`Stopped: ${reason}`);
	return finish();
});

/** Runs one check in a tab of its own; what was seen last is kept when it does not pass. */
async function check(name, body, { host, person, pictures }) {
	const page = await person.newPage();
	const editor = new Editor(page, pictures.take);
	const passed = await checks.run(name, () => body({ ...host, browser, person, editor }));
	if (!passed) await pictures.take(page, `not passed - ${name}`).catch(() => undefined);
	await page.close();
}

try {
	// Only now, since the package's own tools may have to be installed first.
	const prepared = await prepare(steps);
	const { launchBrowser, newPerson } = await import('./support/browser.mjs');
	browser = await launchBrowser();
	const host = await boot(steps, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
	});
	host.demo = await setUpDemo(steps, host);
	const pictures = createPictures(join(ROOT, 'test-output', 'browser'));
	const person = await newPerson(browser, host.url);
	for (const file of await loadChecks(import.meta.dirname, '.browser.mjs', words)) {
		steps.say(file.name);
		for (const [name, body] of Object.entries(file.checks))
			await check(name, body, { host, person, pictures });
	}
	if (options.picture) {
		await steps.run("Renew the README's picture", async () => {
			const page = await person.newPage();
			// Lower than a screen: a README has no room to give away.
			await page.setViewportSize({ width: 1280, height: 680 });
			const take = () => page.screenshot({ path: join(ROOT, 'docs', 'images', 'editor.png') });
			await runExample({ ...host, editor: new Editor(page, take) }, ON_THE_README);
			await take();
		});
	}
} catch (reason) {
	checks.fail(reason);
}
await finish();
