/**
 * `npm run test:browser`: runs the tests of all `*.browser.mjs` beside this file in one real n8n with the
 * packed tarball, the sandbox, and Chromium. Each test has an editor in a tab of its own. Screenshots of
 * every step are saved in test-output/browser.
 *
 * `npm run test:browser -- trigger` signs in and then runs only the files whose names contain one of the
 * words. `--picture` also updates the README's screenshot.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { parseArgs } from 'node:util';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { ROOT } from '../../host/lib/paths.mjs';
import { createProcesses, onShutdown } from '../../host/lib/processes.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { exitInterrupted, reportFailure } from '../support/hostSuites.mjs';
import { Editor } from './support/editor.mjs';
import { runExample } from './support/examples.mjs';
import { createPictures } from './support/pictures.mjs';
import { runFiles } from './support/test.mjs';

const TEST_TIMEOUT_MS = 180_000;
const README_EXAMPLE = 'Fanvue: publish a post with a picture';

const { values: options, positionals: words } = parseArgs({
	allowPositionals: true,
	options: { picture: { type: 'boolean', default: false } },
});
const progress = createProgress();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-browser-'));
/** @type {import('playwright-core').Browser | undefined} */
let browser;

async function stop() {
	await browser?.close();
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

onShutdown(async (reason) => {
	await stop();
	exitInterrupted(reason);
});

try {
	const prepared = await prepare(progress);
	// Only now, because `prepare` may have to install the library that controls the browser.
	const { launchBrowser, newContext } = await import('./support/browser.mjs');
	browser = await launchBrowser();
	const booted = await boot(progress, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
	});
	const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	const pictures = createPictures(join(ROOT, 'test-output', 'browser'));
	const context = await newContext(browser, host.url);

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
		if (options.picture) await updateReadmePicture(host, context);
		await stop();
	});
} catch (error) {
	await stop();
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
		await page.screenshot({ path: join(ROOT, 'docs', 'images', 'editor.png') });
	};
	await runExample({ ...host, context, editor: new Editor(page, take) }, README_EXAMPLE);
	await take();
}
