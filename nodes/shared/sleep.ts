import { sleep } from 'n8n-workflow';
import { NodeFailure } from './errors';

const SLICE_MS = 200;

/** Ends everything: the user stopped the execution. */
export function cancelledFailure(): NodeFailure {
	return new NodeFailure('The execution was cancelled', { stopsExecution: true });
}

/**
 * Waits, and notices within a fifth of a second when the execution is cancelled.
 *
 * @throws Failure when cancelled
 */
export async function sleepFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + milliseconds;
	for (;;) {
		if (signal?.aborted) throw cancelledFailure();
		const left = end - Date.now();
		if (left <= 0) return;
		await sleep(Math.min(left, SLICE_MS));
	}
}
