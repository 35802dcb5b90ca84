import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { DEMO } from '../../sandbox/demo';
import type { Sandbox } from '../../sandbox';

const SCRIPT = join(__dirname, '..', 'sandbox', 'fanfou', 'sdkWorker.mjs');

/**
 * fanfou-sdk, the client that most Fanfou programs use, in a process of its own. It shares no code with the
 * nodes and the sandbox.
 */
export class FanfouSdk {
	private readonly process: ChildProcessWithoutNullStreams;
	private readonly lines: Interface;
	private readonly results: AsyncIterator<string>;

	/** @param options those of fanfou-sdk, and `rewrites` of its base strings */
	constructor(options: object) {
		this.process = spawn(process.execPath, [SCRIPT, JSON.stringify(options)]);
		this.lines = createInterface({ input: this.process.stdout });
		this.results = this.lines[Symbol.asyncIterator]();
	}

	/** An SDK whose requests go to the sandbox, with the password of the demo user. */
	static forSandbox({ port }: Sandbox): FanfouSdk {
		const host = `127.0.0.1:${port}`;
		return new FanfouSdk({
			consumerKey: DEMO.fanfou.consumerKey,
			consumerSecret: DEMO.fanfou.consumerSecret,
			username: DEMO.fanfou.userName,
			password: DEMO.fanfou.password,
			apiDomain: `${host}/fanfou`,
			oauthDomain: `${host}/fanfou-login`,
			rewrites: [
				[`${host}/fanfou-login`, 'fanfou.com'],
				[`${host}/fanfou`, 'api.fanfou.com'],
			],
		});
	}

	/**
	 * Calls a method.
	 *
	 * @param parameters `{ $file: path }` becomes a read stream
	 * @returns `{ value }`, or `{ error }` with the message
	 */
	async call(method: string, ...parameters: unknown[]): Promise<object> {
		this.process.stdin.write(`${JSON.stringify([method, ...parameters])}\n`);
		const { value, done } = await this.results.next();
		if (done === true) throw new Error('fanfou-sdk has ended');
		const result: unknown = JSON.parse(value);
		if (typeof result !== 'object' || result === null) throw new Error(value);
		return result;
	}

	async close(): Promise<void> {
		this.process.stdin.end();
		this.lines.close();
		await new Promise((resolve) => this.process.once('close', resolve));
	}
}
