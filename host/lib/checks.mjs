/** Named checks against something that runs: loaded from files of one kind, timed, counted. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CHECK_MS = 120_000;

/**
 * Loads the files of one kind. Each exports `checks`, an object of named functions, and may export
 * `first` or `last` to run before or after all others, and `longest`, the milliseconds one of its
 * checks may take.
 *
 * @param {string} folder
 * @param {string} ending of the file names, e.g. `.browser.mjs`
 * @param {string[]} [words] only files whose names contain one of them, and those that are `first`
 * @returns {Promise<{ name: string, checks: Record<string, (context: any) => unknown>, longest?: number }[]>}
 */
export async function loadChecks(folder, ending, words = []) {
	const names = readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.sort();
	const files = [];
	for (const name of names) {
		const parts = await import(pathToFileURL(join(folder, name)).href);
		files.push({ name: name.slice(0, -ending.length), ...parts });
	}
	const rank = ({ first, last }) => (first ? -1 : last ? 1 : 0);
	return files
		.filter(
			({ name, first }) => first || words.length === 0 || words.some((word) => name.includes(word)),
		)
		.sort((a, b) => rank(a) - rank(b));
}

/**
 * Runs checks one after the other and counts them.
 *
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 * @param {{ timeout?: number }} [options] milliseconds that one check may take
 */
export function createChecks(steps, { timeout = CHECK_MS } = {}) {
	let passed = 0;
	let failed = 0;

	/** Counts something that did not go as it should, and says what. */
	function fail(reason) {
		failed += 1;
		steps.say(String(reason?.stack ?? reason).replace(/^/gm, '      '));
	}

	return {
		fail,
		/**
		 * @param {string} name
		 * @param {() => unknown} body passes unless it throws
		 * @param {number} [longest] milliseconds it may take, when not the usual
		 * @returns {Promise<boolean>} whether it passed
		 */
		async run(name, body, longest = timeout) {
			let timer;
			const late = new Promise((_, reject) => {
				timer = setTimeout(() => reject(new Error(`not done after ${longest / 1000} s`)), longest);
			});
			try {
				await steps.run(name, () => Promise.race([body(), late]));
				passed += 1;
				return true;
			} catch (reason) {
				fail(reason);
				return false;
			} finally {
				clearTimeout(timer);
			}
		},
		/** @returns {string} the line that a run ends with */
		summary: () => `${passed} passed, ${failed} failed`,
		/** @returns {number} the exit code: nothing having passed is no success either */
		code: () => (failed === 0 && passed > 0 ? 0 : 1),
	};
}
