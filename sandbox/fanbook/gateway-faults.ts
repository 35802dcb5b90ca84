/** What shall go wrong between the gateway and its clients. */
export class GatewayFaults {
	private dropping = 0;
	private doubling = 0;
	private breaking = 0;
	private refusing = 0;
	private refusalStatus = 502;
	private held: string[] = [];
	private holdSize = 0;
	/** Pings get no answer while this is true. */
	ignorePings = false;

	/** The next `count` events never reach a client. */
	drop(count: number): void {
		this.dropping += count;
	}

	/** The next `count` events come twice. */
	duplicate(count: number): void {
		this.doubling += count;
	}

	/** The next `count` events are held back and then come in reverse order. */
	reorder(count: number): void {
		this.holdSize = count;
	}

	/** Before each of the next `count` events comes a frame that is no JSON. */
	malform(count: number): void {
		this.breaking += count;
	}

	/** The next `count` connection attempts are answered with `status`. */
	refuse(count: number, status = 502): void {
		this.refusing = count;
		this.refusalStatus = status;
	}

	clear(): void {
		this.dropping = 0;
		this.doubling = 0;
		this.breaking = 0;
		this.refusing = 0;
		this.holdSize = 0;
		this.held = [];
		this.ignorePings = false;
	}

	/** The status that a connection attempt is refused with, if it is. */
	refusal(): number | undefined {
		if (this.refusing === 0) return undefined;
		this.refusing -= 1;
		return this.refusalStatus;
	}

	/** The frames that go out for one event. */
	pass(frame: string): string[] {
		if (this.dropping > 0) {
			this.dropping -= 1;
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
		if (this.doubling > 0) {
			this.doubling -= 1;
			frames.push(frame);
		}
		if (this.breaking > 0) {
			this.breaking -= 1;
			frames.unshift(frame.slice(0, Math.floor(frame.length / 2)));
		}
		return frames;
	}
}
