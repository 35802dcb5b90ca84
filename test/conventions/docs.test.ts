import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the pages of the services match the tables', () => {
	const root = join(__dirname, '../..');
	const run = spawnSync(
		process.execPath,
		[join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/docs.ts', '--check'],
		{ cwd: root, encoding: 'utf8' },
	);
	expect(run.stdout).toBe('The pages are up to date\n');
	expect(run.status).toBe(0);
}, 60_000);
