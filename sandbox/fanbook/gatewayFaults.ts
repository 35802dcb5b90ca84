/** Faults to inject between the gateway and its clients. */
export class GatewayFaults {
	private dropCount = 0;
	private duplicateCount = 0;
	private malformCount = 0;
	private refuseCount = 0;
	private refuseStatus = 502;
	private held: string[] = [];
	private holdSize = 0;
	/** Whether pings are left without a pong. */
	ignorePings = false;

	/** Drops the next `count` events. */
	drop(count: number): void {
		this.dropCount += count;
	}

	/** Sends the next `count` events twice. */
	duplicate(count: number): void {
		this.duplicateCount += count;
	}

	/** Holds the next `count` events back, then sends them in reverse order. */
	reorder(count: number): void {
		this.holdSize = count;
	}

	/** Sends a frame that is not JSON before each of the next `count` events. */
	malform(count: number): void {
		this.malformCount += count;
	}

	/** Rejects the next `count` connection attempts with an HTTP status. */
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

	/** Returns the status to reject a connection attempt with, or undefined to accept it. */
	takeRefusal(): number | undefined {
		if (this.refuseCount === 0) return undefined;
		this.refuseCount -= 1;
		return this.refuseStatus;
	}

	/** Returns the frames to send for an event. */
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
