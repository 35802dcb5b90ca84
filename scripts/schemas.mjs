// Writes the `__schema__` files beside the nodes, which n8n's editor shows before the first run.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['jest', 'test/nodes/outputSchemas'], {
	stdio: 'inherit',
	env: { ...process.env, UPDATE_SCHEMAS: '1' },
});
process.exitCode = status ?? 1;
