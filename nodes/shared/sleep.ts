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
	const end = Date.now() + milliseconds;
	for (;;) {
		if (signal?.aborted) throw cancelledFailure();
		const left = end - Date.now();
		if (left <= 0) return;
		await n8nSleep(Math.min(left, SLICE_MS));
	}
}
