import { GATEWAY_TIMING } from './gateway/gatewayClient';
import type { GatewayTiming } from './gateway/gatewayClient';

/** All times of the trigger, in milliseconds. */
export interface Timing {
	gateway: GatewayTiming;
	/** Between two searches for missed messages while the gateway is connected. */
	sweepInterval: number;
	/** Between the requests for two channels or pages. */
	channelDelay: number;
	/** Duration of an outage before it is saved. */
	outageReportDelay: number;
	/** Length of a second of Poll Interval. */
	second: number;
	/** How long a long poll is held open. */
	longPollTimeout: number;
	/** How long the notice of a join waits for its message, which also has the invite code. */
	joinNoticeDelay: number;
	/** Between two starts while many runs are in progress. */
	startInterval: number;
	/** Before each new attempt to start a run that n8n could not start, for example without database. */
	startRetryDelays: readonly number[];
	/** How long to wait for the end of running workflows before the update queue is read again. */
	startTimeout: number;
	/** How long an activation waits for the first connection. */
	activationTimeout: number;
	/** How long stopping waits for open connections. */
	closeTimeout: number;
	/** Between two saved executions with the same message. */
	reportInterval: number;
}

export const TIMING: Timing = {
	gateway: GATEWAY_TIMING,
	sweepInterval: 60_000,
	channelDelay: 1_000,
	outageReportDelay: 300_000,
	second: 1_000,
	longPollTimeout: 30_000,
	joinNoticeDelay: 1_000,
	startInterval: 50,
	startRetryDelays: [1_000, 5_000, 30_000, ...Array<number>(60).fill(60_000)],
	startTimeout: 1_000,
	activationTimeout: 5_000,
	closeTimeout: 900,
	reportInterval: 3_600_000,
};
