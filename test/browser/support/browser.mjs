/** Debian's Chromium, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { chromium, selectors } from 'playwright-core';

const PROGRAMS = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
].filter(Boolean);

/** Playwright waits this long for what it is told to click, fill or find. */
export const PATIENCE_MS = 60_000;

/** A README shows pictures at about this width. */
const VIEWPORT = { width: 1280, height: 800 };

// n8n marks its parts with data-test-id, Playwright looks for data-testid.
selectors.setTestIdAttribute('data-test-id');

/** @returns {Promise<import('playwright-core').Browser>} @throws when there is no Chromium */
export async function launchBrowser() {
	const program = PROGRAMS.find((path) => existsSync(path));
	if (!program) {
		throw new Error(
			'The browser tests need Chromium: install it ("apt-get install chromium" on Debian), or set CHROMIUM to its path.',
		);
	}
	return await chromium.launch({
		executablePath: program,
		// The run stops everything itself, in its order.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url address of n8n
 * @returns {Promise<import('playwright-core').BrowserContext>} a person's browser, without cookies yet
 */
export async function newPerson(browser, url) {
	const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url, locale: 'en-GB' });
	context.setDefaultTimeout(PATIENCE_MS);
	return context;
}
