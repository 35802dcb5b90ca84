/** `test` for the tests in queue mode: each gets the running n8n with its workers. */
import { createSuites } from '../../support/hostSuites.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./workers.mjs').startWorker>>} Worker */

/**
 * @typedef {object} Workers
 * @property {Worker[]} workers
 * @property {(query: string) => Promise<string[][]>} query reads n8n's database
 * @property {(worker: Worker) => Promise<void>} startAgain starts a worker that has ended
 */

/** @typedef {import('../../../host/lib/types.ts').DemoHost & Workers} QueueHost */
/** @typedef {ReturnType<typeof createSuites<QueueHost>>} Suites */

/** @type {Suites} */
const suites = createSuites();

export const { test, cleanUp, runFiles } = suites;
