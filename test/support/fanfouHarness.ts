import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { Fanfou } from '../../nodes/Fanfou/Fanfou.node';
import { DEMO } from '../../sandbox/demo';
import type { CredentialData } from './credentials';
import type { RunOptions, RunResult } from './n8n';
import { ServiceHarness } from './serviceHarness';

export const TOKENS = {
	consumerKey: DEMO.fanfou.consumerKey,
	consumerSecret: DEMO.fanfou.consumerSecret,
	accessToken: DEMO.fanfou.accessToken,
	accessTokenSecret: DEMO.fanfou.accessTokenSecret,
};

/** Every secret of the sandbox's account; none may appear in an execution. */
export const SECRETS = [
	DEMO.fanfou.consumerSecret,
	DEMO.fanfou.accessToken,
	DEMO.fanfou.accessTokenSecret,
	DEMO.fanfou.password,
];

export interface FanfouRunOptions extends Partial<RunOptions> {
	/** Instead of the usual token pair. */
	credential?: IDataObject;
}

/** Runs the Fanfou node, by default as the demo account. */
export class FanfouHarness extends ServiceHarness {
	/** Returns the credential of an account; without fields the one of the demo account. */
	credential(fields: IDataObject = TOKENS): CredentialData {
		const { fanfouApi: baseUrl, fanfouLogin: loginUrl } = this.sandbox.urls;
		// A copy, as n8n passes one on.
		return { fanfouOAuth1Api: JSON.parse(JSON.stringify({ baseUrl, loginUrl, ...fields })) };
	}

	override async run(
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		{ credential, ...more }: FanfouRunOptions = {},
	): Promise<RunResult> {
		const credentials = this.credential(credential);
		return await super.run(resource, operation, parameters, { credentials, ...more });
	}

	protected node(): Fanfou {
		return new Fanfou();
	}

	protected credentialTypes() {
		return { fanfouOAuth1Api: new FanfouOAuth1Api() };
	}
}
