import type { ITriggerFunctions } from 'n8n-workflow';
import { toNodeFailure, NodeFailure } from '../../shared/errors';
import { checkEgress } from '../../shared/host';
import type { JsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import { Gateway, gatewayAddress } from './gateway';
import type { Identity } from './identity';
import type { Outage } from './outage';
import { unreadable } from './failures';
import type { Voice } from './voice';
import type { Timing } from './timing';

const DEFAULT_ADDRESS = 'wss://gateway-bot.fanbook.mobi/websocket';

/** Where the gateway is, as the credential says. */
export function gatewayBase(given: unknown): string {
	return (typeof given === 'string' && given.trim()) || DEFAULT_ADDRESS;
}

/** What the feed needs to know and whom it tells. */
export interface FeedParts {
	context: ITriggerFunctions;
	session: ApiClient;
	bot: Identity;
	outage: Outage;
	voice: Voice;
	timing: Timing;
	connected: () => void;
	frame: (frame: JsonObject) => void;
}

/** The gateway client of one bot, with everything n8n wants to have a say in. */
export class GatewayFeed {
	private readonly gateway: Gateway;
	private first: ((reason?: unknown) => void) | undefined;

	constructor(private readonly parts: FeedParts) {
		const { outage, voice } = parts;
		this.gateway = new Gateway(
			{
				address: async () => await this.address(),
				connected: () => {
					outage.up();
					this.first?.();
					parts.connected();
				},
				lost: (reason) => {
					this.first?.(reason);
					outage.down(reason);
				},
				frame: parts.frame,
				unreadable: () => {
					voice.saveSeldom(unreadable());
				},
			},
			parts.timing.gateway,
		);
	}

	/** Runs until the signal says stop. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		await this.gateway.run(signal);
	}

	/**
	 * Resolves when the gateway has answered for the first time.
	 *
	 * @throws when the first attempt was in vain
	 */
	async firstAnswer(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.first = (reason) => {
				this.first = undefined;
				if (reason === undefined) resolve();
				else reject(toNodeFailure(reason));
			};
		});
	}

	private async address(): Promise<string> {
		const { session, bot } = this.parts;
		const { gatewayUrl } = await session.credentialSettings();
		const base = gatewayBase(gatewayUrl);
		await this.checkAllowed(base);
		return gatewayAddress(base, await bot.freshToken(), bot.id);
	}

	/** An instance can forbid addresses, and a WebSocket does not pass n8n's own helpers. */
	private async checkAllowed(address: string): Promise<void> {
		if (!/^wss?:\/\/[^/?#\s]+/.test(address)) return;
		const verdict = await checkEgress(this.parts.context, address);
		if (verdict?.isAllowed !== false) return;
		throw new NodeFailure('This n8n does not allow connections to the Fanbook gateway', {
			description: verdict.reason,
		});
	}
}
