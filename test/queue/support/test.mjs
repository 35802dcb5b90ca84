/** `test` for the tests in queue mode: each gets the running n8n with its workers. */
import { createSuites } from '../../support/hostSuites.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./workers.mjs').startWorker>>} Worker */
/** @typedef {import('../../../host/lib/types.ts').DemoHost & { workers: Worker[] }} QueueHost */
/** @typedef {ReturnType<typeof createSuites<QueueHost>>} Suites */

/** @type {Suites} */
const suites = createSuites();

export const { test, cleanUp, runFiles } = suites;
