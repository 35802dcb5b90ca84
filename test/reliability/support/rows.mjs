/** The rows of the table that `npm run test:reliability` prints, from tests in jest and in a real n8n. */
import { appendFileSync } from 'node:fs';

/**
 * @typedef {object} Row
 * @property {string} case what was done, such as `Fanvue: 429 without a header`
 * @property {number} tried
 * @property {number} survived
 * @property {number} lost
 * @property {number} repeated
 * @property {number} leaked
 * @property {number} [kills] processes that were killed
 * @property {string} test the file of the test, from the root of the package
 */

/**
 * Adds a row to the table. Does nothing when the test runs by itself.
 *
 * @param {Row} row
 */
export function addRow(row) {
	const file = process.env.RELIABILITY_ROWS;
	if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** Whether only the reduced form runs, as in the whole test run of the package. */
export const isReduced = process.env.RELIABILITY !== 'full';
