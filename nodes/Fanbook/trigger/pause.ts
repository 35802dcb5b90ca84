import { sleep } from '../../shared/sleep';

/** How often a pause looks whether it is over before its time. */
const LOOK = 50;

/**
 * Waits, but no longer than until the signal says stop or `enough` holds.
 */
export async function pause(
	milliseconds: number,
	signal: AbortSignal,
	enough?: () => boolean,
): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!signal.aborted && enough?.() !== true) {
		const left = end - Date.now();
		if (left <= 0) return;
		try {
			await sleep(enough === undefined ? left : Math.min(left, LOOK), { signal });
		} catch {
			return;
		}
	}
}
