/** Returns the CPU time that something takes in this process, in milliseconds. */
export async function cpuTime(run: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

let reference: Promise<number> | undefined;

/** CPU time of a search that is quadratic, in a text of 40 kB. */
async function quadraticTime(): Promise<number> {
	const text = `${' '.repeat(40_000)}a`;
	reference ??= cpuTime(() => /\s+$/.test(text));
	return await reference;
}

/**
 * Returns the CPU time that something takes with a text of 100 kB or more, divided by that of a
 * quadratic search in 40 kB. Linear code stays far below 1; a quadratic search in 100 kB is above 6.
 * Garbage collection of the whole test run counts too, so 1 or more is measured again, twice at most.
 */
export async function shareOfQuadraticTime(run: () => unknown): Promise<number> {
	const quadratic = await quadraticTime();
	let share = Infinity;
	for (let tries = 0; tries < 3 && share >= 1; tries++) {
		share = Math.min(share, (await cpuTime(run)) / quadratic);
	}
	return share;
}
