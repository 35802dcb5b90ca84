import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toNodeFailure } from '../../shared/errors';
import { hasWebSocket } from '../../shared/host';
import { ApiClient } from '../../shared/client/apiClient';
import { DEFAULT_RETRY_POLICY } from '../../shared/client/retryPolicy';
import { fanbookApi } from '../api';
import { compareIds } from '../ids';
import { BotIdentity } from './botIdentity';
import { ConnectionMonitor, isRejected } from './connectionMonitor';
import { DeliveryLog } from './deliveryLog';
import type { EventName, FanbookEvent } from './events/event';
import { matchEvent } from './events/filter';
import { mapFrame, mapHistoryMessage } from './events/frameMapper';
import { mapUpdate } from './events/updateMapper';
import {
	activationFailure,
	invalidUpdate,
	messagesSkipped,
	patternFailed,
	queueFull,
	startFailed,
	webSocketMissing,
} from './failures';
import { GatewayReader } from './gateway/gatewayReader';
import { fetchNewestMessages } from './history/fetchMessages';
import { HistoryReader } from './history/historyReader';
import { readQueue } from './queue/queueReader';
import { Reporter } from './reporter';
import type { OutputEvent, QueueLimits } from './runQueue';
import { RunQueue } from './runQueue';
import type { Settings } from './settings';
import type { Timing } from './timing';
import { wait } from './wait';
import { nodeStaticData } from '../../shared/staticData';

/** The trigger repeats failed requests itself, so a single request needs few attempts. */
const RETRY_POLICY = { ...DEFAULT_RETRY_POLICY, maxAttempts: 2, maxWaitMs: 60_000 };

/**
 * Limits without Wait for the Workflow to Finish. n8n starts every emitted event at once; its
 * database cannot take a thousand missed messages in one moment.
 */
const DEFAULT_LIMITS: QueueLimits = { maxRuns: 25, maxWaiting: 10_000 };

/** Number of messages per channel that a test looks through. */
const TEST_MESSAGE_COUNT = 100;

/** Names of the connections, as the start of a sentence. */
const CONNECTION_NAMES = {
	gateway: 'The connection to the Fanbook gateway',
	updateQueue: 'Reading the update queue of Fanbook',
	channelHistory: 'Reading the history of the chosen channels',
	circleUpdates: 'Reading the circle updates of Fanbook',
} as const;

/** Activation modes in which a user sees the error. */
const INTERACTIVE_ACTIVATIONS = ['activate', 'create', 'manual', 'update'];

/**
 * Runs one trigger: connects the transport of the chosen mode, the mappers, the filter and n8n, and
 * stops them.
 */
export class TriggerRunner {
	private readonly controller = new AbortController();
	private readonly signal = this.controller.signal;
	private readonly loops: Array<Promise<void>> = [];
	private readonly isTest: boolean;
	private readonly client: ApiClient;
	private readonly reporter: Reporter;
	private readonly bot: BotIdentity;
	private readonly monitor: ConnectionMonitor;
	private readonly deliveryLog: DeliveryLog;
	private readonly runQueue: RunQueue;
	private readonly historyReader: HistoryReader | undefined;
	private stopping: Promise<void> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly settings: Settings,
		private readonly timing: Timing,
	) {
		const { mode, catchUp, channels, queueLimits } = settings;
		const { reportInterval, startInterval, startRetryDelays } = timing;
		this.isTest = context.getMode() === 'manual';
		this.client = this.createClient();
		this.reporter = new Reporter(context, { stop: () => void this.stop(), reportInterval });
		this.bot = new BotIdentity({
			createClient: () => this.createClient(),
			addToken: (token) => this.reporter.addToken(token),
		});
		this.monitor = this.createMonitor(CONNECTION_NAMES[mode]);
		// A test must not change what is stored.
		const staticData = this.isTest ? {} : nodeStaticData(context);
		this.deliveryLog = new DeliveryLog(staticData, channels);
		this.runQueue = new RunQueue({
			matchEvent: (event) => this.match(event),
			deliveryLog: this.deliveryLog,
			starter: {
				start: async (item, id) => await this.startRun(item, id),
				failed: (reason) => this.reporter.saveThrottled(startFailed(reason)),
			},
			signal: this.signal,
			limits: queueLimits ?? { ...DEFAULT_LIMITS, startInterval },
			startRetryDelays,
		});
		if (catchUp || mode === 'channelHistory') this.historyReader = this.createHistoryReader();
	}

	/**
	 * Checks that Fanbook accepts the bot and that the channels can be read. Without a network it
	 * returns all the same: the trigger connects as soon as it can.
	 *
	 * @throws NodeFailure when the user has to change something
	 */
	async prepare(): Promise<void> {
		this.reporter.setCredential(await this.client.secrets());
		const isGateway = this.settings.mode === 'gateway';
		if (isGateway && !hasWebSocket()) throw webSocketMissing();
		try {
			if (isGateway) await this.bot.fetch();
			else {
				// Unlike getMe this keeps the gateway token of another trigger valid.
				await this.client.fetch('GET getMyCommands');
				await this.bot.ensureId();
			}
		} catch (error) {
			if (this.isTest || isRejected(error)) throw activationFailure(error);
			this.monitor.lost(error);
		}
		await this.historyReader?.initialize(
			INTERACTIVE_ACTIVATIONS.includes(this.context.getActivationMode()),
		);
		// n8n stores the static data after this, so no later message can be missed.
		if (!this.isTest) this.deliveryLog.store();
	}

	/** Starts to listen. Resolves with the first connection, rejects when the first attempt fails. */
	async listen(): Promise<void> {
		const { mode } = this.settings;
		if (this.historyReader !== undefined) this.loops.push(this.historyReader.run(this.signal));
		if (mode === 'updateQueue') this.loops.push(this.readQueue());
		if (mode !== 'gateway') return;
		const reader = this.createGatewayReader();
		const connected = reader.firstConnection();
		this.loops.push(reader.run(this.signal));
		await connected;
	}

	/**
	 * Emits the newest matching message of the chosen channels, if a test is set up to do so.
	 * Returns false when there is none.
	 */
	async emitLastMessage(): Promise<boolean> {
		if (!this.settings.testWithLastMessage) return false;
		let last: { id: string; event: FanbookEvent } | undefined;
		for (const channel of this.settings.channels) {
			for (const { id, data } of await fetchNewestMessages(
				this.client,
				channel,
				TEST_MESSAGE_COUNT,
			)) {
				for (const event of mapHistoryMessage(data, this.bot.id)) {
					const isNewer = last === undefined || compareIds(id, last.id) > 0;
					if (isNewer && this.match(event) !== undefined) last = { id, event };
				}
			}
		}
		if (last !== undefined) this.runQueue.offer(last.event);
		return last !== undefined;
	}

	/** Stops everything within a second. Can be called repeatedly. */
	async stop(): Promise<void> {
		this.stopping ??= this.shutDown();
		await this.stopping;
	}

	/** Converts anything thrown to the error that n8n shows. */
	toNodeError(error: unknown) {
		return this.reporter.toNodeError(error);
	}

	private async shutDown(): Promise<void> {
		this.controller.abort();
		await Promise.race([Promise.allSettled(this.loops), sleep(this.timing.closeTimeout)]);
	}

	private match(event: FanbookEvent): EventName | undefined {
		try {
			return matchEvent(event, this.settings.filter, this.bot.id);
		} catch (error) {
			this.reporter.saveThrottled(patternFailed(error));
			return undefined;
		}
	}

	private createClient(): ApiClient {
		return new ApiClient(this.context, fanbookApi, RETRY_POLICY, this.signal);
	}

	private createMonitor(subject: string): ConnectionMonitor {
		const { reporter } = this;
		return new ConnectionMonitor({
			subject,
			reporter,
			reportDelay: this.timing.outageReportDelay,
		});
	}

	private get pollInterval(): number {
		return Math.max(this.settings.pollInterval, 1) * this.timing.second;
	}

	private createHistoryReader(): HistoryReader {
		const { mode, channels, maxAge, maxCount } = this.settings;
		const { sweepInterval, channelDelay } = this.timing;
		return new HistoryReader({
			client: this.client,
			channels,
			deliveryLog: this.deliveryLog,
			monitor:
				mode === 'channelHistory'
					? this.monitor
					: this.createMonitor(CONNECTION_NAMES.channelHistory),
			prepare: async () => await this.bot.ensureId(),
			map: ({ data }) => mapHistoryMessage(data, this.bot.id),
			put: async (event) => await this.runQueue.put(event),
			isMissed: (event) => !this.deliveryLog.isKnown(event.id) && this.match(event) !== undefined,
			skipped: (channel) => this.reporter.saveThrottled(messagesSkipped(channel)),
			interval: mode === 'gateway' ? sweepInterval : this.pollInterval,
			channelDelay,
			maxAge: maxAge * 3_600_000,
			isOnlySource: mode === 'channelHistory',
			maxCount,
		});
	}

	private createGatewayReader(): GatewayReader {
		const { context, client, bot, reporter, monitor, timing } = this;
		return new GatewayReader({
			context,
			client,
			bot,
			reporter,
			monitor,
			timing: timing.gateway,
			connected: () => this.historyReader?.wake(),
			frame: (frame) => {
				for (const event of mapFrame(frame, bot.id)) {
					if (event.names.includes('memberJoined') && event.id === undefined) {
						void this.offerLater(event);
					} else this.offer(event);
				}
			},
		});
	}

	private offer(event: FanbookEvent): void {
		if (!this.runQueue.offer(event)) this.reporter.saveThrottled(queueFull());
	}

	/** Offers the notice of a join, which is a duplicate if the message of the join arrives meanwhile. */
	private async offerLater(event: FanbookEvent): Promise<void> {
		await wait(this.timing.joinNoticeDelay, { signal: this.signal });
		this.offer(event);
	}

	private async readQueue(): Promise<void> {
		const { longPolling, circleUpdates } = this.settings;
		await readQueue({
			client: this.client,
			monitor: this.monitor,
			signal: this.signal,
			circleMonitor: circleUpdates ? this.createMonitor(CONNECTION_NAMES.circleUpdates) : undefined,
			prepare: async () => await this.bot.ensureId(),
			put: async (updates) => {
				for (const update of updates) {
					for (const event of mapUpdate(update, this.bot.id)) await this.runQueue.put(event);
				}
				if (updates.length > 0) await this.runQueue.started(this.timing.startTimeout);
			},
			invalidUpdate: () => this.reporter.saveThrottled(invalidUpdate()),
			longPollTimeout: longPolling ? this.timing.longPollTimeout : undefined,
			interval: this.pollInterval,
			maxDelay: 60 * this.timing.second,
		});
	}

	private async startRun(item: OutputEvent, id: string | undefined): Promise<void> {
		const { context } = this;
		if (this.isTest) {
			// A test ends with its first event.
			context.emit([[{ json: item }]]);
			void this.stop();
			return;
		}
		// n8n stores the static data with each emit, so it has to be up to date before.
		this.deliveryLog.store(id);
		const done = context.helpers.createDeferredPromise<IRun>();
		context.emit([[{ json: item }]], undefined, done, this.executionKey(id));
		try {
			await done.promise;
		} catch (error) {
			// A cancelled run has started.
			if (!(error instanceof Error && error.name.includes('Cancelled'))) throw toNodeFailure(error);
		}
	}

	/** Returns a key unique to the instance. n8n drops an emit whose key belongs to a kept execution. */
	private executionKey(id: string | undefined): string | undefined {
		if (id === undefined) return undefined;
		return `${String(this.context.getWorkflow().id)}:${this.context.getNode().id}:${id}`;
	}
}
