import { sleep } from '../../shared/sleep';

/** How long a fulfilled `until` may go unnoticed, in milliseconds. */
const CHECK_INTERVAL = 50;

/** Waits. Returns early, without an error, when the signal is aborted or `until` returns true. */
export async function wait(
	milliseconds: number,
	{ signal, until }: { signal: AbortSignal; until?: () => boolean },
): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!signal.aborted && until?.() !== true) {
		const left = end - Date.now();
		if (left <= 0) return;
		try {
			await sleep(until === undefined ? left : Math.min(left, CHECK_INTERVAL), { signal });
		} catch {
			return;
		}
	}
}
