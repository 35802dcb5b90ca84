/** Loads one node as n8n does, and prints how many milliseconds that took. n8n itself is loaded before. */
import { createRequire } from 'node:module';

const [file = ''] = process.argv.slice(2);
// A community node gets n8n's own n8n-workflow, which NODE_PATH names.
const load = createRequire(file);
load('n8n-workflow');

const start = performance.now();
/** @type {Record<string, new () => { description: object }>} */
const loaded = load(file);
for (const Node of Object.values(loaded)) {
	if (typeof Node === 'function' && !new Node().description) throw new Error(`${file} has no node`);
}
process.stdout.write(String(performance.now() - start));
