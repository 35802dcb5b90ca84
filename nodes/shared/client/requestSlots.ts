/**
 * Counts what runs at the same time within one execution: items, and pages that are requested ahead.
 * The number of slots changes as the concurrency adapts to the service.
 */
export class RequestSlots {
	private used = 0;

	/** @param limit returns the current number of slots */
	constructor(private readonly limit: () => number) {}

	get isFree(): boolean {
		return this.used < this.limit();
	}

	/** Takes a slot, even if none is free; see `isFree`. */
	acquire(): void {
		this.used += 1;
	}

	release(): void {
		this.used -= 1;
	}
}
