import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toNodeFailure } from '../../shared/errors';
import { hasWebSocket } from '../../shared/host';
import type { JsonObject } from '../../shared/json';
import { ApiClient } from '../../shared/client/apiClient';
import { fanbookApi } from '../api';
import { compareIds } from '../ids';
import { noWebSocket, notStarted, obstacle, overflow, passedOver, slowPattern } from './failures';
import { wanted } from './filter';
import { GatewayFeed } from './gatewayFeed';
import type { EventName, Happening } from './happening';
import { newestMessages } from './history';
import { HistoryReader } from './historyReader';
import { Identity } from './identity';
import { Intake } from './intake';
import { Ledger } from './ledger';
import { fromFrame, fromHistory } from './mapper';
import { isRefusal, Outage } from './outage';
import { readQueue } from './queueReader';
import type { Settings } from './settings';
import type { Timing } from './timing';
import { fromUpdate } from './updateMapper';
import { Voice } from './voice';
import { DEFAULT_RETRY_POLICY } from '../../shared/client/retryPolicy';

/** The trigger itself goes on trying, so a single call need not. */
const SHORT_PATIENCE = { ...DEFAULT_RETRY_POLICY, maxAttempts: 2, maxWaitMs: 60_000 };

/**
 * n8n starts what a trigger emits at once. A thousand missed messages would be a thousand
 * executions in one moment, under which its database gives way, so beyond a few the rest comes in
 * at a pace.
 */
const CROWD = { runs: 25, waiting: 10_000 };

/** What an outage is about, as the beginning of a sentence. */
const SOURCES = {
	gateway: 'The connection to the Fanbook gateway',
	updateQueue: 'Reading the update queue of Fanbook',
	channelHistory: 'Reading the history of the chosen channels',
} as const;

/** Modes of activation in which somebody is there to read why it does not work. */
const ATTENDED = ['activate', 'create', 'manual', 'update'];

/**
 * One trigger at work: it puts the transport of the chosen mode, the mapper, the filter and n8n
 * together, and takes them apart again.
 */
export class Watch {
	private readonly controller = new AbortController();
	private readonly signal = this.controller.signal;
	private readonly loops: Array<Promise<void>> = [];
	private readonly isTest: boolean;
	private readonly session: ApiClient;
	private readonly voice: Voice;
	private readonly bot: Identity;
	private readonly outage: Outage;
	private readonly ledger: Ledger;
	private readonly intake: Intake;
	private readonly reader: HistoryReader | undefined;
	private stopping: Promise<void> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly settings: Settings,
		private readonly timing: Timing,
	) {
		this.isTest = context.getMode() === 'manual';
		this.session = this.newSession();
		this.voice = new Voice(context, () => void this.stop(), timing.seldom);
		this.bot = new Identity(
			() => this.newSession(),
			(secret) => this.voice.hide(secret),
		);
		const { mode, catchUp } = settings;
		this.outage = this.newOutage(SOURCES[mode]);
		// A test leaves no trace.
		this.ledger = new Ledger(
			this.isTest ? {} : context.getWorkflowStaticData('node'),
			settings.channels,
		);
		this.intake = new Intake(
			(happening) => this.wanted(happening),
			this.ledger,
			{
				start: async (item, id) => await this.startRun(item, id),
				failed: (reason) => this.voice.saveSeldom(notStarted(reason)),
			},
			this.signal,
			settings.room ?? { ...CROWD, pace: timing.pace },
			timing.again,
		);
		if (catchUp || mode === 'channelHistory') this.reader = this.newReader();
	}

	/**
	 * Makes sure that the bot is accepted and that the channels can be read. Without a network it
	 * goes on: the trigger connects as soon as it can.
	 *
	 * @throws Failure when a user has to do something
	 */
	async prepare(): Promise<void> {
		this.voice.hideCredential(await this.session.secrets());
		const isGateway = this.settings.mode === 'gateway';
		if (isGateway && !hasWebSocket()) throw noWebSocket();
		try {
			if (isGateway) await this.bot.introduce();
			else {
				// Unlike getMe this leaves the gateway token of another trigger as it is.
				await this.session.fetch('GET getMyCommands');
				await this.bot.find();
			}
		} catch (error) {
			if (this.isTest || isRefusal(error)) throw obstacle(error);
			this.outage.down(error);
		}
		await this.reader?.begin(ATTENDED.includes(this.context.getActivationMode()));
		// n8n stores the static data when this is over: from now on no message can be missed.
		if (!this.isTest) this.ledger.store();
	}

	/** Starts to listen. Resolves when the first connection stands, rejects when it does not. */
	async listen(): Promise<void> {
		const { mode } = this.settings;
		if (this.reader !== undefined) this.loops.push(this.reader.run(this.signal));
		if (mode === 'updateQueue') this.loops.push(this.readQueue());
		if (mode !== 'gateway') return;
		const feed = this.newFeed();
		const answer = feed.firstAnswer();
		this.loops.push(feed.run(this.signal));
		await answer;
	}

	/**
	 * Shows the newest message of the chosen channels that fits, if that is what a test shall do.
	 * False when there is nothing to show.
	 */
	async showLast(): Promise<boolean> {
		if (!this.settings.testWithLast) return false;
		let last: { id: string; happening: Happening } | undefined;
		for (const channel of this.settings.channels) {
			for (const { id, data } of await newestMessages(this.session, channel, 100)) {
				for (const happening of fromHistory(data, this.bot.id)) {
					const isNewer = last === undefined || compareIds(id, last.id) > 0;
					if (isNewer && this.wanted(happening) !== undefined) last = { id, happening };
				}
			}
		}
		if (last !== undefined) this.intake.offer(last.happening);
		return last !== undefined;
	}

	/** Ends everything within a second. Can be called again. */
	async stop(): Promise<void> {
		this.stopping ??= this.end();
		await this.stopping;
	}

	/** Whatever went wrong, as n8n shows it. */
	explain(error: unknown) {
		return this.voice.explain(error);
	}

	private async end(): Promise<void> {
		this.controller.abort();
		await Promise.race([Promise.allSettled(this.loops), sleep(this.timing.closing)]);
	}

	private wanted(happening: Happening): EventName | undefined {
		try {
			return wanted(happening, this.settings.wishes, this.bot.id);
		} catch (error) {
			this.voice.saveSeldom(slowPattern(error));
			return undefined;
		}
	}

	private newSession(): ApiClient {
		return new ApiClient(this.context, fanbookApi, SHORT_PATIENCE, this.signal);
	}

	private newOutage(what: string): Outage {
		return new Outage(what, this.voice, this.timing.outage);
	}

	private get pollInterval(): number {
		return Math.max(this.settings.pollInterval, 1) * this.timing.second;
	}

	private newReader(): HistoryReader {
		const { mode, channels, maxAge, maxCount } = this.settings;
		return new HistoryReader(
			this.session,
			channels,
			this.ledger,
			async () => await this.bot.find(),
			({ data }) => fromHistory(data, this.bot.id),
			async (happening) => await this.intake.put(happening),
			mode === 'channelHistory' ? this.outage : this.newOutage(SOURCES.channelHistory),
			(channel) => this.voice.saveSeldom(passedOver(channel)),
			{
				every: mode === 'gateway' ? this.timing.sweep : this.pollInterval,
				apart: this.timing.apart,
				maxAge: maxAge * 3_600_000,
			},
			maxCount,
		);
	}

	private newFeed(): GatewayFeed {
		const { context, session, bot, voice, timing, outage } = this;
		return new GatewayFeed({
			context,
			session,
			bot,
			voice,
			timing,
			outage,
			connected: () => this.reader?.wake(),
			frame: (frame) => {
				const offers = fromFrame(frame, bot.id).map((happening) => this.intake.offer(happening));
				if (offers.includes(false)) voice.saveSeldom(overflow());
			},
		});
	}

	private async readQueue(): Promise<void> {
		const { longPolling, circleUpdates } = this.settings;
		await readQueue(
			this.session,
			{
				hold: longPolling ? this.timing.hold : undefined,
				every: this.pollInterval,
				longestPause: 60 * this.timing.second,
			},
			circleUpdates,
			async () => await this.bot.find(),
			async (update) => {
				for (const happening of fromUpdate(update, this.bot.id)) await this.intake.put(happening);
			},
			this.outage,
			this.signal,
		);
	}

	private async startRun(item: JsonObject, id: string | undefined): Promise<void> {
		const { context } = this;
		if (this.isTest) {
			// The first event ends a test; n8n shows it and asks for no more.
			context.emit([[{ json: item }]]);
			void this.stop();
			return;
		}
		// n8n stores the static data with the emit, so it has to be up to date before.
		this.ledger.store();
		const done = context.helpers.createDeferredPromise<IRun>();
		context.emit([[{ json: item }]], undefined, done, this.keyOf(id));
		try {
			await done.promise;
		} catch (error) {
			// Somebody stopped the run, so there was one.
			if (!(error instanceof Error && error.name.includes('Cancelled'))) throw toNodeFailure(error);
		}
	}

	/** Unique in the whole instance; n8n drops an emit whose key belongs to an execution it keeps. */
	private keyOf(id: string | undefined): string | undefined {
		if (id === undefined) return undefined;
		return `${String(this.context.getWorkflow().id)}:${this.context.getNode().id}:${id}`;
	}
}
