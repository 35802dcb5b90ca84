/** Saves the screenshots of a run, numbered in the order in which they were taken. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} folder emptied first */
export function createPictures(folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	let count = 0;

	return {
		/**
		 * @param {import('playwright-core').Page} page
		 * @param {string} name
		 */
		async take(page, name) {
			count += 1;
			const file = `${String(count).padStart(2, '0')} ${name.replace(/[^\p{L}\p{N} ,()-]/gu, '')}.png`;
			// Icons are loaded later than the text.
			await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
			await page.screenshot({ path: join(folder, file), animations: 'disabled' });
		},
	};
}
