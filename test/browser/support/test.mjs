/** `test` for the tests in a browser: each gets the running n8n and the editor in a tab of its own. */
import { createSuites } from '../../support/hostSuites.mjs';

/**
 * @typedef {import('../../../host/lib/types.ts').DemoHost & {
 *   context: import('playwright-core').BrowserContext,
 *   editor: import('./editor.mjs').Editor,
 * }} BrowserHost
 */
/** @typedef {ReturnType<typeof createSuites<BrowserHost>>} Suites */

/** @type {Suites} */
const suites = createSuites();

export const { test, cleanUp, runFiles } = suites;
