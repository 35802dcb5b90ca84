/** Starts Debian's Chromium with playwright-core. */
import { existsSync } from 'node:fs';
import { chromium, selectors } from 'playwright-core';

const PROGRAMS = [
	...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

/** How long Playwright waits for an element to click, fill in or find. */
const TIMEOUT_MS = 60_000;

/** About the width of a screenshot in a README. */
const VIEWPORT = { width: 1280, height: 800 };

// n8n marks its elements with data-test-id; Playwright's default is data-testid.
selectors.setTestIdAttribute('data-test-id');

/**
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws if there is no Chromium
 */
export async function launchBrowser() {
	const program = PROGRAMS.find((path) => existsSync(path));
	if (!program) {
		throw new Error(
			'The browser tests need Chromium. Install it ("apt-get install chromium" on Debian), or set CHROMIUM to its path.',
		);
	}
	return await chromium.launch({
		executablePath: program,
		// The test run stops everything itself, in the right order.
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
 * @returns {Promise<import('playwright-core').BrowserContext>} one without cookies
 */
export async function newContext(browser, url) {
	const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url, locale: 'en-GB' });
	context.setDefaultTimeout(TIMEOUT_MS);
	return context;
}
