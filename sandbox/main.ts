import { DEMO } from './demo';
import { startSandbox, type Sandbox } from './index';
import { HELP, readOptions, type SeedAction } from './options';

function print(lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

async function runSeed(sandbox: Sandbox, actions: SeedAction[]): Promise<void> {
	for (const [index, { service, action, input }] of actions.entries()) {
		const table = sandbox[service].actions;
		const run = Object.hasOwn(table, action) ? table[action] : undefined;
		const at = `--seed: entry ${index + 1}`;
		if (!run) throw new TypeError(`${at}: ${service} has no action "${action}"`);
		try {
			await run(input);
		} catch (thrown) {
			const reason = thrown instanceof Error ? thrown.message : String(thrown);
			throw new TypeError(`${at} (${service} ${action}): ${reason}`);
		}
	}
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		print([HELP]);
		return;
	}
	const sandbox = await startSandbox({
		port: options.port,
		...(options.quiet
			? {}
			: {
					logger: ({ method, path, status, ms, violations }) => {
						const details = violations.map(({ message }) => ` - ${message}`).join('');
						print([`${status} ${method} ${path} (${ms} ms)${details}`]);
					},
				}),
	});
	// A demo should not run into the rate limit. `POST /_admin/fanvue/rateLimit` changes it.
	sandbox.fanvue.baseline.rateLimit.size = 5000;
	sandbox.reset();
	try {
		await runSeed(sandbox, options.seed);
		if (options.seed.length > 0) sandbox.snapshots.add('Sample data and seed file');
	} catch (thrown) {
		await sandbox.close();
		throw thrown;
	}
	for (const fault of options.faults) sandbox.faults.add(fault);
	const stop = (): void => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	const { fanvue, fanfou, fanbook } = DEMO;
	print([
		`Sandbox          ${sandbox.url}  (open it in a browser)`,
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
