import { parseArgs } from 'node:util';
import { DEFAULT_PORT, startSandbox } from './index';
import { DEMO } from './demo';

function print(lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string' } } });
	const port = Number(values.port ?? DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new RangeError('--port must be a number from 0 to 65535');
	}
	const sandbox = await startSandbox({
		port,
		logger: ({ method, path, status, ms, violations }) => {
			const details = violations.map(({ message }) => ` - ${message}`).join('');
			print([`${status} ${method} ${path} (${ms} ms)${details}`]);
		},
	});
	// A demo should not run into the rate limit. `POST /_admin/fanvue/rateLimit` changes it.
	sandbox.fanvue.baseline.rateLimit.size = 5000;
	sandbox.fanvue.reset();
	const stop = (): void => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	const { fanvue, fanfou, fanbook } = DEMO;
	print([
		`Sandbox          ${sandbox.url}`,
		'',
		`Fanvue API       ${sandbox.urls.fanvueApi}`,
		`Fanvue login     ${sandbox.urls.fanvueLogin}`,
		`  client         ${fanvue.clientId} / ${fanvue.clientSecret}`,
		`Fanfou API       ${sandbox.urls.fanfouApi}`,
		`Fanfou login     ${sandbox.urls.fanfouLogin}`,
		`  app            ${fanfou.consumerKey} / ${fanfou.consumerSecret}`,
		`  access token   ${fanfou.accessToken} / ${fanfou.accessTokenSecret}`,
		`  user           ${fanfou.userName} / ${fanfou.password}`,
		`Fanbook          ${sandbox.urls.fanbook}`,
		`Fanbook gateway  ${sandbox.urls.fanbookGateway}`,
		`  bot token      ${fanbook.botToken}`,
	]);
}

main().catch((thrown: unknown) => {
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	process.stderr.write(`The sandbox failed to start: ${message}\n`);
	process.exitCode = 1;
});
