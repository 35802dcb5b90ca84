import { WEB_PAGE } from '../../shared/client/readResponse';
import { NodeFailure, toNodeFailure } from '../../shared/errors';
import type { Reporter } from './reporter';

/** Number of successive rejections of the bot token after which the trigger stops. */
const MAX_TOKEN_REJECTIONS = 3;

/** Fanbook's codes for a wrong token and a banned bot. */
const TOKEN_REJECTED_CODES = new Set(['901', '903', '1005']);

/** Returns whether Fanbook rejected a request, so that repeating it is pointless. */
export function isRejected(reason: unknown): boolean {
	const { httpCode, code } = toNodeFailure(reason);
	if (code === WEB_PAGE) return false;
	const status = Number(httpCode ?? 0);
	return status >= 200 && status < 500 && status !== 408 && status !== 429 && code !== '10002';
}

/** Returns whether Fanbook rejected the bot token. */
export function isTokenRejected(reason: unknown): boolean {
	const { httpCode, code } = toNodeFailure(reason);
	if (code === WEB_PAGE) return false;
	return (code !== undefined && TOKEN_REJECTED_CODES.has(code)) || httpCode === '401';
}

/** Returns the error for a rejected bot token. */
export function tokenRejected(reason: unknown): NodeFailure {
	const { message, description, httpCode, code } = toNodeFailure(reason);
	return new NodeFailure('Fanbook rejected the bot token', {
		description: [
			'Copy it again from the developer console into the credential, then publish the workflow again',
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
 * Tracks one connection to Fanbook. Saves one failed execution per long outage, logs its end, and
 * stops the trigger when the bot token is rejected repeatedly.
 */
export class ConnectionMonitor {
	private lostAt: number | undefined;
	private isReported = false;
	private rejections = 0;

	/**
	 * @param options.subject start of a sentence: "The connection to the Fanbook gateway"
	 * @param options.reportDelay milliseconds until an outage is saved
	 */
	constructor(
		private readonly options: {
			subject: string;
			reporter: Pick<Reporter, 'log' | 'save' | 'stopWithError'>;
			reportDelay: number;
		},
	) {}

	/** Notes a failed attempt or an ended connection. */
	lost(reason: unknown): void {
		const { subject, reporter, reportDelay } = this.options;
		const failure = toNodeFailure(reason);
		if (this.lostAt === undefined) {
			this.lostAt = Date.now();
			reporter.log('warn', `${subject} is interrupted: ${failure.message}`);
		}
		this.rejections = isTokenRejected(failure) ? this.rejections + 1 : 0;
		if (this.rejections >= MAX_TOKEN_REJECTIONS) {
			return reporter.stopWithError(tokenRejected(failure));
		}
		// The clock may have been set back.
		this.lostAt = Math.min(this.lostAt, Date.now());
		const duration = Date.now() - this.lostAt;
		if (this.isReported || duration < reportDelay) return;
		this.isReported = true;
		reporter.save(
			new NodeFailure(`${subject} has been interrupted for ${formatDuration(duration)}`, {
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

	/** Notes that the connection works. */
	restored(): void {
		this.rejections = 0;
		if (this.lostAt === undefined) return;
		const { subject, reporter } = this.options;
		const duration = Date.now() - this.lostAt;
		reporter.log('info', `${subject} works again after ${formatDuration(duration)}`);
		this.lostAt = undefined;
		this.isReported = false;
	}
}

function formatDuration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 120) return `${seconds} seconds`;
	return `${Math.round(seconds / 60)} minutes`;
}
