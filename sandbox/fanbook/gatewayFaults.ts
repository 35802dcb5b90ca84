/** Faults to inject between the gateway and its clients. */
export class GatewayFaults {
	private dropCount = 0;
	private duplicateCount = 0;
	private malformCount = 0;
	private refuseCount = 0;
	private refuseStatus = 502;
	private refuseBody = '';
	private pongCloseCount = 0;
	private pongCloseDelayMs = 0;
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

	/** Rejects the next `count` connection attempts with an HTTP status and body. */
	refuse(count: number, status = 502, body = ''): void {
		this.refuseCount = count;
		this.refuseStatus = status;
		this.refuseBody = body;
	}

	/** Closes the next `count` connections a short time after their first pong. */
	closeAfterPong(count: number, delayMs = 40): void {
		this.pongCloseCount = count;
		this.pongCloseDelayMs = delayMs;
	}

	clear(): void {
		this.dropCount = 0;
		this.duplicateCount = 0;
		this.malformCount = 0;
		this.refuseCount = 0;
		this.pongCloseCount = 0;
		this.holdSize = 0;
		this.held = [];
		this.ignorePings = false;
	}

	/** Returns how to reject a connection attempt, or undefined to accept it. */
	takeRejection(): { status: number; body: string } | undefined {
		if (this.refuseCount === 0) return undefined;
		this.refuseCount -= 1;
		return { status: this.refuseStatus, body: this.refuseBody };
	}

	/** Returns after how many ms to close a connection that got its first pong, if at all. */
	takePongClose(): number | undefined {
		if (this.pongCloseCount === 0) return undefined;
		this.pongCloseCount -= 1;
		return this.pongCloseDelayMs;
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
