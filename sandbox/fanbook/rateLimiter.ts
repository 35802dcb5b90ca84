import { FanbookError, createError } from './errors';
import type { FanbookState } from './state';

/** Limits the sends per second of sandbox time. */
export class SendRateLimiter {
	private second = 0;
	private count = 0;

	constructor(private readonly state: FanbookState) {}

	/** Throws if the bot is not on the allow-list, or has reached the limit of this second. */
	acquire(): void {
		const { sendAllowed, sendsPerSecond } = this.state.settings;
		if (!sendAllowed) throw new FanbookError('sendLimit', 'bot is not allow-listed', 400);
		const second = this.state.clock.seconds();
		if (second !== this.second) this.count = 0;
		this.second = second;
		this.count += 1;
		if (sendsPerSecond > 0 && this.count > sendsPerSecond) throw createError('sendLimit');
	}
}
