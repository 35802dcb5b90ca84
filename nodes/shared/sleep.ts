import { sleep as n8nSleep } from 'n8n-workflow';
import { NodeFailure } from './errors';

const SLICE_MS = 200;

/** Returns the failure that ends a cancelled execution. */
export function cancelledFailure(): NodeFailure {
	return new NodeFailure('The execution was cancelled', { stopsExecution: true });
}

/**
 * Waits the given number of milliseconds. Waits in slices, since community nodes may not use timers
 * and n8n's sleep cannot be interrupted; a cancelled execution ends within 200 ms.
 *
 * @throws NodeFailure when cancelled
 */
export async function sleep(
	milliseconds: number,
	{ signal }: { signal?: AbortSignal } = {},
): Promise<void> {
	let left = milliseconds;
	for (;;) {
		if (signal?.aborted) throw cancelledFailure();
		if (left <= 0) return;
		const slice = Math.min(left, SLICE_MS);
		left -= await elapsed(slice);
	}
}

/** Waits one slice. Returns how long it took, at least its length: the clock may be set back meanwhile. */
async function elapsed(slice: number): Promise<number> {
	const start = Date.now();
	await n8nSleep(slice);
	return Math.max(Date.now() - start, slice);
}
