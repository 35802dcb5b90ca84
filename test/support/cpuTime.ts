function millisecondsSince(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Returns the CPU time that something takes in this process, in milliseconds. */
export function cpuTime(run: () => void): number {
	const before = process.cpuUsage();
	run();
	return millisecondsSince(before);
}

/** Measured once, with 40 kB. */
let reference: number | undefined;

/** Returns the CPU time of a quadratic search in a text of this length, in milliseconds. */
export function quadraticTime(length: number): number {
	const text = `${' '.repeat(40_000)}a`;
	reference ??= cpuTime(() => void /\s+$/.test(text));
	return reference * (length / 40_000) ** 2;
}

/**
 * Returns the CPU time that something takes with a text of 100 kB or more, divided by that of a
 * quadratic search in 40 kB. Linear code stays far below 1; a quadratic search in 100 kB is above 6.
 * Garbage collection of the whole test run counts too, so 1 or more is measured again, twice at most.
 */
export async function shareOfQuadraticTime(run: () => unknown): Promise<number> {
	const quadratic = quadraticTime(40_000);
	let share = Infinity;
	for (let tries = 0; tries < 3 && share >= 1; tries++) {
		const before = process.cpuUsage();
		await run();
		share = Math.min(share, millisecondsSince(before) / quadratic);
	}
	return share;
}
