import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { FanfouTrigger } from '../../nodes/Fanfou/FanfouTrigger.node';
import type { Sandbox } from '../../sandbox/index';
import { PollHost } from './polling';
import { TOKENS } from './fanfouHarness';

/** A Fanfou Trigger that tests poll in n8n's own context. */
export class FanfouTriggerHarness {
	private readonly host = new PollHost();

	constructor(private readonly sandbox: () => Sandbox) {}

	/** Static data as stored, which survives a restart. */
	get disk(): string {
		return this.host.disk;
	}

	set disk(data: string) {
		this.host.disk = data;
	}

	/** Messages of failed executions that it saved. */
	get reported(): string[] {
		return this.host.reported;
	}

	reset(): void {
		this.host.reset();
	}

	async poll(
		parameters: INodeParameters,
		mode: 'manual' | 'trigger' = 'trigger',
		credentialId?: string,
	): Promise<IDataObject[]> {
		const { fanfouApi: baseUrl, fanfouLogin: loginUrl } = this.sandbox().urls;
		return await this.host.poll({
			node: new FanfouTrigger(),
			parameters,
			credentials: { fanfouOAuth1Api: { ...TOKENS, baseUrl, loginUrl } },
			credentialTypes: { fanfouOAuth1Api: new FanfouOAuth1Api() },
			credentialId,
			mode,
		});
	}
}
