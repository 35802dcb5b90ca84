import { toNodeFailure, NodeFailure } from '../../shared/errors';
import type { Voice } from './voice';

/** How often in a row the service has to refuse the bot before the trigger gives up. */
const REFUSALS = 3;

/** Codes for a token that is not or no longer good. */
const NOT_ACCEPTED = new Set(['901', '903', '1005']);

/** Whether the service answered and said no, so that asking again changes nothing. */
export function isRefusal(reason: unknown): boolean {
	const { httpCode, code } = toNodeFailure(reason);
	const status = Number(httpCode ?? 0);
	return status >= 200 && status < 500 && status !== 408 && status !== 429 && code !== '10002';
}

/** Whether the service does not accept the bot token. */
export function isTokenRefused(reason: unknown): boolean {
	const { httpCode, code } = toNodeFailure(reason);
	return (code !== undefined && NOT_ACCEPTED.has(code)) || httpCode === '401';
}

/** What to tell a user whose bot token is refused. */
export function tokenRefused(reason: unknown): NodeFailure {
	const { message, description, httpCode, code } = toNodeFailure(reason);
	return new NodeFailure('Fanbook does not accept the bot token', {
		description: [
			'Copy it again from the developer console into the credential, then activate the workflow again',
			message,
			description,
		]
			.filter((sentence) => sentence !== undefined)
			.join('. '),
		httpCode,
		code,
	});
}

/**
 * Watches over one way to the service. An outage that lasts is saved once, its end is logged, and
 * a bot that is refused again and again gives up.
 */
export class Outage {
	private since: number | undefined;
	private isReported = false;
	private refusals = 0;

	/**
	 * @param what begins a sentence: "The connection to the Fanbook gateway"
	 * @param after milliseconds until an outage is saved
	 */
	constructor(
		private readonly what: string,
		private readonly voice: Pick<Voice, 'log' | 'save' | 'giveUp'>,
		private readonly after: number,
	) {}

	down(reason: unknown): void {
		const failure = toNodeFailure(reason);
		if (this.since === undefined) {
			this.since = Date.now();
			this.voice.log('warn', `${this.what} is interrupted: ${failure.message}`);
		}
		this.refusals = isTokenRefused(failure) ? this.refusals + 1 : 0;
		if (this.refusals >= REFUSALS) return this.voice.giveUp(tokenRefused(failure));
		if (this.isReported || Date.now() - this.since < this.after) return;
		this.isReported = true;
		this.voice.save(
			new NodeFailure(`${this.what} has been interrupted for ${minutes(Date.now() - this.since)}`, {
				description: [
					'The trigger keeps trying and needs no restart',
					`The last attempt ended with: ${failure.message}`,
					failure.description,
				]
					.filter((sentence) => sentence !== undefined)
					.join('. '),
				httpCode: failure.httpCode,
			}),
		);
	}

	up(): void {
		this.refusals = 0;
		if (this.since === undefined) return;
		this.voice.log('info', `${this.what} works again after ${minutes(Date.now() - this.since)}`);
		this.since = undefined;
		this.isReported = false;
	}
}

function minutes(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 120) return `${seconds} seconds`;
	return `${Math.round(seconds / 60)} minutes`;
}
