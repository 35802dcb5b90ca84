import type { INodeParameters, ITriggerFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { WebSocket } from 'ws';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanbookTrigger } from '../../nodes/Fanbook/FanbookTrigger.node';
import { startTrigger } from '../../nodes/Fanbook/trigger/start';
import type { Timing } from '../../nodes/Fanbook/trigger/timing';
import type { Sandbox } from '../../sandbox';
import { startSandbox } from './sandbox';
import { DEMO } from '../../sandbox/demo';
import type { ActiveTrigger, HostOptions } from './trigger';
import { TriggerHost, until } from './trigger';

/** Times of the trigger for tests. */
export const FAST: Timing = {
	gateway: {
		heartbeatInterval: 400,
		acknowledgementTimeout: 300,
		openTimeout: 2_000,
		minReconnectDelay: 20,
		maxReconnectDelay: 60,
		stablePeriod: 0,
		closeTimeout: 300,
	},
	sweepInterval: 60_000,
	channelDelay: 1,
	outageReportDelay: 250,
	second: 15,
	longPollTimeout: 1_000,
	joinNoticeDelay: 50,
	startInterval: 10,
	startRetryDelays: [5, 5],
	startTimeout: 20,
	activationTimeout: 1_000,
	closeTimeout: 900,
	reportInterval: 60_000,
};

export const { fanbook: demo } = DEMO;

/** Returns the parameter Channels with the given ids. */
export function chosen(...ids: string[]): INodeParameters {
	return { channel: ids.map((value) => ({ channelId: { __rl: true, mode: 'id', value } })) };
}

/** Runs the Fanbook Trigger against its own sandbox. */
export class TriggerHarness {
	private started?: Sandbox;
	private readonly active: ActiveTrigger[] = [];

	/** Starts a sandbox for a test file. Between the tests it is reset and all triggers are closed. */
	static forTests(): TriggerHarness {
		const harness = new TriggerHarness();
		beforeAll(async () => {
			// Node.js has WebSocket since version 22.
			Object.assign(globalThis, { WebSocket });
			harness.started = await startSandbox({ port: 0 });
		});
		afterAll(async () => await harness.started?.close());
		beforeEach(() => harness.started?.reset());
		afterEach(async () => await harness.closeAll());
		return harness;
	}

	get sandbox(): Sandbox {
		if (this.started === undefined) throw new Error('The sandbox runs only during tests');
		return this.started;
	}

	/** Replaces the sandbox, for example after a restart. */
	set sandbox(sandbox: Sandbox) {
		this.started = sandbox;
	}

	get fanbook() {
		return this.sandbox.fanbook;
	}

	/** Returns a host with one workflow that starts with the trigger. */
	n8n(
		parameters: INodeParameters,
		more: Partial<HostOptions> & {
			timing?: Partial<Timing>;
			credential?: Record<string, string>;
		} = {},
	): TriggerHost {
		const { timing, credential, ...options } = more;
		const times = { ...FAST, ...timing };
		class QuickTrigger extends FanbookTrigger {
			override async trigger(this: ITriggerFunctions) {
				return await startTrigger(this, times);
			}
		}
		return new TriggerHost({
			node: new QuickTrigger(),
			parameters: { connectionMode: 'gateway', events: ['message'], ...parameters },
			credentials: {
				fanbookBotApi: {
					botToken: demo.botToken,
					host: this.sandbox.urls.fanbook,
					gatewayUrl: this.sandbox.urls.fanbookGateway,
					...credential,
				},
			},
			credentialTypes: { fanbookBotApi: new FanbookBotApi() },
			...options,
		});
	}

	async activate(n8n: TriggerHost, activation?: WorkflowActivateMode): Promise<ActiveTrigger> {
		const trigger = await n8n.activate(activation);
		this.active.push(trigger);
		return trigger;
	}

	/** Activates the trigger and waits until the gateway is connected. */
	async connect(n8n: TriggerHost, activation?: WorkflowActivateMode): Promise<ActiveTrigger> {
		// A closing connection may still count as open, so open connections cannot be counted.
		const { connected } = this.fanbook.gateway.counts;
		const trigger = await this.activate(n8n, activation);
		await until(
			'the gateway is connected',
			() => this.fanbook.gateway.counts.connected > connected,
		);
		return trigger;
	}

	/** Posts a message as a user, by default in the lobby. */
	say(text: string, channel: string = demo.lobbyChannelId) {
		return this.fanbook.say(channel, demo.userId, text);
	}

	/** Returns how often a method was called. */
	calls(endpoint: string): number {
		return this.sandbox.requestLog.entries({ service: 'fanbook', endpoint }).length;
	}

	private async closeAll(): Promise<void> {
		for (const trigger of this.active.splice(0)) await trigger.close();
	}
}
