import { GATEWAY_TIMING } from './gateway';
import type { GatewayTiming } from './gateway';

/** All times of the trigger in milliseconds. */
export interface Timing {
	gateway: GatewayTiming;
	/** From one look for missed messages to the next while the connection stands. */
	sweep: number;
	/** From one channel's history to the next one's. */
	apart: number;
	/** How long an outage lasts until it is saved. */
	outage: number;
	/** What one second of Poll Interval is. */
	second: number;
	/** How long a long poll is held open. */
	hold: number;
	/** From one start to the next while many runs are under way. */
	pace: number;
	/** Before n8n is asked again to start a run it could not start: its database may be away for long. */
	again: readonly number[];
	/** How long an activation waits for the first connection. */
	patience: number;
	/** Longest wait for connections to close. */
	closing: number;
	/** How often the same matter is saved as a failed execution. */
	seldom: number;
}

export const TIMING: Timing = {
	gateway: GATEWAY_TIMING,
	sweep: 60_000,
	apart: 1_000,
	outage: 300_000,
	second: 1_000,
	hold: 30_000,
	pace: 50,
	again: [1_000, 5_000, 30_000, ...Array<number>(60).fill(60_000)],
	patience: 5_000,
	closing: 900,
	seldom: 3_600_000,
};
