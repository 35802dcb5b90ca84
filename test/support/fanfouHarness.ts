import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { Fanfou } from '../../nodes/Fanfou/Fanfou.node';
import type { Sandbox } from '../../sandbox/index';
import { DEMO } from '../../sandbox/demo';
import { runNode } from './n8n';
import type { RunOptions } from './n8n';

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

export interface FanfouRunOptions extends Partial<
	Omit<RunOptions, 'items' | 'parameters' | 'credentials'>
> {
	/** Instead of the usual token pair. */
	credential?: IDataObject;
	items?: Array<{ json: IDataObject; binary?: IBinaryKeyData }>;
}

/** Runs the Fanfou node against a sandbox. */
export function fanfouRunner(sandbox: () => Sandbox) {
	const node = new Fanfou();
	const type = new FanfouOAuth1Api();
	return async (
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		{ credential, ...more }: FanfouRunOptions = {},
	) => {
		const { fanfouApi: baseUrl, fanfouLogin: loginUrl } = sandbox().urls;
		const data = { baseUrl, loginUrl, ...(credential ?? TOKENS) };
		return await runNode({
			node,
			parameters: { resource, operation, ...parameters },
			credentials: { fanfouOAuth1Api: JSON.parse(JSON.stringify(data)) },
			credentialTypes: { fanfouOAuth1Api: type },
			...more,
		});
	};
}
