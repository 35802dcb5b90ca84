/**
 * A reporter for node:test (`node --test-reporter=./test/support/reporter.mjs …`). Prints the name of
 * each test with its duration, failures with their cause, and `N passed, N failed` as the last line.
 * `TEST_RESULTS` names a file for the counts of each suite as JSON.
 */
import { writeFileSync } from 'node:fs';
import { duration } from '../../host/lib/progress.mjs';

/** The tests that have been reported so far. */
export const counts = { passed: 0, failed: 0, skipped: 0 };

/** @returns {string} the last line of a run */
export function summary() {
	return `${counts.passed} passed, ${counts.failed} failed`;
}

/**
 * @param {unknown} error
 * @returns {string} the stack traces of an error and of its causes
 */
function describeFailure(error) {
	/** @type {string[]} */
	const parts = [];
	for (let current = error; current instanceof Error; current = current.cause) {
		// node:test wraps what a test throws in an error that adds nothing.
		const isWrapper = 'failureType' in current && current.cause instanceof Error;
		if (!isWrapper) parts.push(current.stack ?? current.message);
		if (!(current.cause instanceof Error) && current.cause !== undefined)
			parts.push(String(current.cause));
	}
	return (parts.join('\ncaused by ') || String(error)).replace(/^/gm, '      ');
}

/**
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 * @returns {AsyncGenerator<string, void>}
 */
export default async function* reporter(events) {
	/** @type {Record<string, { passed: number, failed: number, skipped: string[] }>} */
	const suites = {};
	/** @type {{ passed: number, failed: number, skipped: string[] }} */
	let suite = { passed: 0, failed: 0, skipped: [] };
	for await (const { type, data } of events) {
		if (type === 'test:start' && data.nesting === 0) {
			suite = suites[data.name] = { passed: 0, failed: 0, skipped: [] };
			yield `${data.name}\n`;
		}
		if (type !== 'test:pass' && type !== 'test:fail') continue;
		const isSuite = data.details.type === 'suite';
		const took = duration(data.details.duration_ms);
		if (type === 'test:fail') {
			const { error } = data.details;
			// A suite fails if one of its tests does, which is no failure of its own.
			if (isSuite && 'failureType' in error && error.failureType === 'subtestsFailed') continue;
			counts.failed += 1;
			suite.failed += 1;
			yield `  ✗ ${data.name}  ${took}\n${describeFailure(error)}\n`;
		} else if (isSuite) {
			continue;
		} else if (data.skip !== undefined) {
			counts.skipped += 1;
			suite.skipped.push(String(data.skip));
			yield `  - ${data.name}  skipped: ${data.skip}\n`;
		} else {
			counts.passed += 1;
			suite.passed += 1;
			yield `  ✓ ${data.name}  ${took}\n`;
		}
	}
	if (process.env.TEST_RESULTS)
		writeFileSync(process.env.TEST_RESULTS, JSON.stringify(suites, null, '\t'));
	// A run without any passed test is a failure too.
	if (counts.passed === 0) process.exitCode = 1;
	if (counts.skipped > 0) yield `${counts.skipped} skipped\n`;
	yield `${summary()}\n`;
}
