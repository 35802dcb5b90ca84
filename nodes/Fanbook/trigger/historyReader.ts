import { toNodeFailure, NodeFailure } from '../../shared/errors';
import type { ApiClient } from '../../shared/client/apiClient';
import { snowflake } from '../snowflake';
import type { Happening } from './happening';
import { messagesAfter, newestMessages } from './history';
import type { Row } from './history';
import type { Ledger } from './ledger';
import { isRefusal } from './outage';
import type { Outage } from './outage';
import { pause } from './pause';

/** Times in milliseconds. */
export interface ReadingTimes {
	/** From one round over all channels to the next. */
	every: number;
	/** From one channel or page to the next: Fanbook is not fond of quick readers. */
	apart: number;
	/** How far back missed messages are looked for. */
	maxAge: number;
}

/**
 * Reads the history of the chosen channels, again and again: as the only source of events, or to
 * fill what a broken connection or a stopped n8n has left out.
 */
export class HistoryReader {
	private woken = false;

	constructor(
		private readonly session: ApiClient,
		private readonly channels: readonly string[],
		private readonly ledger: Ledger,
		/** Finds out what a reading needs to know; asked before each round. */
		private readonly ready: () => Promise<void>,
		private readonly take: (row: Row) => Happening[],
		private readonly put: (happening: Happening) => Promise<void>,
		private readonly outage: Outage,
		/** Some messages of a channel were beyond the limits. */
		private readonly passedOver: (channel: string) => void,
		private readonly times: ReadingTimes,
		private readonly maxCount: number,
	) {}

	/**
	 * Finds out where each channel begins that has no beginning yet. Without a network that is now.
	 *
	 * @throws Failure when the bot may not read a channel, and `strict` says that a user is there
	 */
	async begin(strict: boolean): Promise<void> {
		for (const channel of this.channels) {
			const known = this.ledger.start(channel);
			try {
				const newest = await newestMessages(this.session, channel, 1);
				if (known === undefined) this.ledger.begin(channel, newest.at(-1)?.id ?? '0');
			} catch (error) {
				if (strict && isRefusal(error)) throw unreadable(channel, error);
				if (known === undefined) this.ledger.begin(channel, snowflake());
			}
		}
	}

	/** Makes the next round start at once. */
	wake(): void {
		this.woken = true;
	}

	/** Reads round after round until the signal says stop. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			this.woken = false;
			await this.round(signal);
			await pause(this.times.every, signal, () => this.woken);
		}
	}

	private async round(signal: AbortSignal): Promise<void> {
		let trouble: unknown;
		try {
			await this.ready();
		} catch (error) {
			if (!signal.aborted) this.outage.down(error);
			return;
		}
		for (const channel of this.channels) {
			try {
				await this.read(channel, signal);
			} catch (error) {
				if (signal.aborted) return;
				trouble = unreadable(channel, error);
			}
			if (channel !== this.channels.at(-1)) await pause(this.times.apart, signal);
			if (signal.aborted) return;
		}
		if (trouble === undefined) this.outage.up();
		else this.outage.down(trouble);
	}

	/** One channel, from where the last reading ended. */
	private async read(channel: string, signal: AbortSignal): Promise<void> {
		const start = this.ledger.start(channel) ?? '0';
		const reach = { count: this.maxCount, since: Date.now() - this.times.maxAge };
		const rest = async () => await pause(this.times.apart, signal);
		const { rows, beyond } = await messagesAfter(this.session, channel, start, reach, rest);
		if (beyond.length > 0) this.passedOver(channel);
		for (const row of rows) {
			for (const happening of this.take(row)) await this.put(happening);
		}
		// What did not get in before the end must not count as read.
		if (!signal.aborted) this.ledger.list(channel, [...beyond, ...rows]);
	}
}

function unreadable(channel: string, error: unknown): NodeFailure {
	const { message, description, httpCode, code } = toNodeFailure(error);
	return new NodeFailure(`The history of channel ${channel} cannot be read: ${message}`, {
		description: [
			description,
			"Check the channel ID and that the bot's role may read the message history, or take the channel out of the list",
		]
			.filter((sentence) => sentence !== undefined)
			.join('. '),
		httpCode,
		code,
	});
}
