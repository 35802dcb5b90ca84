/** What shall go wrong between the gateway and its clients. */
export class GatewayFaults {
	private dropCount = 0;
	private duplicateCount = 0;
	private malformCount = 0;
	private refuseCount = 0;
	private refuseStatus = 502;
	private held: string[] = [];
	private holdSize = 0;
	/** Pings get no answer while this is true. */
	ignorePings = false;

	/** The next `count` events never reach a client. */
	drop(count: number): void {
		this.dropCount += count;
	}

	/** The next `count` events come twice. */
	duplicate(count: number): void {
		this.duplicateCount += count;
	}

	/** The next `count` events are held back and then come in reverse order. */
	reorder(count: number): void {
		this.holdSize = count;
	}

	/** Before each of the next `count` events comes a frame that is no JSON. */
	malform(count: number): void {
		this.malformCount += count;
	}

	/** The next `count` connection attempts are answered with `status`. */
	refuse(count: number, status = 502): void {
		this.refuseCount = count;
		this.refuseStatus = status;
	}

	clear(): void {
		this.dropCount = 0;
		this.duplicateCount = 0;
		this.malformCount = 0;
		this.refuseCount = 0;
		this.holdSize = 0;
		this.held = [];
		this.ignorePings = false;
	}

	/** The status that a connection attempt is refused with, if it is. */
	takeRefusal(): number | undefined {
		if (this.refuseCount === 0) return undefined;
		this.refuseCount -= 1;
		return this.refuseStatus;
	}

	/** The frames that go out for one event. */
	apply(frame: string): string[] {
		if (this.dropCount > 0) {
			this.dropCount -= 1;
			return [];
		}
		if (this.holdSize > 0) {
			this.held.push(frame);
			if (this.held.length < this.holdSize) return [];
			const frames = this.held.reverse();
			this.held = [];
			this.holdSize = 0;
			return frames;
		}
		const frames = [frame];
		if (this.duplicateCount > 0) {
			this.duplicateCount -= 1;
			frames.push(frame);
		}
		if (this.malformCount > 0) {
			this.malformCount -= 1;
			frames.unshift(frame.slice(0, Math.floor(frame.length / 2)));
		}
		return frames;
	}
}
