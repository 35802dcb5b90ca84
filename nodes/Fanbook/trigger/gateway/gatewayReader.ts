import type { ITriggerFunctions } from 'n8n-workflow';
import { readGatewayUrl } from '../../../../credentials/fanbook/gatewayUrl';
import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import { checkEgress } from '../../../shared/host';
import type { JsonObject } from '../../../shared/json';
import type { ApiClient } from '../../../shared/client/apiClient';
import type { BotIdentity } from '../botIdentity';
import type { ConnectionMonitor } from '../connectionMonitor';
import { invalidFrame } from '../failures';
import type { Reporter } from '../reporter';
import { GatewayClient, gatewayAddress } from './gatewayClient';
import type { GatewayTiming } from './gatewayClient';

const ALLOW_HOST =
	'Have the administrator of n8n allow the host of Gateway URL (N8N_SSRF_ALLOWED_HOSTNAMES)';

export interface GatewayReaderOptions {
	context: ITriggerFunctions;
	client: ApiClient;
	bot: BotIdentity;
	monitor: ConnectionMonitor;
	reporter: Reporter;
	timing: GatewayTiming;
	connected: () => void;
	frame: (frame: JsonObject) => void;
}

/** Runs the gateway client for one bot: provides its address and reports its state to n8n. */
export class GatewayReader {
	private readonly gateway: GatewayClient;
	private settleFirst: ((reason?: unknown) => void) | undefined;

	constructor(private readonly options: GatewayReaderOptions) {
		const { monitor, reporter, timing } = options;
		this.gateway = new GatewayClient(
			{
				address: async () => await this.address(),
				connected: () => {
					this.settleFirst?.();
					options.connected();
				},
				// A connection that breaks again and again is one outage.
				stable: () => monitor.restored(),
				lost: (reason) => {
					this.settleFirst?.(reason);
					monitor.lost(reason);
				},
				frame: options.frame,
				invalidFrame: () => {
					reporter.saveThrottled(invalidFrame());
				},
			},
			timing,
		);
	}

	/** Runs until the signal is aborted. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		await this.gateway.run(signal);
	}

	/**
	 * Resolves when the gateway has answered for the first time.
	 *
	 * @throws NodeFailure when the first attempt to connect fails
	 */
	async firstConnection(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.settleFirst = (reason) => {
				this.settleFirst = undefined;
				if (reason === undefined) resolve();
				else reject(toNodeFailure(reason));
			};
		});
	}

	private async address(): Promise<string> {
		const { client, bot } = this.options;
		const credential = await client.credentialSettings();
		const url = readGatewayUrl(credential.gatewayUrl);
		await this.checkAllowed(url);
		return gatewayAddress(url, { userToken: await bot.freshToken(), botId: bot.id });
	}

	/** Applies the address policy of n8n, which its own helpers apply to HTTP requests only. */
	private async checkAllowed(address: string): Promise<void> {
		if (!/^wss?:\/\/[^/?#\s]+/.test(address)) return;
		const verdict = await checkEgress(this.options.context, address);
		if (verdict?.isAllowed !== false) return;
		throw new NodeFailure('This n8n does not allow connections to the Fanbook gateway', {
			description: [verdict.reason, ALLOW_HOST].filter((text) => text !== undefined).join('. '),
		});
	}
}
