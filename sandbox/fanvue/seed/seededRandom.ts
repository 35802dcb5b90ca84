export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Numbers that look random and are the same at every start. */
export class SeededRandom {
	constructor(private state: number) {}

	/** An integer from 0 up to, not including, `sides`. */
	integer(sides: number): number {
		this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((this.state / 2 ** 32) * sides);
	}

	pick<Item>(items: readonly Item[]): Item {
		const item = items[this.integer(items.length)];
		if (item === undefined) throw new RangeError('nothing to pick from');
		return item;
	}

	chance(percent: number): boolean {
		return this.integer(100) < percent;
	}
}

/** What a creator keeps of an amount, in cents. */
export function netAmount(gross: number): number {
	return Math.trunc(gross * 0.8);
}
