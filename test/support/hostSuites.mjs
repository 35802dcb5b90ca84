/** Runs test files with node:test that share one context, such as a running n8n. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import nodeTest, { after, suite } from 'node:test';
import { pathToFileURL } from 'node:url';
import { counts, summary } from './reporter.mjs';

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * @template Context
 * @typedef {(context: Context) => unknown} Body
 */

/**
 * @typedef {object} TestOptions
 * @property {number} [timeoutMs]
 * @property {string[]} [requires] names of capabilities without which the test is skipped
 */

/**
 * @template Context
 * @typedef {object} RunOptions
 * @property {string} folder
 * @property {string} ending of the names of test files, e.g. `.browser.mjs`
 * @property {string[]} words run only files whose names contain one of them
 * @property {string} [first] file that runs before all others, also if no word names it
 * @property {string} [last] file that runs after all others
 * @property {string[]} [onlyIfNamed] files whose names end with one of them run only if a word names them
 * @property {number} [timeoutMs] for each test that sets no timeout
 * @property {(capability: string) => string | undefined} [missing] the reason why a capability is missing
 * @property {(title: string, body: Body<Context>) => unknown} run calls the body of a test with its context
 */

/**
 * Creates the functions with which the files of one kind define their tests, and the one that runs them.
 *
 * @template Context
 */
export function createSuites() {
	/** @type {Array<{ title: string, options: TestOptions, body: Body<Context> }>} */
	let tests = [];
	/** @type {Array<Body<Context>>} */
	let cleanUps = [];

	/**
	 * Defines a test. It gets the shared context and passes unless it throws.
	 *
	 * @param {string} title
	 * @param {Body<Context>} body
	 * @param {TestOptions} [options]
	 */
	function test(title, body, options = {}) {
		tests.push({ title, options, body });
	}

	/**
	 * Defines what undoes the changes of a file's tests, whether they passed or not.
	 *
	 * @param {Body<Context>} body
	 */
	function cleanUp(body) {
		cleanUps.push(body);
	}

	/**
	 * Loads the test files and hands their tests to node:test, in alphabetical order of the files.
	 *
	 * @param {RunOptions<Context>} options
	 */
	async function runFiles({ folder, ending, words, run, missing, ...options }) {
		const { first, last, onlyIfNamed = [], timeoutMs = DEFAULT_TIMEOUT_MS } = options;
		/** @param {string} name */
		const isChosen = (name) =>
			name === first ||
			(words.length === 0
				? !onlyIfNamed.some((end) => name.toLowerCase().endsWith(end))
				: words.some((word) => name.includes(word)));
		/** @param {string} name */
		const rank = (name) => (name === first ? -1 : name === last ? 1 : 0);
		const names = readdirSync(folder)
			.filter((file) => file.endsWith(ending))
			.map((file) => file.slice(0, -ending.length))
			.filter(isChosen)
			.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
		if (names.length === 0) {
			throw new Error(`No file *${ending} has one of these in its name: ${words.join(', ')}`);
		}
		for (const name of names) {
			await import(pathToFileURL(join(folder, name + ending)).href);
			const file = { tests, cleanUps };
			tests = [];
			cleanUps = [];
			void suite(name, () => {
				for (const { title, options: own, body } of file.tests) {
					const reason = own.requires?.map((one) => missing?.(one)).find(Boolean);
					const timeout = own.timeoutMs ?? timeoutMs;
					void nodeTest(title, { timeout, skip: reason ?? false }, async () => {
						await run(title, body);
					});
				}
				for (const [index, body] of file.cleanUps.entries())
					after(async () => {
						await run(`clean-up ${index + 1} of ${name}`, body);
					});
			});
		}
	}

	return { test, cleanUp, runFiles };
}

/**
 * Makes node:test report an error that occurred before there were any tests, as when n8n does not start.
 *
 * @param {string} title
 * @param {unknown} error
 */
export function reportFailure(title, error) {
	void nodeTest(title, () => {
		throw error;
	});
}

/**
 * Prints the summary of a run that was interrupted, counts the interruption as a failure, and exits.
 *
 * @param {string} reason
 * @returns {never}
 */
export function exitInterrupted(reason) {
	counts.failed += 1;
	process.stdout.write(`Interrupted: ${reason}\n${summary()}\n`);
	process.exit(1);
}
