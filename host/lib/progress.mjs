/** Shows named steps on the terminal: what is being done, and how long each step and the whole took. */

const HEARTBEAT_MS = 30_000;
const REDRAW_MS = 500;

/**
 * @param {number} ms
 * @returns {string} for people: `0.4 s`, `12 s`, `3 min 05 s`
 */
export function duration(ms) {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Returns a printer of named steps. On a terminal the running step shows its elapsed time; otherwise a
 * line is printed every half minute while a step runs.
 *
 * @param {{ out?: NodeJS.WritableStream & { isTTY?: boolean, columns?: number } }} [options] where to
 *   print, standard output by default
 */
export function createProgress({ out = process.stdout } = {}) {
	const startedAt = Date.now();
	/** @type {Map<string, { startedAt: number, note: string }>} */
	const running = new Map();
	/** @type {NodeJS.Timeout | undefined} */
	let timer;

	/** @param {string} mark @param {string} name @param {string} note */
	const printLine = (mark, name, note) => {
		if (out.isTTY) out.write('\r\x1b[2K');
		out.write(`  ${mark} ${name}${note ? `  ${note}` : ''}\n`);
	};
	/** @param {{ startedAt: number, note: string }} step */
	const describe = (step) =>
		[duration(Date.now() - step.startedAt), step.note].filter(Boolean).join('  ');
	const redraw = () => {
		const latest = [...running].at(-1);
		if (!latest) return;
		const [name, step] = latest;
		const text = `  … ${name}  ${describe(step)}`;
		out.write(`\r\x1b[2K${text.slice(0, (out.columns ?? 80) - 1)}`);
	};
	const printHeartbeat = () => {
		for (const [name, step] of running) printLine('…', name, describe(step));
	};
	const updateTimer = () => {
		clearInterval(timer);
		if (running.size === 0) return;
		timer = out.isTTY ? setInterval(redraw, REDRAW_MS) : setInterval(printHeartbeat, HEARTBEAT_MS);
		timer.unref();
	};

	return {
		/**
		 * Runs one step and prints its name with the time it took.
		 *
		 * @template T
		 * @param {string} name
		 * @param {(setNote: (note: string) => void) => T | Promise<T>} work `setNote` shows a note beside
		 *   the running step; the last note stays beside the finished one
		 * @returns {Promise<T>} the result of `work`; its error is rethrown after the step is marked as failed
		 */
		async step(name, work) {
			const step = { startedAt: Date.now(), note: '' };
			running.set(name, step);
			updateTimer();
			/** @param {string} mark */
			const finish = (mark) => {
				running.delete(name);
				updateTimer();
				printLine(mark, name, describe(step));
			};
			try {
				const result = await work((note) => {
					step.note = note;
				});
				finish('✓');
				return result;
			} catch (error) {
				finish('✗');
				throw error;
			}
		},
		/**
		 * Prints a line of its own between steps.
		 *
		 * @param {string} text
		 */
		print(text) {
			if (out.isTTY) out.write('\r\x1b[2K');
			out.write(`${text}\n`);
		},
		/** @returns {number} milliseconds since this printer was created */
		elapsedMs: () => Date.now() - startedAt,
	};
}
