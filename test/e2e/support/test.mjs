/** `test` for the end-to-end tests: each gets the running n8n with sandbox, credentials and examples. */
import { createSuites } from '../../support/hostSuites.mjs';

/** @typedef {ReturnType<typeof createSuites<import('../../../host/lib/types.ts').DemoHost>>} Suites */

/** @type {Suites} */
const suites = createSuites();

export const { test, cleanUp, runFiles } = suites;
