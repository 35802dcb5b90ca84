import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

/** Frees all memory that nothing refers to. */
export function collectGarbage(): void {
	if (typeof gc !== 'function') throw new Error('This Node.js cannot collect garbage on request');
	gc();
}

/** Returns the bytes of the heap that are in use. */
export function usedHeap(): number {
	// The second pass frees what finalizers released.
	collectGarbage();
	collectGarbage();
	return process.memoryUsage().heapUsed;
}
