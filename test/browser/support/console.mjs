/** The sandbox's console in a browser tab, with the actions of a user as methods. */
import assert from 'node:assert/strict';
import axe from 'axe-core';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./test.mjs').BrowserHost} BrowserHost */

/**
 * @typedef {object} ConsoleOptions
 * @property {string} [url] address of the sandbox; by default the one of n8n
 * @property {{ width: number, height: number }} [viewport]
 * @property {'light' | 'dark'} [colorScheme]
 * @property {string} [userAgent]
 */

export class Console {
	/**
	 * @param {Page} page
	 * @param {string} url
	 * @param {(page: Page, name: string) => Promise<void>} takePicture
	 */
	constructor(page, url, takePicture) {
		this.page = page;
		this.url = url;
		this.takePicture = takePicture;
	}

	/** @param {string} path such as `fanbook` */
	async open(path) {
		await this.page.goto(`${this.url}/#/${path}`);
		await this.page.getByText('Live', { exact: true }).waitFor({ state: 'attached' });
	}

	/** @param {string} name */
	async picture(name) {
		await this.takePicture(this.page, `console, ${name}`);
	}

	/** @param {string} name of a button */
	async press(name) {
		await this.page.getByRole('button', { name, exact: true }).first().click();
	}

	/**
	 * Writes into the composer of the open channel or chat.
	 *
	 * @param {string} text
	 */
	async write(text) {
		const field = this.page.getByRole('textbox', {
			name: /^Message to|^New status|^Direct message/,
		});
		await field.fill(text);
		await field.press('Enter');
	}

	/**
	 * Returns the messages of the open channel that contain a text.
	 *
	 * @param {string | RegExp} text
	 */
	messages(text) {
		return this.page
			.getByRole('region', { name: 'Messages' })
			.getByRole('listitem')
			.filter({ hasText: text });
	}

	/** The list of what the sandbox sent. */
	get sent() {
		return this.page.getByRole('region', { name: 'What the sandbox sent' });
	}

	/** Asserts that the page is not wider than the window. */
	async assertNoSidewaysScroll() {
		const [content, window] = await this.page.evaluate(() => [
			document.documentElement.scrollWidth,
			innerWidth,
		]);
		assert.ok(
			(content ?? 0) <= (window ?? 0),
			`${this.page.url()} is ${content} px wide in a window of ${window} px`,
		);
	}

	/** Asserts that axe finds no violation of WCAG AA or of its own rules. */
	async assertAccessible() {
		await this.page.evaluate(axe.source);
		/** @type {Array<{ id: string, impact: string, nodes: Array<{ html: string }> }>} */
		const violations = await this.page.evaluate('axe.run().then(({ violations }) => violations)');
		const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
		assert.deepEqual(found, [], this.page.url());
	}
}

/**
 * Opens the console in a window of its own and closes it afterwards.
 *
 * @param {BrowserHost} host
 * @param {ConsoleOptions} options
 * @param {(page: Console) => Promise<void>} body
 */
export async function withConsole({ context, sandbox, editor }, options, body) {
	const browser = context.browser();
	assert.ok(browser, 'There is no browser');
	const { url = sandbox.url, viewport = { width: 1360, height: 860 }, ...rest } = options;
	// The scripts of axe are not part of the page, whose policy would refuse them.
	const own = await browser.newContext({ viewport, bypassCSP: true, locale: 'en-GB', ...rest });
	try {
		const page = await own.newPage();
		/** @type {string[]} */
		const errors = [];
		page.on('pageerror', ({ message }) => errors.push(message));
		await body(new Console(page, url, (shown, name) => editor.takePicture(shown, name)));
		assert.deepEqual(errors, []);
	} catch (error) {
		const [page] = own.pages();
		if (page) await editor.takePicture(page, 'failed in the console').catch(() => undefined);
		throw error;
	} finally {
		await own.close();
	}
}
