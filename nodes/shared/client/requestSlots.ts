/**
 * Counts what runs at the same time within one execution: items, and pages that are requested ahead.
 * The number of slots changes as the concurrency adapts to the service.
 */
export class RequestSlots {
	private count = 0;

	/** @param limit returns the current number of slots */
	constructor(private readonly limit: () => number) {}

	get isFree(): boolean {
		return this.count < this.limit();
	}

	get used(): number {
		return this.count;
	}

	/** Takes a slot, even if none is free; see `isFree`. */
	acquire(): void {
		this.count += 1;
	}

	release(): void {
		this.count -= 1;
	}
}
