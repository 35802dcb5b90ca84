/** Named steps on the terminal: what is being done, how long it took, how long all of it took. */

const HEARTBEAT_MS = 30_000;
const REDRAW_MS = 500;

/** @param {number} ms @returns {string} for people: `0.4 s`, `12 s`, `3 min 05 s` */
export function duration(ms) {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Prints named steps. On a terminal the running step shows its clock; elsewhere a line every half
 * minute shows that it is alive.
 *
 * @param {{ out?: NodeJS.WritableStream & { isTTY?: boolean } }} options where to print, stdout by default
 */
export function createSteps({ out = process.stdout } = {}) {
	const began = Date.now();
	const running = new Map();
	let timer;

	const line = (mark, name, note) => {
		if (out.isTTY) out.write('\r\x1b[2K');
		out.write(`  ${mark} ${name}${note ? `  ${note}` : ''}\n`);
	};
	const redraw = () => {
		const [name, step] = [...running].at(-1) ?? [];
		if (!name) return;
		const text = `  … ${name}  ${duration(Date.now() - step.began)}  ${step.note}`;
		out.write(`\r\x1b[2K${text.slice(0, (out.columns ?? 80) - 1)}`);
	};
	const beat = () => {
		for (const [name, step] of running) {
			line('…', name, [duration(Date.now() - step.began), step.note].filter(Boolean).join('  '));
		}
	};
	const watch = () => {
		clearInterval(timer);
		if (running.size === 0) return;
		timer = out.isTTY ? setInterval(redraw, REDRAW_MS) : setInterval(beat, HEARTBEAT_MS);
		timer.unref();
	};

	return {
		/**
		 * Runs one step and prints its name with the time it took.
		 *
		 * @template T
		 * @param {string} name
		 * @param {(say: (note: string) => void) => T | Promise<T>} work `say` shows a note beside the
		 *   running step; the last note stays beside the finished one
		 * @returns {Promise<T>} what `work` returns; what it throws is passed on after the step is
		 *   marked as not done
		 */
		async run(name, work) {
			const step = { began: Date.now(), note: '' };
			running.set(name, step);
			watch();
			const end = (mark) => {
				running.delete(name);
				watch();
				line(mark, name, [duration(Date.now() - step.began), step.note].filter(Boolean).join('  '));
			};
			try {
				const result = await work((note) => {
					step.note = note;
				});
				end('✓');
				return result;
			} catch (reason) {
				end('✗');
				throw reason;
			}
		},
		/** Prints a line of its own between steps. */
		say(text) {
			if (out.isTTY) out.write('\r\x1b[2K');
			out.write(`${text}\n`);
		},
		/** @returns {number} milliseconds since the first step could start */
		elapsed: () => Date.now() - began,
	};
}
