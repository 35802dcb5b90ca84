import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import type { ApiClient } from '../../../shared/client/apiClient';
import { snowflake } from '../../snowflake';
import { isRejected } from '../connectionMonitor';
import type { ConnectionMonitor } from '../connectionMonitor';
import type { DeliveryLog } from '../deliveryLog';
import type { FanbookEvent } from '../events/event';
import { fetchMessagesAfter, fetchNewestMessages } from './fetchMessages';
import type { HistoryMessage } from './fetchMessages';
import { wait } from '../wait';

export interface HistoryReaderOptions {
	client: ApiClient;
	channels: readonly string[];
	deliveryLog: DeliveryLog;
	monitor: ConnectionMonitor;
	/** Called before the channels are read; rejects when they cannot be read now. */
	prepare: () => Promise<void>;
	map: (message: HistoryMessage) => FanbookEvent[];
	put: (event: FanbookEvent) => Promise<void>;
	/** Returns whether an event would start the workflow and has not done so. */
	isMissed: (event: FanbookEvent) => boolean;
	/** Called when missed messages of a channel were outside the limits. */
	skipped: (channel: string) => void;
	/** Milliseconds between two readings of all channels. */
	interval: number;
	/** Milliseconds between two channels or pages, to stay below Fanbook's rate limit. */
	channelDelay: number;
	/** Milliseconds after which missed messages are skipped. */
	maxAge: number;
	/** Whether messages are missed only if a channel was not read for that long. */
	isOnlySource: boolean;
	/** Missed messages of a channel to process at most. */
	maxCount: number;
}

/**
 * Reads the history of the chosen channels repeatedly: as the only source of events, or to find
 * the messages that were missed while the connection was broken or n8n was stopped.
 */
export class HistoryReader {
	private isWoken = false;
	/** When each channel was read last, in milliseconds since 1970. */
	private readonly lastRead = new Map<string, number>();

	constructor(private readonly options: HistoryReaderOptions) {}

	/**
	 * Sets the start of each channel that has none: its newest message, or the current time when
	 * the channel cannot be read.
	 *
	 * @throws NodeFailure with `strict` when Fanbook rejects the reading of a channel
	 */
	async initialize(strict: boolean): Promise<void> {
		const { client, channels, deliveryLog } = this.options;
		for (const channel of channels) {
			const isKnown = deliveryLog.startOf(channel) !== undefined;
			try {
				const [newest] = await fetchNewestMessages(client, channel, 1);
				if (!isKnown) deliveryLog.setStart(channel, newest?.id ?? '0');
			} catch (error) {
				if (strict && isRejected(error)) throw unreadableChannel(channel, error);
				if (!isKnown) deliveryLog.setStart(channel, snowflake());
			}
		}
	}

	/** Starts the next reading at once. */
	wake(): void {
		this.isWoken = true;
	}

	/** Reads all channels repeatedly until the signal is aborted. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			this.isWoken = false;
			await this.readAll(signal);
			await wait(this.options.interval, { signal, until: () => this.isWoken });
		}
	}

	private async readAll(signal: AbortSignal): Promise<void> {
		const { channels, monitor, prepare, channelDelay } = this.options;
		let failure: unknown;
		try {
			await prepare();
		} catch (error) {
			if (!signal.aborted) monitor.lost(error);
			return;
		}
		for (const channel of channels) {
			try {
				await this.read(channel, signal);
			} catch (error) {
				if (signal.aborted) return;
				failure = unreadableChannel(channel, error);
			}
			if (channel !== channels.at(-1)) await wait(channelDelay, { signal });
			if (signal.aborted) return;
		}
		if (failure === undefined) monitor.restored();
		else monitor.lost(failure);
	}

	/** Reads one channel from where the last reading ended. */
	private async read(channel: string, signal: AbortSignal): Promise<void> {
		const { client, deliveryLog, map, put, channelDelay, maxAge, maxCount } = this.options;
		const startedAt = Date.now();
		// What was posted since a recent reading is new, even if the service's clock is behind.
		const isNew =
			this.options.isOnlySource && startedAt - (this.lastRead.get(channel) ?? -Infinity) < maxAge;
		const { messages, skipped } = await fetchMessagesAfter(client, channel, {
			after: deliveryLog.startOf(channel) ?? '0',
			limits: { maxCount, since: isNew ? -Infinity : startedAt - maxAge },
			beforePage: async () => await wait(channelDelay, { signal }),
		});
		if (skipped.some((message) => map(message).some(this.options.isMissed))) {
			this.options.skipped(channel);
		}
		for (const message of messages) {
			for (const event of map(message)) await put(event);
		}
		// After an abort some events were not added, so the messages must not count as read.
		if (signal.aborted) return;
		deliveryLog.recordHistory(channel, [...skipped, ...messages], startedAt);
		this.lastRead.set(channel, startedAt);
	}
}

function unreadableChannel(channel: string, error: unknown): NodeFailure {
	const { message, description, httpCode, code } = toNodeFailure(error);
	return new NodeFailure(`The history of channel ${channel} cannot be read: ${message}`, {
		description: [
			description,
			"Check the channel ID and that the bot's role may read the message history, or remove the channel from the list",
		]
			.filter((sentence) => sentence !== undefined)
			.join('. '),
		httpCode,
		code,
	});
}
