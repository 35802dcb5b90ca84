/** A pseudo-random generator that returns the same numbers at every start. */
export class SeededRandom {
	constructor(private state: number) {}

	/** Returns an integer from 0 up to and excluding `limit`. */
	integer(limit: number): number {
		this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((this.state / 2 ** 32) * limit);
	}

	pick<Item>(items: readonly Item[]): Item {
		const item = items[this.integer(items.length)];
		if (item === undefined) throw new RangeError('The list is empty');
		return item;
	}

	chance(percent: number): boolean {
		return this.integer(100) < percent;
	}
}
