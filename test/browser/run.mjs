/**
 * `npm run test:browser`: runs the tests of all `*.browser.mjs` beside this file in one real n8n with the
 * packed tarball, the sandbox, and Chromium. Each test has an editor in a tab of its own. Screenshots of
 * every step are saved in test-output/browser.
 *
 * `npm run test:browser -- trigger` signs in and then runs only the files whose names contain one of the
 * words. `--picture` also updates the screenshots of the README and docs, which are in docs/images.
 */
import { join } from 'node:path';
import { after } from 'node:test';
import { parseArgs } from 'node:util';
import { ROOT } from '../../host/lib/paths.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { reportFailure } from '../support/hostSuites.mjs';
import { openNewCredential } from './support/credentials.mjs';
import { Editor } from './support/editor.mjs';
import { runExample } from './support/examples.mjs';
import { createPictures } from './support/pictures.mjs';
import { openSession } from './support/session.mjs';
import { runFiles } from './support/test.mjs';

const TEST_TIMEOUT_MS = 180_000;
const README_EXAMPLE = 'All three: post everywhere';
const IMAGES = join(ROOT, 'docs', 'images');

/** Display names of the credential types, by the name of their screenshot. */
const CREDENTIALS = {
	'credential-fanvue': 'Fanvue OAuth2 API',
	'credential-fanfou': 'Fanfou OAuth1 API',
	'credential-fanbook': 'Fanbook Bot API',
};

const { values: options, positionals: words } = parseArgs({
	allowPositionals: true,
	options: { picture: { type: 'boolean', default: false } },
});
const progress = createProgress();
/** @type {import('./support/session.mjs').BrowserSession | undefined} */
let session;

try {
	const { host, context, stop } = (session = await openSession(progress));
	const pictures = createPictures(join(ROOT, 'test-output', 'browser'));

	await runFiles({
		folder: import.meta.dirname,
		ending: '.browser.mjs',
		words,
		first: 'signIn',
		timeoutMs: TEST_TIMEOUT_MS,
		async run(title, body) {
			const page = await context.newPage();
			const editor = new Editor(page, pictures.take);
			try {
				await body({ ...host, context, editor });
			} catch (error) {
				await pictures.take(page, `failed - ${title}`).catch(() => undefined);
				throw error;
			} finally {
				await page.close();
			}
		},
	});
	after(async () => {
		if (options.picture) {
			await updateCredentialPictures(context);
			await updateReadmePicture(host, context);
		}
		await stop();
	});
} catch (error) {
	await session?.stop();
	reportFailure('n8n, the sandbox and the browser start', error);
}

/**
 * @param {import('../../host/lib/types.ts').DemoHost} host
 * @param {import('playwright-core').BrowserContext} context
 */
async function updateReadmePicture(host, context) {
	const page = await context.newPage();
	// Lower than a screen, to save space in the README.
	await page.setViewportSize({ width: 1280, height: 680 });
	const take = async () => {
		await page.screenshot({ path: join(IMAGES, 'editor.png') });
	};
	await runExample({ ...host, context, editor: new Editor(page, take) }, README_EXAMPLE);
	await take();
}

/** @param {import('playwright-core').BrowserContext} context */
async function updateCredentialPictures(context) {
	const page = await context.newPage();
	// The dialog takes 70 % of the height.
	await page.setViewportSize({ width: 1280, height: 1400 });
	const editor = new Editor(page, () => Promise.resolve());
	for (const [name, displayName] of Object.entries(CREDENTIALS)) {
		await openNewCredential(editor, displayName);
		const content = editor.part('credential-edit-dialog');
		const dialog = page.locator('.el-dialog').filter({ has: content });
		// Icons are loaded later than the text.
		await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
		await dialog.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' });
	}
	await page.close();
}
