import { sleep } from '../../shared/sleep';

/** How long a fulfilled `until` may go unnoticed, in milliseconds. */
const CHECK_INTERVAL = 50;

/** Waits. Returns early, without an error, when the signal is aborted or `until` returns true. */
export async function wait(
	milliseconds: number,
	{ signal, until }: { signal: AbortSignal; until?: () => boolean },
): Promise<void> {
	let left = milliseconds;
	while (left > 0 && !signal.aborted && until?.() !== true) {
		const slice = until === undefined ? left : Math.min(left, CHECK_INTERVAL);
		const start = Date.now();
		try {
			await sleep(slice, { signal });
		} catch {
			return;
		}
		// The clock may be set back meanwhile.
		left -= Math.max(Date.now() - start, slice);
	}
}
