import type { INodeParameters, ITriggerFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { WebSocket } from 'ws';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanbookTrigger } from '../../nodes/Fanbook/FanbookTrigger.node';
import { startTrigger } from '../../nodes/Fanbook/trigger/start';
import type { Timing } from '../../nodes/Fanbook/trigger/timing';
import type { Sandbox } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { DEMO } from '../../sandbox/demo';
import type { ActiveTrigger, HostOptions } from './trigger';
import { TriggerHost, until } from './trigger';

/** The trigger's times, short enough for tests. */
export const FAST: Timing = {
	gateway: {
		heartbeat: 400,
		acknowledgement: 300,
		opening: 2_000,
		shortestPause: 20,
		longestPause: 60,
		closing: 300,
	},
	sweep: 60_000,
	apart: 1,
	outage: 250,
	second: 15,
	hold: 1_000,
	pace: 10,
	again: [5, 5],
	patience: 1_000,
	closing: 900,
	seldom: 60_000,
};

export const { fanbook: demo } = DEMO;

/** A channel as the editor holds it. */
export function chosen(...ids: string[]): INodeParameters {
	return { channel: ids.map((value) => ({ channelId: { __rl: true, mode: 'id', value } })) };
}

/** The Fanbook Trigger against a sandbox of its own, with everything closed after each test. */
export class TriggerStage {
	sandbox: Sandbox;
	private readonly active: ActiveTrigger[] = [];

	private constructor(sandbox: Sandbox) {
		this.sandbox = sandbox;
	}

	/** To be called outside of tests: sets the stage up and takes it down. */
	static forTests(): { stage: TriggerStage } {
		const holder: { stage?: TriggerStage } = {};
		beforeAll(async () => {
			// Node.js has it from version 22 on.
			Object.assign(globalThis, { WebSocket });
			holder.stage = new TriggerStage(await startSandbox({ port: 0 }));
		});
		afterAll(async () => await holder.stage?.sandbox.close());
		beforeEach(() => holder.stage?.sandbox.reset());
		afterEach(async () => await holder.stage?.closeAll());
		return {
			get stage() {
				if (holder.stage === undefined) throw new Error('The stage stands only inside of tests');
				return holder.stage;
			},
		};
	}

	get fanbook() {
		return this.sandbox.fanbook;
	}

	/** An n8n with one workflow that begins with the trigger. */
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

	/** Activates and waits until the gateway pushes to it, also where it takes several attempts. */
	async connect(n8n: TriggerHost, activation?: WorkflowActivateMode): Promise<ActiveTrigger> {
		// One that ends may still be open here, so it is not enough to count those that are.
		const { connected } = this.fanbook.gateway.counts;
		const trigger = await this.activate(n8n, activation);
		await until(
			'the gateway has one more listener',
			() => this.fanbook.gateway.counts.connected > connected,
		);
		return trigger;
	}

	/** Somebody says something, in the lobby unless told. */
	say(text: string, channel: string = demo.lobbyChannelId) {
		return this.fanbook.say(channel, demo.userId, text);
	}

	/** How often a method was called. */
	calls(endpoint: string): number {
		return this.sandbox.requestLog.entries({ service: 'fanbook', endpoint }).length;
	}

	private async closeAll(): Promise<void> {
		for (const trigger of this.active.splice(0)) await trigger.close();
	}
}
