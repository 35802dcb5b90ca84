import { sleep } from 'n8n-workflow';
import { Failure } from './failure';

const SLICE = 200;

/** Ends everything: the user stopped the execution. */
export function cancelled(): Failure {
	return new Failure('The execution was cancelled', { final: true });
}

/**
 * Waits, and notices within a fifth of a second when the execution is cancelled.
 *
 * @throws Failure when cancelled
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + milliseconds;
	for (;;) {
		if (signal?.aborted) throw cancelled();
		const left = end - Date.now();
		if (left <= 0) return;
		await sleep(Math.min(left, SLICE));
	}
}
